using System.Text.Json.Nodes;
using WanLab.Datasets;
using WanLab.Jobs;
using WanLab.Models;
using WanLab.Runs;
using WanLab.Sampling;
using WanLab.Testing;
using WanLab.Torch.Safetensors;
using WanLab.Training;
using WanLab.Training.Validation;

namespace WanLab.Tests.Training.Damage;

/// <summary>A run that ends between checkpoint, preview and validation of a step makes what was due there after a resume.</summary>
public sealed class KilledBetweenTests(MiniRun mini) : TensorTest, IClassFixture<MiniRun>
{
    private const int Steps = 4;

    [Fact]
    public void Killed_after_any_event_a_run_ends_with_the_same_adapters_metrics_previews_and_losses()
    {
        var copies = new List<string>();
        var job = Job("killed");
        var folder = RunFolder.At(job.Output, job.Name);
        var (_, _, whole) = mini.Train(job, also: e =>
        {
            // What lies on the disk now is what a kill at this moment leaves.
            if (e is StepDone or CheckpointSaved or SamplingProgress or SampleSaved or ValidationDone or DataReady)
                copies.Add(Copy(folder));
        });
        Assert.True(copies.Count > 15, $"{copies.Count}");
        foreach (var copy in copies)
        {
            var (again, _) = JobReader.Resumed(RunFolder.Existing(Path.Combine(copy, job.Name)), []);
            Assert.Equal(Steps, mini.Train(again, resume: true).Steps);
            AssertSame(whole, RunFolder.At(copy, job.Name));
        }
    }

    [Fact]
    public void Stopped_at_a_checkpoint_a_run_makes_its_previews_and_losses_when_it_continues()
    {
        var whole = mini.Train(Job("whole") with { Output = mini.At("left") }).Folder;
        for (var stopAt = 2; stopAt <= Steps; stopAt += 2)
        {
            var job = Job("whole") with { Output = mini.At($"stopped{stopAt}") };
            using var stop = new CancellationTokenSource();
            var (_, events, folder) = mini.Train(job, cancellation: stop.Token,
                also: e => { if (e is CheckpointSaved saved && saved.Step == stopAt) stop.Cancel(); });
            Assert.DoesNotContain(events, e => e is SampleSaved saved && saved.Step == stopAt);
            Assert.DoesNotContain(events, e => e is ValidationDone done && done.Record.Step == stopAt);
            mini.Train(job, resume: true);
            AssertSame(whole, folder);
        }
    }

    [Fact]
    public void What_was_made_before_a_run_went_back_to_an_earlier_step_does_not_count()
    {
        var job = Job("back");
        var (_, _, folder) = mini.Train(job);
        foreach (var e in (RunEvent[])[new RunResumed(2, [])]) folder.Log(e, DateTimeOffset.UnixEpoch);
        Assert.False(StepHistory.Of(folder, Steps).Sampled(0));
        Assert.False(StepHistory.Of(folder, Steps).Measured(Expert.High));
        Assert.True(StepHistory.Of(folder, 2).Sampled(0));
        Assert.True(StepHistory.Of(folder, 2).Measured(Expert.Low));
    }

    private TrainingJob Job(string name)
    {
        mini.WriteClip(mini.At("one"), "clip", 3);
        mini.WriteClip(mini.At("held"), "held", 4);
        return mini.Job(name) with
        {
            Model = new ModelOptions { Path = new ModelPath { Folder = mini.At("model") } },
            Save = new SaveOptions { Every = 2, Keep = 2, DType = SaveDType.Fp32 },
            Multistage = new MultistageOptions { SwitchEvery = 1 },
            Training = mini.Job("").Training with { Steps = Steps },
            Datasets = [mini.Job("").Datasets[0] with { Path = mini.At("one"), FrameSampling = FrameSampling.Head }],
            Sample = new SampleOptions
            {
                Every = 2,
                Width = 32,
                Height = 32,
                NumFrames = 5,
                Steps = 2,
                Prompts = [new PromptOptions { Prompt = "a", Image = mini.At("images/still.mp4") }, new PromptOptions
                {
                    Prompt = "b", Image = mini.At("images/still.mp4"),
                }],
            },
            Validation = new ValidationOptions { Every = 2, Holdout = mini.At("held"), Sigmas = new() { High = [0.95], Low = [0.5] } },
        };
    }

    private string Copy(RunFolder folder)
    {
        var copy = mini.At($"kill{Guid.NewGuid():N}");
        StoppedRun.CopyFolder(folder.Path, Path.Combine(copy, folder.Name));
        return copy;
    }

    private static void AssertSame(RunFolder whole, RunFolder resumed)
    {
        foreach (var expert in Experts.All)
        {
            var (a, b) = (SafetensorsFile.Open(whole.Checkpoint(expert, null)), SafetensorsFile.Open(resumed.Checkpoint(expert, null)));
            Assert.All(a.Entries.Keys, name => Assert.True(a.Read(name).EqualTo(b.Read(name)), name));
        }
        Assert.Equal(Metrics(whole), Metrics(resumed));
        var (x, y) = (RunReader.Open(whole), RunReader.Open(resumed));
        Assert.Equal(x.Samples.Select(s => (s.Step, s.Prompt)), y.Samples.Select(s => (s.Step, s.Prompt)));
        Assert.All(x.Samples.Zip(y.Samples), pair => Assert.Equal(File.ReadAllBytes(pair.First.File), File.ReadAllBytes(pair.Second.File)));
        Assert.Equal(x.Validation.Select(v => (v.Step, v.Expert, v.Loss, v.BaseLoss)), y.Validation.Select(v => (v.Step, v.Expert, v.Loss,
            v.BaseLoss)));
        Assert.NotEmpty(x.Samples);
        Assert.NotEmpty(x.Validation);
    }

    // All but what the clock and the machine give.
    private static List<string> Metrics(RunFolder folder) => [.. File.ReadLines(folder.MetricsFile).Select(line =>
    {
        var step = JsonNode.Parse(line)!.AsObject();
        step.Remove("seconds");
        step.Remove("memory_mib");
        return step.ToJsonString();
    })];
}
