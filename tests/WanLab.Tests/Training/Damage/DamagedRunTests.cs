using System.Security.Cryptography;
using WanLab.Models;
using WanLab.Runs;
using WanLab.Testing;

namespace WanLab.Tests.Training.Damage;

/// <summary>Whatever happened to the files of a stopped run, it can be read, and it resumes or says in a sentence what to do.</summary>
public sealed class DamagedRunTests(StoppedRun run) : TensorTest, IClassFixture<StoppedRun>
{
    private const string Lost = "there is no undamaged saved state to continue from";
    private const string NoCopy = "no checkpoint holds a copy";

    public static TheoryData<string, string?> Kinds()
    {
        var kinds = new TheoryData<string, string?>();
        foreach (var (name, (_, error)) in Damages) kinds.Add(name, error);
        return kinds;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_damaged_run_resumes_to_the_same_bits_or_says_what_to_do(string kind, string? error)
    {
        var folder = run.Copy();
        var before = Content(folder);
        Damages[kind].Do(folder);

        var reader = RunReader.Open(folder);
        Assert.All(reader.Steps, step => Assert.NotNull(step.Seconds));
        _ = (reader.Samples, reader.Checkpoints); // reading them is no error either
        if (error is null)
        {
            var (steps, _) = run.Resume(folder);
            Assert.Equal(8, steps);
            run.AssertSameAdapters(folder);
        }
        else
        {
            var said = Assert.Throws<WanLabException>(() => run.Resume(folder)).Message;
            Assert.Contains(error, said);
            Assert.DoesNotContain("   at ", said);
        }
        AssertNothingLost(folder, before, kind);
    }

    // A state that was damaged is still there under its own name or another; nothing that a user put in is gone.
    private static void AssertNothingLost(RunFolder folder, HashSet<string> before, string kind)
    {
        var now = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Select(Path.GetFileName).ToHashSet();
        if (kind.StartsWith("states", StringComparison.Ordinal) && kind.EndsWith("damaged", StringComparison.Ordinal))
            Assert.All(before.Where(name => name.Split('.')[0].All(char.IsDigit)), name => Assert.Contains(name + ".damaged", now));
        if (kind.Contains("of the user's")) Assert.Equal("mine", File.ReadAllText(Mine(folder, kind)));
    }

    private static HashSet<string> Content(RunFolder folder) =>
        [.. Directory.GetFiles(Path.Combine(folder.Path, "state")).Select(file => Path.GetFileName(file)!)];

    private static readonly Dictionary<string, (Action<RunFolder> Do, string? Error)> Damages = new()
    {
        ["newest state cut off"] = (f => Cut(Newest(f)), null),
        ["newest state emptied"] = (f => File.WriteAllText(Newest(f), ""), null),
        ["newest state zero-filled"] = (f => Zero(Newest(f)), null),
        ["newest state with a flipped bit"] = (f => Flip(Newest(f)), null),
        ["newest state longer"] = (f => File.AppendAllText(Newest(f), "x"), null),
        ["newest state deleted"] = (f => File.Delete(Newest(f)), null),
        ["newest state without its hash"] = (f => File.Move(Newest(f), InState(f, "000000006.safetensors")), null),
        ["newest state a folder"] = (f => MakeFolder(Newest(f)), null),
        ["older state deleted"] = (f => File.Delete(States(f)[0]), null),
        ["older state damaged"] = (f => Cut(States(f)[0]), null),
        ["states damaged"] = (f => States(f).ForEach(Cut), Lost),
        ["states emptied, all damaged"] = (f => States(f).ForEach(file => File.WriteAllText(file, "")), Lost),
        ["states deleted"] = (f => States(f).ForEach(File.Delete), Lost),
        ["states and metrics deleted"] = (f => { States(f).ForEach(File.Delete); File.Delete(f.MetricsFile); }, Lost),
        ["states and checkpoints deleted"] = (f => { States(f).ForEach(File.Delete); Delete(f, "checkpoints"); }, Lost),
        ["folder of states deleted"] = (f => Delete(f, "state"), Lost),
        ["folder of states a file"] = (f => MakeFile(In(f, "state")), "cannot be written"),
        ["state that is no state, under a good name"] = (NoState, null),
        ["file of the user's in state: backup001.old.safetensors"] = (f => Put(f, "state/backup001.old.safetensors"), null),
        ["file of the user's in state: 000000009.copy.safetensors"] = (f => Put(f, "state/000000009.copy.safetensors"), null),
        ["metrics emptied"] = (f => File.WriteAllText(f.MetricsFile, ""), null),
        ["metrics deleted"] = (f => File.Delete(f.MetricsFile), null),
        ["metrics zero-filled"] = (f => Zero(f.MetricsFile), null),
        ["metrics cut off"] = (f => Cut(f.MetricsFile), null),
        ["metrics a folder"] = (f => MakeFolder(f.MetricsFile), null),
        ["metrics without the last end of line"] = (f => File.WriteAllText(f.MetricsFile, File.ReadAllText(f.MetricsFile).TrimEnd()), null),
        ["metrics with an empty object"] = (f => Line(f.MetricsFile, "{}"), null),
        ["metrics with a number"] = (f => Line(f.MetricsFile, "5"), null),
        ["metrics with a list"] = (f => Line(f.MetricsFile, "[]"), null),
        ["metrics with null"] = (f => Line(f.MetricsFile, "null"), null),
        ["metrics with a step of letters"] = (f => Line(f.MetricsFile, """{"step":"x"}"""), null),
        ["metrics with an endless step"] = (f => Line(f.MetricsFile, """{"step":1e30}"""), null),
        ["metrics with half a character"] = (f => Line(f.MetricsFile, """{"step":1,"expert":"\ud800"}"""), null),
        ["metrics with a step that lacks its parts"] = (f => Line(f.MetricsFile, """
            {"step":1,"expert":"high","loss":1,"timesteps":null,"learning_rate":1,"gradient_norm":1,"seconds":null,"memory_mib":1}
            """), null),
        ["events emptied"] = (f => File.WriteAllText(f.EventsFile, ""), null),
        ["events deleted"] = (f => File.Delete(f.EventsFile), null),
        ["events zero-filled"] = (f => Zero(f.EventsFile), null),
        ["events cut off"] = (f => Cut(f.EventsFile), null),
        ["events a folder"] = (f => MakeFolder(f.EventsFile), null),
        ["event without time"] = (f => Line(f.EventsFile, """{"event":"run_warning","message":"a"}"""), null),
        ["event with a time of letters"] = (f => Line(f.EventsFile, """{"time":"x","event":"run_warning","message":"a"}"""), null),
        ["event with a number for its kind"] = (f => Line(f.EventsFile, """{"time":"2026-01-01","event":5}"""), null),
        ["event without its values"] = (f => Line(f.EventsFile, """{"time":"2026-01-01","event":"data_ready","left_out":null}"""), null),
        ["event with a key twice"] = (f => Line(f.EventsFile, """{"event":"run_warning","event":"run_warning"}"""), null),
        ["events with a list"] = (f => Line(f.EventsFile, "[]"), null),
        ["job emptied"] = (f => File.WriteAllText(f.JobFile, ""), null),
        ["job deleted"] = (f => File.Delete(f.JobFile), null),
        ["job zero-filled"] = (f => Zero(f.JobFile), null),
        ["job cut off"] = (f => Cut(f.JobFile), null),
        ["job cut off before its last section"] = (f => File.WriteAllText(f.JobFile,
            File.ReadAllText(f.JobFile)[..File.ReadAllText(f.JobFile).IndexOf("\nlogging:", StringComparison.Ordinal)]), null),
        ["job with junk"] = (f => File.AppendAllText(f.JobFile, "\n\t]: [{"), null),
        ["job a list"] = (f => File.WriteAllText(f.JobFile, "- 1\n- 2\n"), null),
        ["job a folder"] = (f => MakeFolder(f.JobFile), null),
        ["job emptied and newest checkpoint cut off"] = (f => { File.WriteAllText(f.JobFile, ""); Cut(Checkpoints(f)[^1]); }, null),
        ["job emptied and checkpoints deleted"] = (f => { File.WriteAllText(f.JobFile, ""); Delete(f, "checkpoints"); }, NoCopy),
        ["data emptied"] = (f => File.WriteAllText(f.DataFile, ""), null),
        ["data deleted"] = (f => File.Delete(f.DataFile), null),
        ["data cut off"] = (f => Cut(f.DataFile), null),
        ["data zero-filled"] = (f => Zero(f.DataFile), null),
        ["data an empty object"] = (f => File.WriteAllText(f.DataFile, "{}"), null),
        ["data a list"] = (f => File.WriteAllText(f.DataFile, "[]"), null),
        ["data without items"] = (f => File.WriteAllText(f.DataFile, """{"Model":[null],"Items":null}"""), null),
        ["data a folder"] = (f => MakeFolder(f.DataFile), null),
        ["base losses emptied"] = (f => File.WriteAllText(f.BaseLosses(Expert.High), ""), null),
        ["base losses of another shape"] = (f => File.WriteAllText(f.BaseLosses(Expert.High), "[]"), null),
        ["base losses that are null"] = (f => NullLosses(f.BaseLosses(Expert.High)), null),
        ["base losses a folder"] = (f => MakeFolder(f.BaseLosses(Expert.High)), null),
        ["lock a folder"] = (f => Directory.CreateDirectory(In(f, ".lock")), "must be a file"),
        ["checkpoints deleted"] = (f => Delete(f, "checkpoints"), null),
        ["checkpoints cut off"] = (f => Checkpoints(f).ForEach(Cut), null),
        ["folder of checkpoints a file"] = (f => MakeFile(In(f, "checkpoints")), "cannot be written"),
        ["file of the user's in checkpoints: run_bestofall_high_noise.safetensors"] =
            (f => Put(f, "checkpoints/run_bestofall_high_noise.safetensors"), null),
        ["file of the user's in samples: notes.tmp"] = (f => Put(f, "samples/notes.tmp"), null),
        ["folder of samples a file"] = (f => MakeFile(In(f, "samples")), "cannot be written"),
        ["folder of commands deleted"] = (f => Delete(f, "control"), null),
        ["command that is a folder"] = (f => Directory.CreateDirectory(In(f, "control", "1.command")), null),
        ["unfinished file of a killed process"] = (f => File.WriteAllText(In(f, "samples", ".wanlab-0123456789ab.part"), "half"), null),
    };

    private static string In(RunFolder folder, params string[] parts) => Path.Combine([folder.Path, .. parts]);

    private static string InState(RunFolder folder, string name) => In(folder, "state", name);

    private static List<string> States(RunFolder folder) => [.. Directory.GetFiles(In(folder, "state")).Order()];

    private static List<string> Checkpoints(RunFolder folder) => [.. Directory.GetFiles(In(folder, "checkpoints")).Order()];

    private static string Newest(RunFolder folder) => States(folder)[^1];

    private static string Mine(RunFolder folder, string kind) =>
        In(folder, kind.Split(" in ")[1].Split(':')[0], kind.Split(": ")[1]);

    private static void Put(RunFolder folder, string name) => File.WriteAllText(In(folder, name), "mine");

    private static void Delete(RunFolder folder, string part) => Directory.Delete(In(folder, part), recursive: true);

    private static void Cut(string file) => File.WriteAllBytes(file, File.ReadAllBytes(file)[..^(int)(new FileInfo(file).Length / 2)]);

    private static void Zero(string file) => File.WriteAllBytes(file, new byte[new FileInfo(file).Length]);

    private static void Line(string file, string line) => File.AppendAllText(file, line + "\n");

    private static void Flip(string file)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[^3] ^= 1;
        File.WriteAllBytes(file, bytes);
    }

    private static void MakeFolder(string file)
    {
        File.Delete(file);
        Directory.CreateDirectory(file);
    }

    private static void MakeFile(string folder)
    {
        Directory.Delete(folder, recursive: true);
        File.WriteAllText(folder, "");
    }

    private static void NullLosses(string file) =>
        File.WriteAllText(file, $$"""{"Key":"{{File.ReadAllText(file).Split('"')[3]}}","Losses":[null]}""");

    private static void NoState(RunFolder folder)
    {
        var junk = new byte[100];
        File.WriteAllBytes(InState(folder, $"000000007.{Convert.ToHexStringLower(SHA256.HashData(junk))}.safetensors"), junk);
    }
}
