using WanLab.Models;
using WanLab.Runs;
using WanLab.Testing;
using WanLab.Training;

namespace WanLab.Tests.Training;

/// <summary>Runs that end early: before an expert's turn, or below the steps already made.</summary>
public sealed class UnfinishedExpertTests(MiniRun mini) : TensorTest, IClassFixture<MiniRun>
{
    [Fact]
    public void An_expert_without_a_turn_leaves_no_file()
    {
        var job = mini.Job("early");
        var folder = mini.Train(job with { Training = job.Training with { Steps = 2 } }).Folder;
        Assert.Equal(Expert.High, Assert.Single(RunCheckpoint.In(folder)).Expert);
        // The same run with more steps has both.
        var more = mini.Train(job with { Training = job.Training with { Steps = 4 } }, resume: true).Folder;
        Assert.Equal([Expert.High, Expert.Low], RunCheckpoint.In(more).Where(file => file.Step is null).Select(file => file.Expert));
    }

    [Fact]
    public void A_resume_with_fewer_steps_than_were_made_touches_nothing()
    {
        var job = mini.Job("fewer");
        var folder = mini.Train(job).Folder;
        var before = Snapshot(folder);
        var (steps, events, _) = mini.Train(job with { Training = job.Training with { Steps = 3 } }, resume: true);
        Assert.Equal(8, steps);
        Assert.Contains("Nothing left to do: the run has made 8 steps, and training.steps is 3.",
            Assert.IsType<RunWarning>(Assert.Single(events)).Message, StringComparison.Ordinal);
        Assert.Equal(before, Snapshot(folder));
    }

    [Fact]
    public void A_finished_run_says_so_and_touches_nothing_but_its_log()
    {
        var job = mini.Job("finished");
        var folder = mini.Train(job).Folder;
        var before = Adapters();
        var (steps, events, _) = mini.Train(job, resume: true);
        Assert.Equal(8, steps);
        Assert.Contains(events.OfType<RunWarning>(),
            w => w.Message.StartsWith("Finished: the run has made 8 steps", StringComparison.Ordinal));
        Assert.Empty(events.OfType<StepDone>());
        Assert.Empty(events.OfType<CheckpointSaved>());
        Assert.Equal(before, Adapters());

        // Killed before it wrote the finished adapters, it writes them.
        foreach (var file in RunCheckpoint.In(folder).Where(c => c.Step is null).ToList()) File.Delete(file.File);
        Assert.Single(mini.Train(job, resume: true).Events.OfType<CheckpointSaved>());
        Assert.Equal(before.Select(file => file.Item1), Adapters().Select(file => file.Item1));

        List<(string, DateTime)> Adapters() =>
            [.. RunCheckpoint.In(folder).Select(checkpoint => (checkpoint.File, File.GetLastWriteTimeUtc(checkpoint.File)))];
    }

    private static List<(string, DateTime, long)> Snapshot(RunFolder folder) =>
        [.. Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(file => (file, File.GetLastWriteTimeUtc(file), new FileInfo(file).Length))];
}
