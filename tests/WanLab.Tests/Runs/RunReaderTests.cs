using WanLab.Models;
using WanLab.Runs;

namespace WanLab.Tests.Runs;

public sealed class RunReaderTests : IDisposable
{
    private readonly string _place = Directory.CreateTempSubdirectory("wanlab-log-").FullName;
    private readonly RunFolder _folder;
    private readonly RunReader _run;

    public RunReaderTests()
    {
        _folder = RunFolder.Open(_place, "run");
        _run = new RunReader(_folder);
    }

    public void Dispose() => Directory.Delete(_place, recursive: true);

    private static StepRecord Step(int step) => new()
    {
        Step = step,
        Expert = step % 2 == 0 ? Expert.Low : Expert.High,
        Loss = 1.0 / step,
        Timesteps = [100.0 * step],
        LearningRate = 1e-4,
        GradientNorm = 0.5,
        Seconds = new Dictionary<string, double> { ["forward"] = 0.1 },
        MemoryMib = 100,
    };

    [Fact]
    public void It_follows_what_is_appended()
    {
        Assert.False(_run.Update());
        for (var step = 1; step <= 3; step++) _folder.Log(Step(step));
        Assert.True(_run.Update());
        Assert.Equal([1, 2, 3], _run.Steps.Select(s => s.Step));
        Assert.Equal(Step(3).Loss, _run.Steps[2].Loss);
        Assert.False(_run.Update());
        _folder.Log(new RunWarning("beware"), DateTimeOffset.UnixEpoch);
        Assert.True(_run.Update());
        Assert.Equal(new TimedEvent(DateTimeOffset.UnixEpoch, new RunWarning("beware")), _run.Events.Single());
    }

    [Fact]
    public void Half_a_line_waits_for_its_rest()
    {
        _folder.Log(Step(1));
        var line = File.ReadAllText(_folder.MetricsFile).Replace("\"step\":1", "\"step\":2", StringComparison.Ordinal);
        File.AppendAllText(_folder.MetricsFile, line[..20]);
        _run.Update();
        Assert.Single(_run.Steps);
        File.AppendAllText(_folder.MetricsFile, line[20..]);
        _run.Update();
        Assert.Equal([1, 2], _run.Steps.Select(s => s.Step));
    }

    [Theory]
    [InlineData(5)] // shorter than before
    [InlineData(12)] // longer than before when it is read again
    public void A_resumed_run_writes_its_steps_again(int until)
    {
        for (var step = 1; step <= 8; step++) _folder.Log(Step(step));
        _run.Update();
        _folder.TruncateMetrics(4);
        for (var step = 5; step <= until; step++) _folder.Log(Step(step) with { Loss = 9 });
        Assert.True(_run.Update());
        Assert.Equal(Enumerable.Range(1, until), _run.Steps.Select(s => s.Step));
        Assert.Equal(9, _run.Steps[4].Loss);
    }

    [Fact]
    public void Every_kind_of_event_comes_back()
    {
        RunEvent[] events =
        [
            new DataReady(2, [new("a.mp4", "broken")], 3, 4), new ClipsHeldOut(["b.mp4"]), new RunResumed(3, []),
            new StepSkipped(4, Expert.High, new NonFinite("loss", ["c.mp4"], [500])),
            new CheckpointSaved(5, ["x"]), new SampleSaved(5, 0, "y.mp4"), new SampleFailed(5, 1, "no"), new RunPaused(6),
            new RunContinued(6),
            new LearningRateChanged(7, new(1e-4, 2e-4)), new RunWarning("w"), new RunEnded(8, true),
        ];
        foreach (var happened in events) _folder.Log(happened, DateTimeOffset.UnixEpoch);
        File.AppendAllText(_folder.EventsFile, "{\"time\":\"2026-01-01T00:00:00Z\",\"event\":\"of_a_newer_version\"}\n");
        _run.Update();
        Assert.Equal(events.Select(e => e.GetType()), _run.Events.Select(e => e.Event.GetType()));
        Assert.Equal(0.0002, ((LearningRateChanged)_run.Events[9].Event).LearningRate.Low);
    }

    [Fact]
    public void Reading_a_run_that_is_not_there_finds_nothing_and_writes_nothing()
    {
        var run = RunReader.Open(RunFolder.At(_place, "missing"));
        Assert.Empty(run.Steps);
        Assert.Empty(run.Events);
        Assert.Empty(run.Validation);
        Assert.False(Directory.Exists(run.Folder.Path));
    }

    [Theory]
    [InlineData("low", "high")] // as version 0.1.0 wrote it
    [InlineData("lower", "upper")]
    public void The_ends_of_an_interval_are_read_by_either_name_and_written_by_the_new_one(string lower, string upper)
    {
        File.AppendAllText(_folder.EventsFile, $$$"""
            {"time":"2026-01-02T03:04:05+00:00","event":"validation_done","record":{"step":5,"expert":"high","clips":3,
            "loss":1,"base_loss":1,"difference":-0.2,"{{{lower}}}":-0.3,"{{{upper}}}":-0.1,"sigmas":[],"seconds":1}}
            """.ReplaceLineEndings("") + "\n");
        _run.Update();

        var record = _run.Validation.Single();
        Assert.Empty(_run.Problems);
        Assert.Equal((-0.3, -0.1), (record.Lower, record.Upper));
        var written = System.Text.Json.JsonSerializer.Serialize(record, RunJson.Options);
        Assert.Contains("\"lower\":-0.3,\"upper\":-0.1", written);
        Assert.DoesNotContain("\"low\":", written);
        Assert.DoesNotContain("\"high\":", written);
    }

    [Fact]
    public void Of_a_step_measured_twice_the_newest_counts()
    {
        var record = new ValidationRecord
        {
            Step = 5,
            Expert = Expert.High,
            Clips = 1,
            Loss = 1,
            BaseLoss = 1,
            Difference = 0,
            Sigmas = [],
            Seconds = 1,
        };
        _folder.Log(new ValidationDone(record), DateTimeOffset.UnixEpoch);
        _folder.Log(new ValidationDone(record with { Difference = -0.5 }), DateTimeOffset.UnixEpoch);
        _run.Update();
        Assert.Equal(-0.5, _run.Validation.Single().Difference);
    }
}
