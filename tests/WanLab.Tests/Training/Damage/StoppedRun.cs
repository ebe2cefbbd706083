using WanLab.Datasets;
using WanLab.Jobs;
using WanLab.Models;
using WanLab.Runs;
using WanLab.Testing;
using WanLab.Torch.Safetensors;
using WanLab.Training;
using WanLab.Training.Validation;

namespace WanLab.Tests.Training.Damage;

/// <summary>A run that was stopped at step 6 of 8, to be copied, damaged and resumed; and the adapters that it would have made.</summary>
public sealed class StoppedRun : IDisposable
{
    private readonly RunFolder _stopped, _whole;
    private int _copies;

    public StoppedRun()
    {
        Mini.WriteClip(Mini.At("one"), "clip", 3);
        Mini.WriteClip(Mini.At("held"), "held", 4);
        var job = Mini.Job("run") with
        {
            Model = new ModelOptions { Path = new ModelPath { Folder = Mini.At("model") } },
            Datasets = [Mini.Job("").Datasets[0] with { Path = Mini.At("one"), FrameSampling = FrameSampling.Head }],
            Validation = new ValidationOptions { Every = 4, Holdout = Mini.At("held"), Sigmas = new() { High = [0.95], Low = [0.5] } },
        };
        _whole = Mini.Train(job with { Output = Mini.At("whole") }).Folder;
        using var stop = new CancellationTokenSource();
        _stopped = Mini.Train(job, also: e => { if (e is StepDone { Record.Step: 6 }) stop.Cancel(); }, cancellation: stop.Token).Folder;
    }

    public MiniRun Mini { get; } = new();

    /// <summary>A copy of the stopped run.</summary>
    public RunFolder Copy()
    {
        var copy = RunFolder.At(Mini.At($"copy{Interlocked.Increment(ref _copies)}"), _stopped.Name);
        CopyFolder(_stopped.Path, copy.Path);
        return copy;
    }

    /// <summary>Copies what a killed process would leave: all but the lock, which goes with it.</summary>
    public static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.GetDirectories(from)) CopyFolder(folder, Path.Combine(to, Path.GetFileName(folder)));
        foreach (var file in Directory.GetFiles(from).Where(file => Path.GetFileName(file) != ".lock"))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    /// <summary>Resumes a run as <c>wanlab resume RUN</c> does.</summary>
    public (int Steps, List<RunEvent> Events) Resume(RunFolder copy)
    {
        var (job, _) = JobReader.Resumed(RunFolder.Existing(copy.Path), []);
        var (steps, events, _) = Mini.Train(job, resume: true);
        return (steps, events);
    }

    /// <summary>Checks that a run ended with the adapters of the one that was not stopped.</summary>
    public void AssertSameAdapters(RunFolder run)
    {
        foreach (var expert in Experts.All)
        {
            var (a, b) = (SafetensorsFile.Open(_whole.Checkpoint(expert, null)), SafetensorsFile.Open(run.Checkpoint(expert, null)));
            Assert.All(a.Entries.Keys, name => Assert.True(a.Read(name).EqualTo(b.Read(name)), name));
        }
    }

    public void Dispose() => Mini.Dispose();
}
