using WanLab.Models;
using WanLab.Notebooks.Figures;
using WanLab.Notebooks.Views;
using WanLab.Review;
using WanLab.Runs;

namespace WanLab.Notebooks.Tests.Runs;

public sealed class RunSnapshotTests(Scene scene) : IClassFixture<Scene>
{
    private RunSnapshot Run(params StepRecord[] steps) => LabRun.Read(scene.Folder) with { Steps = steps, Status = RunStatus.Training };

    [Fact]
    public void The_time_left_is_that_of_the_steps_to_come()
    {
        var run = Run([.. Enumerable.Range(1, 21).Select(Scene.Step)]); // 0.32 s each, 19 of 40 to come
        Assert.Equal(0.32, run.SecondsPerStep!.Value, 1e-9);
        Assert.Equal(TimeSpan.FromSeconds(7), run.TimeLeft);
        Assert.Contains("step 21/40", RunView.Line(run));
        Assert.Contains("7 s left", RunView.Line(run));
    }

    [Theory]
    [InlineData(20, 0.2, null)]
    [InlineData(21, 0.2, 0.2)]
    [InlineData(3, 40.0, null)]
    [InlineData(4, 40.0, 40.0)]
    [InlineData(4, 1.0, null)]
    [InlineData(6, 1.0, 1.0)]
    public void No_time_is_named_before_the_pace_is_known_and_the_first_step_does_not_count(int steps, double seconds, double? pace)
    {
        var run = Run([.. Enumerable.Range(1, steps).Select(k => Scene.Step(k) with
        {
            Seconds = new Dictionary<string, double> { ["forward"] = k == 1 ? 100 : seconds },
        })]);
        Assert.Equal(pace, run.SecondsPerStep is { } known ? Math.Round(known, 9) : null);
        Assert.Equal(pace is null, RunView.Line(run).Contains("measuring the pace", StringComparison.Ordinal));
        Assert.Equal(pace is not null, RunView.Line(run).Contains(" left", StringComparison.Ordinal));
    }

    [Fact]
    public void A_pause_and_previews_do_not_count_as_pace()
    {
        var slow = Scene.Step(1) with
        {
            Seconds = new Dictionary<string, double> { ["forward"] = 1, ["commands"] = 3600, ["previews"] = 60 },
        };
        Assert.Equal(1, Run([.. Enumerable.Repeat(slow, 6)]).SecondsPerStep);
    }

    [Fact]
    public void Before_the_first_step_nothing_is_known()
    {
        var run = Run();
        Assert.Null(run.SecondsPerStep);
        Assert.Null(run.TimeLeft);
        Assert.Null(run.Loss(Expert.High));
    }

    [Fact]
    public void Warnings_are_what_a_user_should_know()
    {
        var run = Run() with
        {
            Events =
            [
                new(default, new RunWarning("one")), new(default, new RunWarning("one")), new(default, new SampleFailed(5, 1, "no room")),
                new(default, new StepSkipped(7, Expert.Low, new NonFinite("loss", ["a.mp4"], [500]))), new(default, new RunEnded(8, false)),
            ],
        };
        Assert.Equal(["one", "the preview of prompt 1 at step 5 failed, training continues: no room",
            "step 7 (low noise) skipped: the loss is not finite (clip a.mp4, timestep 500)"], EventText.Warnings(run));
    }

    [Fact]
    public void Of_a_step_measured_twice_the_newest_counts()
    {
        var first = Measured();
        var run = Run() with
        {
            Events = [new(default, new ValidationDone(first)), new(default, new ValidationDone(first with { Difference = -0.5 }))],
        };
        Assert.Equal(-0.5, run.Validation.Single().Difference);

        static ValidationRecord Measured() =>
            new() { Step = 5, Expert = Expert.High, Clips = 1, Loss = 1, BaseLoss = 1, Difference = 0, Sigmas = [], Seconds = 1 };
    }
}
