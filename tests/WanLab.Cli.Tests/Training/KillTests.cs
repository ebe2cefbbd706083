using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using WanLab.Jobs;
using WanLab.Jupyter.Wire;
using WanLab.Models;
using WanLab.Runs;
using WanLab.Sampling;
using WanLab.Testing;
using WanLab.Torch;
using WanLab.Torch.Safetensors;
using WanLab.Training;
using WanLab.Training.Validation;

namespace WanLab.Cli.Tests.Training;

/// <summary>A run in a process of its own, killed again and again, ends where the one that was left alone ends.</summary>
public sealed class KillTests(MiniRun run) : IClassFixture<MiniRun>
{
    private const long Seed = 11;
    private const int Due = 32; // steps between previews, and between validations

    // WANLAB_KILLS=130 makes a longer test of the same kind.
    private static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("WANLAB_KILLS"), out var kills) ? kills : 12;
    private static readonly int Steps = 16 * Kills;

    [Fact]
    public async Task Killed_at_random_moments_and_behind_checkpoints_a_run_ends_at_the_same_bits()
    {
        var job = run.Job("left-alone") with
        {
            // A checkpoint at every second step: about half of the moments fall into its writing.
            Save = new SaveOptions { Every = 2, Keep = 2, DType = SaveDType.Fp32 },
            Training = run.Job("").Training with { Steps = Steps },
            Multistage = new MultistageOptions { SwitchEvery = 3 },
            Model = new ModelOptions { Path = new ModelPath { Folder = run.At("model") } },
            Validation = new ValidationOptions
            {
                Every = Due,
                Holdout = run.At("held"),
                Sigmas = new ValidationSigmas { High = [0.95], Low = [0.5] },
            },
            Sample = new SampleOptions
            {
                Every = Due,
                Width = 32,
                Height = 32,
                NumFrames = 5,
                Steps = 1,
                Prompts = [new PromptOptions { Prompt = "a red cube", Image = run.At("images/still.mp4") }],
            },
        };
        run.WriteClip(run.At("held"), "held", 4);
        Assert.Equal(0, await FinishAsync(Start("train", Write(job))));
        var killed = Write(job with { Name = "killed" });
        var folder = Path.Combine(job.Output, "killed");

        var (kills, writing, steps) = (0, 0, new List<long>());
        while (kills < Kills)
        {
            var process = Directory.Exists(folder) && File.Exists(Path.Combine(folder, "job.yaml"))
                ? Start("resume", folder)
                : Start("train", killed);
            if (Survives(process, folder, kills)) break;
            kills++;
            if (IsWriting(folder)) writing++;
            steps.Add(Lines(Path.Combine(folder, "metrics.jsonl")));
        }
        Assert.Equal(Kills, kills);
        Assert.True(steps.Distinct().Count() > Kills / 2, string.Join(' ', steps));
        // Where a kill falls depends on the machine's pace: only a long test can promise that one fell into the writing of a checkpoint.
        if (Kills >= 100) Assert.True(writing > 0, "no kill fell into the writing of a checkpoint");
        Assert.Equal(0, await FinishAsync(Start("resume", folder)));

        Assert.Empty(Directory.GetFiles(folder, "*.part", SearchOption.AllDirectories)); // what half-written files left is cleared away
        foreach (var expert in (string[])["high_noise", "low_noise"])
        {
            var (a, b) = (Adapter(job.Output, "left-alone", expert), Adapter(job.Output, "killed", expert));
            Assert.Equal(a.Keys.Order(), b.Keys.Order());
            Assert.All(a, pair => Assert.Equal(pair.Value, b[pair.Key]));
        }
        Assert.Equal(Enumerable.Range(1, Steps), File.ReadLines(Path.Combine(folder, "metrics.jsonl")).Select(
            line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("step").GetInt32()));
        var (whole, resumed) = (RunReader.Open(RunFolder.At(job.Output, "left-alone")), RunReader.Open(RunFolder.At(job.Output, "killed")));
        Assert.Equal(whole.Steps.Select(s => (s.Step, s.Expert, s.Loss, s.GradientNorm)), resumed.Steps.Select(s => (s.Step, s.Expert,
            s.Loss, s.GradientNorm)));
        Assert.Equal(whole.Validation.Select(v => (v.Step, v.Expert, v.Loss)), resumed.Validation.Select(v => (v.Step, v.Expert, v.Loss)));
        Assert.Equal(whole.Samples.Select(s => s.Step), resumed.Samples.Select(s => s.Step));
        Assert.All(whole.Samples.Zip(resumed.Samples), pair => Assert.Equal(File.ReadAllBytes(pair.First.File),
            File.ReadAllBytes(pair.Second.File)));
        Assert.Equal(Steps / Due, whole.Samples.Count);
        Assert.All(File.ReadLines(Path.Combine(folder, "events.jsonl")), line => System.Text.Json.JsonDocument.Parse(line).Dispose());
    }

    // Kills it: every fourth time at any moment from its start on, every fourth time right behind a checkpoint at whose step previews and
    // validation are due, else somewhere after one to six new steps, however fast they are.
    private static bool Survives(Process process, string folder, int kill)
    {
        var (metrics, events) = (Path.Combine(folder, "metrics.jsonl"), Path.Combine(folder, "events.jsonl"));
        using (process)
        {
            var wait = CounterRandom.Uniform(Seed, "kill", kill);
            if (kill % 4 == 3)
            {
                process.WaitForExit((int)(wait * 500));
            }
            else if (kill % 4 == 1)
            {
                var before = Checkpoints(events);
                while (!process.HasExited && Checkpoints(events) == before) process.WaitForExit(1);
                if (kill % 8 == 5) process.WaitForExit((int)(wait * 100)); // into the preview or the validation
            }
            else
            {
                var until = Lines(metrics) + 1 + (int)(CounterRandom.Uniform(Seed, "steps", kill) * 6);
                while (!process.HasExited && Lines(metrics) < until) process.WaitForExit(1);
                process.WaitForExit((int)(wait * 10));
            }
            if (process.HasExited) return true;
            process.Kill(); // SIGKILL
            process.WaitForExit();
            return false;
        }
    }

    private static int Checkpoints(string events) =>
        Read(events).Split('\n').Count(line => line.Contains("\"checkpoint_saved\"", StringComparison.Ordinal)
            && Regex.Match(line, "\"step\":([0-9]+)") is { Success: true } step
            && int.Parse(step.Groups[1].ValueSpan, CultureInfo.InvariantCulture) % Due == 0);

    // The step of a checkpoint was logged, and its checkpoint not yet: both happen in this order.
    private static bool IsWriting(string folder)
    {
        var step = Lines(Path.Combine(folder, "metrics.jsonl"));
        var events = Path.Combine(folder, "events.jsonl");
        return step > 0 && step % 2 == 0 && !(File.Exists(events)
            && File.ReadAllText(events).Contains($"\"checkpoint_saved\",\"step\":{step},", StringComparison.Ordinal));
    }

    private string Write(TrainingJob job)
    {
        var file = run.At(job.Name + ".yaml");
        File.WriteAllText(file, JobWriter.Write(job));
        return file;
    }

    private Process Start(string verb, string what)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["exec", Path.Combine(AppContext.BaseDirectory, "WanLab.Cli.dll"), verb, what, "--threads", "1"])
            start.ArgumentList.Add(argument);
        start.Environment["WANLAB_CACHE"] = run.Cache;
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task<int> FinishAsync(Process process)
    {
        using (process)
        {
            await process.WaitForExitAsync();
            return process.ExitCode;
        }
    }

    private static long Lines(string file) => Read(file).Count(c => c == '\n');

    // The process that writes it may be replacing it.
    private static string Read(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllText(file) : "";
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static Dictionary<string, byte[]> Adapter(string output, string name, string expert)
    {
        using var scope = new Torch.TensorScope();
        var file = Torch.Safetensors.SafetensorsFile.Open(Path.Combine(output, name, "checkpoints", $"{name}_{expert}.safetensors"));
        return file.Entries.Keys.ToDictionary(key => key, key =>
        {
            using var bytes = new MemoryStream();
            file.Read(key).WriteTo(bytes);
            return bytes.ToArray();
        });
    }
}
