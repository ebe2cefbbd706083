using WanLab.Jobs;
using WanLab.Models;
using WanLab.Runs;
using WanLab.Testing;
using WanLab.Training;

namespace WanLab.Tests.Runs.Control;

public sealed class RunControlTests(MiniRun run) : TensorTest, IClassFixture<MiniRun>
{
    [Fact]
    public async Task A_run_is_paused_saved_sampled_slowed_and_stopped_while_it_goes()
    {
        var job = Long("steered");
        var training = Start(job);
        var seen = new List<RunEvent>();
        var reader = ReadAsync(training, seen);
        await foreach (var happened in training.Events())
            if (happened is StepDone) break; // before the first step there is nothing to save

        Assert.StartsWith("paused after step", await training.Pause());
        var paused = Steps(seen);
        await training.SaveNow();
        Assert.Contains(paused, training.Folder.CheckpointSteps());
        Assert.Equal([paused], training.Folder.PinnedSteps());
        await training.SampleNow();
        await training.SetLearningRate(new PerExpert(3e-3, 4e-3));
        Assert.Equal(new PerExpert(3e-3, 4e-3), JobReader.Load(training.Folder.JobFile).Job.Training.LearningRate);
        Assert.Equal(paused, Steps(seen));
        Assert.StartsWith("continues", await training.Resume());
        await foreach (var happened in training.Events())
            if (happened is StepDone { Record: var record } && record.Step == paused + 1) break;
        await training.Stop();
        var steps = await training.Completion;
        await reader;

        Assert.InRange(steps, paused + 1, job.Training.Steps - 1);
        Assert.All(seen.OfType<StepDone>(),
            e => Assert.Equal(e.Record.Step <= paused ? 1e-2 : e.Record.Expert == Expert.High ? 3e-3 : 4e-3, e.Record.LearningRate));
        Assert.Contains(seen, e => e is RunEnded { Stopped: true });
        Assert.Contains(seen, e => e is LearningRateChanged);
        var late = new List<RunEvent>();
        await ReadAsync(training, late); // a reader that comes after the end sees all of it
        Assert.Equal(seen, late);
        Assert.Contains("the run has ended", (await Assert.ThrowsAsync<WanLabException>(training.SaveNow)).Message);
    }

    [Fact]
    public async Task Another_process_steers_through_files()
    {
        var training = Start(Long("files"));
        await foreach (var happened in training.Events())
            if (happened is StepDone) break;
        var folder = RunFolder.Existing(training.Folder.Path);
        Task<string> Ask(string word) => folder.Control.AskAsync(word, () => folder.IsRunning, TimeProvider.System);

        Assert.StartsWith("paused", await Ask("pause"));
        Assert.StartsWith("saved step", await Ask("save"));
        Assert.Contains("'jump' is no command", (await Assert.ThrowsAsync<WanLabException>(() => Ask("jump"))).Message);
        Assert.StartsWith("continues", await Ask("resume"));
        Assert.StartsWith("stops after", await Ask("stop"));
        await training.Completion;

        Assert.Empty(Directory.GetFiles(Path.Combine(folder.Path, "control")));
        Assert.Contains("no process is training", (await Assert.ThrowsAsync<WanLabException>(() => Ask("save"))).Message);
    }

    [Fact]
    public async Task Two_can_not_train_one_run()
    {
        var job = Long("twice");
        var training = Start(job);
        await training.Pause();
        Assert.Contains("another process is training", Assert.Throws<WanLabException>(() => run.Train(job, resume: true)).Message);
        Assert.Contains("another process is training", Assert.Throws<WanLabException>(training.Folder.Clear).Message);
        await training.Stop();
        await training.Completion;
    }

    [Fact]
    public async Task A_run_that_fails_ends_its_readers_and_its_commands()
    {
        var job = run.Job("fails");
        var training = Start(job with { Datasets = [job.Datasets[0] with { Path = run.At("none") }] });
        await ReadAsync(training, []);
        await Assert.ThrowsAsync<WanLabException>(() => training.Completion);
        await Assert.ThrowsAsync<WanLabException>(training.Pause);
    }

    private TrainingJob Long(string name) =>
        run.Job(name) with { Training = run.Job("").Training with { Steps = 5000 }, Save = new() { Every = 1000 } };

    private TrainingRun Start(TrainingJob job) =>
        TrainingRun.Start(job, run.Model, RunFolder.Open(job.Output, job.Name), new TrainerRuntime { CacheFolder = run.Cache });

    private static int Steps(List<RunEvent> seen)
    {
        lock (seen) return seen.OfType<StepDone>().LastOrDefault()?.Record.Step ?? 0;
    }

    private static async Task ReadAsync(TrainingRun training, List<RunEvent> seen)
    {
        await foreach (var happened in training.Events())
            lock (seen) seen.Add(happened);
    }
}
