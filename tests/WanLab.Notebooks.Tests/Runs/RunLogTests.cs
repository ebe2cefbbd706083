using WanLab.Models;
using WanLab.Notebooks.Runs;
using WanLab.Notebooks.Views;
using WanLab.Runs;

namespace WanLab.Notebooks.Tests.Runs;

public sealed class RunLogTests : IDisposable
{
    private readonly string _place = Directory.CreateTempSubdirectory("wanlab-log-").FullName;
    private readonly RunFolder _folder;
    private readonly RunLog _log;

    public RunLogTests()
    {
        _folder = RunFolder.Open(_place, "run");
        _log = new RunLog(_folder);
    }

    public void Dispose() => Directory.Delete(_place, recursive: true);

    [Fact]
    public void It_follows_what_is_appended()
    {
        Assert.False(_log.Update());
        for (var step = 1; step <= 3; step++) _folder.Log(Scene.Step(step));
        Assert.True(_log.Update());
        Assert.Equal([1, 2, 3], _log.Steps.Select(s => s.Step));
        Assert.Equal(Scene.Step(3).Loss, _log.Steps[2].Loss);
        Assert.False(_log.Update());
        _folder.Log(new RunWarning("beware"), DateTimeOffset.UnixEpoch);
        Assert.True(_log.Update());
        Assert.Equal(new TimedEvent(DateTimeOffset.UnixEpoch, new RunWarning("beware")), _log.Events.Single());
    }

    [Fact]
    public void Half_a_line_waits_for_its_rest()
    {
        _folder.Log(Scene.Step(1));
        var line = File.ReadAllText(_folder.MetricsFile).Replace("\"step\":1", "\"step\":2", StringComparison.Ordinal);
        File.AppendAllText(_folder.MetricsFile, line[..20]);
        _log.Update();
        Assert.Single(_log.Steps);
        File.AppendAllText(_folder.MetricsFile, line[20..]);
        _log.Update();
        Assert.Equal([1, 2], _log.Steps.Select(s => s.Step));
    }

    [Theory]
    [InlineData(5)] // shorter than before
    [InlineData(12)] // longer than before when it is read again
    public void A_resumed_run_writes_its_steps_again(int until)
    {
        for (var step = 1; step <= 8; step++) _folder.Log(Scene.Step(step));
        _log.Update();
        _folder.TruncateMetrics(4);
        for (var step = 5; step <= until; step++) _folder.Log(Scene.Step(step) with { Loss = 9 });
        Assert.True(_log.Update());
        Assert.Equal(Enumerable.Range(1, until), _log.Steps.Select(s => s.Step));
        Assert.Equal(9, _log.Steps[4].Loss);
    }

    [Fact]
    public void Every_kind_of_event_comes_back()
    {
        RunEvent[] events =
        [
            new DataReady(2, [new("a.mp4", "broken")], 3, 4), new ClipsHeldOut(["b.mp4"]), new RunResumed(3, []), new StepSkipped(4, Models.Expert.High, new NonFinite("loss", ["c.mp4"], [500])),
            new CheckpointSaved(5, ["x"]), new SampleSaved(5, 0, "y.mp4"), new SampleFailed(5, 1, "no"), new RunPaused(6), new RunContinued(6),
            new LearningRateChanged(7, new(1e-4, 2e-4)), new RunWarning("w"), new RunEnded(8, true),
        ];
        foreach (var happened in events) _folder.Log(happened, DateTimeOffset.UnixEpoch);
        File.AppendAllText(_folder.EventsFile, "{\"time\":\"2026-01-01T00:00:00Z\",\"event\":\"of_a_newer_version\"}\n");
        _log.Update();
        Assert.Equal(events.Select(e => e.GetType()), _log.Events.Select(e => e.Event.GetType()));
        Assert.Equal(0.0002, ((LearningRateChanged)_log.Events[9].Event).LearningRate.Low);
        Assert.All(_log.Events, e => Assert.DoesNotContain("{", Views.EventText.Of(e.Event)));
    }
}
