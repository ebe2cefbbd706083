using System.Text.Json.Nodes;
using WanLab.Experiments;
using WanLab.Models;
using WanLab.Notebooks.Figures;
using WanLab.Notebooks.Formatting;
using WanLab.Notebooks.Live;
using WanLab.Review;
using WanLab.Runs;
using WanLab.Testing;
using WanLab.Training;
using WanLab.Training.Validation;
using WanLab.Widgets;

namespace WanLab.Notebooks.Tests.Live;

/// <summary>Real runs of a very small model, started, steered and found again as a notebook does it.</summary>
public sealed class LabRunTests : TensorTest, IClassFixture<MiniRun>
{
    private readonly MiniRun _mini;
    private readonly Screen _screen = new();

    public LabRunTests(MiniRun mini)
    {
        _mini = mini;
        RunStarter.Default = new RunStarter { Open = _ => mini.Model, Cache = mini.Cache, Output = _screen };
    }

    [Fact]
    public async Task A_run_is_started_shown_and_found_again()
    {
        var job = _mini.Job("started") with { Validation = new ValidationOptions { Every = 0 } };
        var run = await Lab.StartAsync(job);
        Assert.True(run.IsOwn);
        Assert.Equal(8, await run);

        var now = run.Snapshot();
        Assert.Equal(RunStatus.Finished, now.Status);
        Assert.Equal((8, 8), (now.Step, now.TotalSteps));
        Assert.Equal(3, run.Checkpoints.Select(c => c.Step).Distinct().Count()); // 4, 8, the finished one
        Assert.Equal(4, run.Figures.Loss().Lines.Count);
        Assert.Contains("finished", run.ToString());

        var again = Lab.Attach(run.Folder, show: false);
        Assert.False(again.IsOwn);
        Assert.Equal(now.Steps.Select(s => s.Loss), again.Snapshot().Steps.Select(s => s.Loss));
        Assert.Equal(8, await again);
        Assert.Throws<WanLabException>(() => { _ = again.SetLearningRate(1e-4); });
    }

    [Fact]
    public async Task A_run_that_nobody_awaits_is_saved_when_the_process_is_about_to_end()
    {
        var job = _mini.Job("ended") with { Validation = new ValidationOptions { Every = 0 } };
        var run = await Lab.StartAsync(job with { Training = job.Training with { Steps = 1_000_000 } });
        await run.SaveNow(); // so it trains
        await BeforeExit.StopAllAsync(TimeSpan.FromMinutes(5), TimeProvider.System);
        var now = run.Snapshot();
        Assert.Equal(RunStatus.Stopped, now.Status);
        var steps = Math.Max(now.Step + 1, 2);
        Assert.Equal(steps, await await Lab.ResumeAsync(run.Folder, $"training.steps={steps}"));
    }

    [Fact]
    public async Task Runs_are_listed_with_their_state_and_the_settings_that_differ()
    {
        var output = Path.GetDirectoryName(_mini.Job("listed-a").Output + "/x")!;
        var a = _mini.Job("listed-a") with { Output = Path.Combine(output, "listed"), Validation = new ValidationOptions { Every = 0 } };
        await await Lab.StartAsync(a);
        await await Lab.StartAsync(a with { Name = "listed-b", Training = a.Training with { Steps = 4, LearningRate = 5e-4 } });

        var table = Lab.Runs(a.Output);
        Assert.Equal(["listed-b", "listed-a"], table.Rows.Select(row => row[0]));
        Assert.Equal(["finished", "finished"], table.Rows.Select(row => row[1]));
        Assert.Equal(["4 of 4", "8 of 8"], table.Rows.Select(row => row[2]));
        Assert.Equal("training.steps=4, training.learning_rate=0.0005", table.Rows[0][^1]);

        var differences = Lab.Differences(Path.Combine(a.Output, "listed-a"), Path.Combine(a.Output, "listed-b"));
        Assert.Equal(["setting", "listed-a", "listed-b"], differences.Columns);
        Assert.Contains(["training.steps", "8", "4"], differences.Rows);
        Assert.Equal(2, differences.Rows.Count);
        Assert.Contains("there is no run in it", Assert.Throws<WanLabException>(() => Lab.Runs(_mini.At("clips"))).Message);
    }

    [Fact]
    public async Task A_dashboard_sets_the_learning_rate_that_was_typed_and_no_other()
    {
        var job = _mini.Job("rates") with { Validation = new ValidationOptions { Every = 0 } };
        var high = 0.00123456789;
        var run = await Lab.StartAsync(
            job with { Training = job.Training with { Steps = 1_000_000, LearningRate = new PerExpert(high, 1.25e-3) } }, show: false);
        await run.SaveNow(); // so it trains
        var controls = new RunControls(run, run.Snapshot());
        var presses = controls.Box.Children.OfType<HBox>().SelectMany(box => box.Children).ToList();
        var fields = presses.OfType<Text>().ToList();
        Assert.Equal(["0.00123456789", "0.00125"], fields.Select(field => field.Value));

        fields[1].Receive(new JsonObject { ["value"] = " 2e-4" });
        await SetAsync();
        var now = run.Snapshot();
        Assert.Equal(new PerExpert(high, 2e-4), now.Job!.Training.LearningRate);
        controls.Update(now, ended: false);
        Assert.Equal(["0.00123456789", "0.0002"], fields.Select(field => field.Value));
        await SetAsync();
        Assert.Contains("These are the learning rates of now", controls.Box.ToString());
        await run.Stop();
        await run;

        // A cell sets another: that is shown, except where a user is typing.
        fields[0].Receive(new JsonObject { ["value"] = "7e-4" });
        var other = now.Job with { Training = now.Job.Training with { LearningRate = 3e-4 } };
        controls.Update(now with { Job = other }, ended: false);
        Assert.Equal(["7e-4", "0.0003"], fields.Select(field => field.Value));

        async Task SetAsync()
        {
            var set = presses.OfType<Button>().Single(button => button.Description == "Set");
            set.ReceiveCustom(new JsonObject { ["event"] = "click" });
            await set.Settled;
        }
    }

    [Fact]
    public async Task When_the_wait_is_over_the_dashboard_shows_the_last_state()
    {
        await await Lab.StartAsync(_mini.Job("dashboard") with { Validation = new ValidationOptions { Every = 0 } });
        Assert.Equal(2, _screen.Places.Count);
        var last = (LivePage)_screen.Places[0][^1];
        Assert.True(last.IsLast);
        Assert.Contains("step 8/8", last.Line);
    }

    [Fact]
    public async Task Where_updates_do_not_arrive_an_awaited_run_shows_its_end()
    {
        var still = new Screen { Renews = false };
        RunStarter.Default = RunStarter.Default with { Output = still };
        await await Lab.StartAsync(_mini.Job("still") with { Validation = new ValidationOptions { Every = 0 } });
        Assert.All(still.Places, place => Assert.Single(place)); // nothing is renewed
        var shown = still.Places.Select(place => place[0]).ToList();
        Assert.Contains("`await run` shows how it ended", shown.OfType<Page>().Single().ToString());
        var last = Assert.Single(shown.OfType<LivePage>(), page => page.IsLast && page.Line.Contains("step 8/8"));
        Assert.Contains("finished", last.ToString());
    }

    [Fact]
    public async Task Where_updates_do_not_arrive_a_run_that_has_ended_is_shown_at_once()
    {
        var run = await Lab.StartAsync(_mini.Job("late") with { Validation = new ValidationOptions { Every = 0 } }, show: false);
        await run;
        var still = new Screen { Renews = false };
        run.Show(still);
        Assert.Contains("finished", still.Places[0][0].ToString());
        await run;
        Assert.Equal(2, still.Places.Count); // with its previews; not once more
    }

    [Fact]
    public async Task A_run_obeys_and_goes_on_where_it_was_stopped()
    {
        var job = _mini.Job("obeys") with
        {
            Training = _mini.Job("obeys").Training with { Steps = 100_000 },
            Validation = new ValidationOptions { Every = 0 },
        };
        var run = await Lab.StartAsync(job, show: false);
        Assert.StartsWith("paused", await run.Pause());
        Assert.Equal(RunStatus.Paused, run.Snapshot().Status);
        Assert.StartsWith("saved", await run.SaveNow());
        Assert.StartsWith("learning rate", await run.SetLearningRate(1e-3));
        Assert.StartsWith("stops", await run.Stop());
        var stopped = await run;
        Assert.Equal(RunStatus.Stopped, run.Snapshot().Status);
        Assert.Equal(1e-3, run.Snapshot().Job!.Training.LearningRate.High);

        var resumed = await Lab.ResumeAsync(run.Folder, $"training.steps={stopped + 2}");
        Assert.Equal(stopped + 2, await resumed);
    }

    [Fact]
    public async Task Buttons_of_the_dashboard_steer_the_run_and_answer_in_place()
    {
        var screen = new Screen { HasWidgets = true };
        RunStarter.Default = RunStarter.Default with { Output = screen };
        var job = _mini.Job("pressed") with
        {
            Training = _mini.Job("pressed").Training with { Steps = 100_000 },
            Validation = new ValidationOptions { Every = 0 },
        };
        var run = await Lab.StartAsync(job);
        var box = (VBox)screen.Places[0][0];
        Assert.DoesNotContain("await run.Pause()", ((LivePage)screen.Places[1][0]).ToString()); // the buttons say it
        Assert.Contains("await run.Pause()", box.Fallback().Text); // where none are drawn

        Assert.StartsWith("paused after step", await PressAsync(box, "Pause"));
        Assert.Equal(RunStatus.Paused, run.Snapshot().Status);
        Assert.Equal((false, true), (Find<Button>(box, "Pause").IsVisible, Find<Button>(box, "Resume").IsVisible));
        Assert.StartsWith("saved", await PressAsync(box, "Save"));
        var rates = Flat(box).OfType<Text>().ToList();
        Assert.Equal(2, rates.Count);
        rates[0].Value = "-1";
        Assert.Contains("'-1' is not a learning rate", await PressAsync(box, "Set"));
        rates[0].Value = "1e-3";
        Assert.StartsWith("learning rate", await PressAsync(box, "Set"));
        Assert.StartsWith("continue", await PressAsync(box, "Resume"));
        Assert.StartsWith("stops", await PressAsync(box, "Stop"));
        await run;
        Assert.Equal(RunStatus.Stopped, run.Snapshot().Status);
        Assert.Equal(1e-3, run.Snapshot().Job!.Training.LearningRate.High);
        Assert.All(Flat(box).OfType<HBox>(), row => Assert.False(row.IsVisible));
        Assert.Equal("", box.Fallback().Text);
        Assert.Contains("Lab.ResumeAsync(", ((LivePage)screen.Places[1][^1]).ToString());
    }

    private static IEnumerable<Control> Flat(Box box) =>
        box.Children.SelectMany(child => child is Box inner ? Flat(inner).Prepend(inner) : [child]);

    private static T Find<T>(Box box, string name)
        where T : TitledControl => Flat(box).OfType<T>().Single(control => control.Description == name);

    private static async Task<string> PressAsync(VBox box, string name)
    {
        var button = Find<Button>(box, name);
        button.ReceiveCustom(new System.Text.Json.Nodes.JsonObject { ["event"] = "click" });
        await button.Settled;
        return Flat(box).OfType<Markup>().Single().ToString();
    }

    [Fact]
    public async Task Interrupting_the_cell_that_waits_stops_the_run()
    {
        var job = _mini.Job("interrupted") with
        {
            Training = _mini.Job("interrupted").Training with { Steps = 100_000 },
            Validation = new ValidationOptions { Every = 0 },
        };
        var run = await Lab.StartAsync(job, show: false);
        using var interrupt = new CancellationTokenSource();
        using var cell = Interrupt.Use(interrupt.Token);
        var waiting = WaitAsync();
        await interrupt.CancelAsync();
        Assert.InRange(await waiting, 0, 99_999);
        Assert.Equal(RunStatus.Stopped, run.Snapshot().Status);

        async Task<int> WaitAsync() => await run;
    }

    [Fact]
    public async Task A_run_of_that_name_is_not_overwritten()
    {
        var job = _mini.Job("twice") with { Validation = new ValidationOptions { Every = 0 } };
        await await Lab.StartAsync(job, show: false);
        var refusal = await Assert.ThrowsAsync<WanLabException>(() => Lab.StartAsync(job, show: false));
        Assert.Contains("Lab.Attach", refusal.Message);
        Assert.Equal(8, await await Lab.StartAsync(job, fresh: true, show: false));
    }

    [Fact]
    public async Task A_run_that_fails_says_why()
    {
        var job = _mini.Job("fails");
        job = job with { Datasets = [job.Datasets[0] with { NumFrames = 401 }] };
        var run = await Lab.StartAsync(job, show: false);
        await Assert.ThrowsAsync<WanLabException>(async () => await run);
        Assert.Equal(RunStatus.Failed, run.Snapshot().Status);
        Assert.Contains("none of its 3 clips can be used", run.ToString());
    }

    [Fact]
    public void A_job_with_errors_starts_nothing()
    {
        var job = _mini.Job("wrong") with { Training = new TrainingOptions { BatchSize = 0 } };
        Assert.Throws<WanLabException>(() => { _ = Lab.StartAsync(job); });
        Assert.False(Directory.Exists(_mini.At("runs/wrong")));
    }

    [Fact]
    public void Attach_needs_a_run() =>
        Assert.Contains("not the folder of a run", Assert.Throws<WanLabException>(() => Lab.Attach(_mini.At("clips"))).Message);

    [Fact]
    public async Task A_training_of_the_library_is_shown_too()
    {
        var job = _mini.Job("library") with { Validation = new ValidationOptions { Every = 0 } };
        var run = TrainingRun.Start(job, _mini.Model, RunFolder.Open(job.Output, job.Name),
            new TrainerRuntime { CacheFolder = _mini.Cache });
        await run.Completion;
        var text = new StringWriter();
        Assert.True(new PageFormatter("text/plain").Format(run, text));
        Assert.Contains("8 of 8", text.ToString());
    }

    [Fact]
    public async Task An_experiment_shows_its_progress_and_its_result()
    {
        var experiment = new Experiment
        {
            Name = "rank",
            Job = _mini.Job("mini"),
            Settings = ["validation.every=0"],
            Variants = Variant.Each("target.rank", "2", "4", "many"),
        };
        var result = await Lab.RunAsync(experiment);

        Assert.Equal([8, 8], Lab.Runs(result).Select(run => run.Snapshot().Step));
        var pages = Assert.Single(_screen.Places);
        Assert.Contains(pages, page => ((LivePage)page).Line == "rank: 1 of 3 runs done");
        var last = (LivePage)pages[^1];
        Assert.True(last.IsLast);
        Assert.Contains("rank-4", last.ToString());
        Assert.Contains("target.rank", result.Rows[2].Error);
        var heat = HeatmapFigure.Of(result, "steps", "target.rank", "target.rank");
        Assert.All([heat.Rows, heat.Columns], ranks => Assert.Equal(["2", "4"], ranks));
        Assert.Equal([8, null, null, 8], heat.Cells.SelectMany(row => row));
    }

    [Fact]
    public async Task An_interrupted_experiment_says_how_to_continue()
    {
        var experiment = new Experiment
        {
            Name = "stopped",
            Job = _mini.Job("mini"),
            Settings = ["validation.every=0"],
            Variants = [new("one")],
        };
        using var interrupt = new CancellationTokenSource();
        using var cell = Interrupt.Use(interrupt.Token);
        await interrupt.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Lab.RunAsync(experiment));

        Assert.Contains("Run the cell again", ((LivePage)_screen.Places[0][^1]).ToString());
    }
}
