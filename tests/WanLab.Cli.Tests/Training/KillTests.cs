using System.Diagnostics;
using WanLab.Jobs;
using WanLab.Jupyter.Wire;
using WanLab.Models;
using WanLab.Testing;
using WanLab.Torch;
using WanLab.Torch.Safetensors;
using WanLab.Training;
using WanLab.Training.Validation;

namespace WanLab.Cli.Tests.Training;

/// <summary>A run in a process of its own, killed again and again, ends where the one that was left alone ends.</summary>
public sealed class KillTests(MiniRun run) : IClassFixture<MiniRun>
{
    private const int Kills = 20;
    private const long Seed = 11;

    [Fact]
    public async Task Killed_at_twenty_random_moments_a_run_ends_at_the_same_bits()
    {
        var job = run.Job("left-alone") with
        {
            // A checkpoint at every second step: about half of the moments fall into its writing.
            Save = new SaveOptions { Every = 2, Keep = 2, DType = SaveDType.Fp32 },
            Training = run.Job("").Training with { Steps = 160 },
            Multistage = new MultistageOptions { SwitchEvery = 3 },
            Model = new ModelOptions { Path = new ModelPath { Folder = run.At("model") } },
            Validation = new ValidationOptions { Every = 0 },
        };
        Assert.Equal(0, await FinishAsync(Start("train", Write(job))));
        var killed = Write(job with { Name = "killed" });
        var folder = Path.Combine(job.Output, "killed");

        var (kills, writing, steps) = (0, 0, new List<long>());
        while (kills < Kills)
        {
            var process = Directory.Exists(folder) && File.Exists(Path.Combine(folder, "job.yaml"))
                ? Start("resume", folder)
                : Start("train", killed);
            if (Survives(process, Path.Combine(folder, "metrics.jsonl"), kills)) break;
            kills++;
            if (IsWriting(folder)) writing++;
            steps.Add(Lines(Path.Combine(folder, "metrics.jsonl")));
        }
        Assert.Equal(Kills, kills);
        Assert.True(steps.Distinct().Count() > Kills / 2, string.Join(' ', steps));
        Assert.True(writing > 0, "no kill fell into the writing of a checkpoint");
        Assert.Equal(0, await FinishAsync(Start("resume", folder)));

        Assert.Empty(Directory.GetFiles(folder, "*.part", SearchOption.AllDirectories)); // what half-written files left is cleared away
        foreach (var expert in (string[])["high_noise", "low_noise"])
        {
            var (a, b) = (Adapter(job.Output, "left-alone", expert), Adapter(job.Output, "killed", expert));
            Assert.Equal(a.Keys.Order(), b.Keys.Order());
            Assert.All(a, pair => Assert.Equal(pair.Value, b[pair.Key]));
        }
        Assert.Equal(Enumerable.Range(1, 160), File.ReadLines(Path.Combine(folder, "metrics.jsonl")).Select(
            line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("step").GetInt32()));
        Assert.All(File.ReadLines(Path.Combine(folder, "events.jsonl")), line => System.Text.Json.JsonDocument.Parse(line).Dispose());
    }

    // Kills it: every fourth time at any moment from its start on, else somewhere after one to six new steps, however fast they are.
    private static bool Survives(Process process, string metrics, int kill)
    {
        using (process)
        {
            var wait = CounterRandom.Uniform(Seed, "kill", kill);
            if (kill % 4 == 3)
            {
                process.WaitForExit((int)(wait * 500));
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

    // The process that writes it may be replacing it.
    private static long Lines(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllText(file).Count(c => c == '\n') : 0;
        }
        catch (IOException)
        {
            return 0;
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
