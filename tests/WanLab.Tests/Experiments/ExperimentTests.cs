using WanLab.Experiments;
using WanLab.Models;
using WanLab.Runs;
using WanLab.Testing;

namespace WanLab.Tests.Experiments;

/// <summary>Experiments on a very small model: two variants and two seeds.</summary>
public sealed class ExperimentTests : TensorTest, IClassFixture<MiniRun>
{
    private static readonly string[] Timed = ["s a step", "seconds"];
    private readonly MiniRun _mini;

    public ExperimentTests(MiniRun mini)
    {
        _mini = mini;
        mini.WriteClip(mini.At("held-out"), "held", 7);
    }

    [Fact]
    public void Every_variant_is_trained_with_every_seed_and_has_a_row()
    {
        var (result, _) = Run(Rank("table"));

        Assert.Equal(["small-1", "small-2", "large-1", "large-2"], result.Rows.Select(row => row.Trial.Name));
        Assert.All(result.Rows, row => Assert.Null(row.Error));
        Assert.Equal(["target.rank", "target.alpha"], result.Varied);
        Assert.Equal(["2", "2", "8", "8"], result.Rows.Select(row => result.Setting(row, "target.rank")));
        Assert.Equal([1, 2, 1, 2], result.Rows.Select(row => row.Run!.Job!.Seed));
        Assert.All(result.Rows, row => Assert.Equal(8, row["steps"]));
        Assert.Equal(4, result.Rows.Select(row => row["loss, high noise"]).Distinct().Count());
        Assert.All(result.Rows, row => Assert.NotNull(row["held out, low noise"]));
        Assert.Equal(Path.Combine(_mini.At("runs"), "table", "small-1"), result.Rows[0].Run!.Folder.Path);

        var small = result.Summary().Rows[0];
        double[] losses = [.. result.Rows.Take(2).Select(row => row["loss, high noise"]!.Value)];
        var loss = Assert.IsType<Spread>(small[2]);
        Assert.Equal(("small", 2), (small[0], small[1]));
        Assert.Equal(losses.Average(), loss.Mean, 1e-12);
        Assert.Equal(Math.Abs(losses[0] - losses[1]) / Math.Sqrt(2), loss.Deviation, 1e-12);

        var course = result.HeldOut(Expert.Low);
        Assert.Equal(["small", "large"], course.Lines.Select(line => line.Name));
        Assert.Equal([4, 8], course.Lines[0].Points.Select(point => point.Step));
        Assert.Equal(result.Rows.Take(2).Average(row => row["held out, low noise"]!.Value), course.Lines[0].Points[1].Values.Mean, 1e-12);
    }

    [Fact]
    public void Interrupted_and_resumed_it_gives_the_same_table()
    {
        var whole = Run(Rank("whole")).Result;
        using var stop = new CancellationTokenSource();
        var halves = Rank("halves");
        Assert.Throws<OperationCanceledException>(() => Run(halves, happened =>
        {
            if (happened is TrialProgress { Trial.Name: "small-2", Event: StepDone { Record.Step: 5 } }) stop.Cancel();
        }, stop.Token));

        var (resumed, events) = Run(halves);

        string[] StepsOf(string name) => [.. events.OfType<TrialProgress>()
            .Where(e => e.Trial.Name == name)
            .Select(e => e.Event)
            .OfType<StepDone>()
            .Select(e => $"{e.Record.Step}")];
        Assert.Equal([], StepsOf("small-1")); // was finished
        Assert.Equal(["6", "7", "8"], StepsOf("small-2"));
        Assert.Equal(8, StepsOf("large-1").Length);
        Assert.Equal(4, events.OfType<TrialDone>().Count());
        Assert.Equal(whole.Measures, resumed.Measures);
        foreach (var (expected, row) in whole.Rows.Zip(resumed.Rows))
            foreach (var measure in whole.Measures.Except(Timed))
                Assert.Equal(expected[measure], row[measure]);
    }

    [Fact]
    public void A_variant_with_errors_says_so_in_its_row_and_the_others_are_trained()
    {
        var bad = Rank("bad") with
        {
            Seeds = [],
            Variants = [new("unreadable", "target.rank=many"), new("no-layer", "target.modules=[no_such_layer]"),
                new("good", "target.rank=2")],
        };

        var (result, _) = Run(bad);

        Assert.Contains("target.rank", result.Rows[0].Error);
        Assert.Contains("no_such_layer", result.Rows[1].Error);
        Assert.Null(result.Rows[2].Error);
        Assert.Equal(8, result.Rows[2]["steps"]);
        Assert.All(result.Rows.Take(2), row => Assert.Null(row.Run));
        Assert.Equal("many", result.Setting(result.Rows[0], "target.rank"));
        Assert.Contains("no_such_layer",
            result.ToMarkdown().Split('\n').Single(line => line.StartsWith("| no-layer |", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_measure_of_the_caller_is_a_column()
    {
        var (result, _) = Run(
            Rank("measured") with { Seeds = [], Variants = [new("one", "target.rank=2"), new("broken", "target.rank=many")] });

        var measured = result.With("files", run => run.Checkpoints.Count);

        Assert.Equal([6, null], measured.Rows.Select(row => row["files"])); // at steps 4 and 8 and the finished ones, of two experts
        Assert.Contains("files", measured.Table().Columns);
        Assert.DoesNotContain("files", result.Measures);
    }

    [Fact]
    public void What_all_trainings_prepare_alike_is_encoded_once()
    {
        var (_, events) = Run(Rank("shared") with { Seeds = [7] });

        var ready = events.OfType<TrialProgress>().Select(e => e.Event).OfType<DataReady>().ToList();
        Assert.Equal(2, ready.Count);
        Assert.Equal(0, ready[1].Encoded);
    }

    [Fact]
    public void A_run_made_with_other_settings_is_not_taken_for_a_result()
    {
        var experiment = Rank("changed") with { Seeds = [], Variants = [new("same", "target.rank=2")] };
        Run(experiment);
        var other = experiment with { Variants = [new("same", "training.learning_rate=1e-3", "target.rank=2")] };

        var refused = Run(other).Result.Rows[0].Error;
        Assert.Contains("training.learning_rate: 0.001 (was 0.01)", refused);
        Assert.Null(Run(other, fresh: true).Result.Rows[0].Error);
        Assert.Null(Run(other).Result.Rows[0].Error);
    }

    [Fact]
    public void A_model_that_cannot_be_opened_deletes_no_finished_run()
    {
        var experiment = Rank("kept") with { Seeds = [], Variants = [new("one", "target.rank=2")] };
        var files = Run(experiment).Result.Rows[0].Run!.Checkpoints.Select(checkpoint => checkpoint.File).ToList();
        var runner = new ExperimentRunner(new ExperimentRuntime
        {
            Open = _ => throw new WanLabException("no such model"),
            CacheFolder = _mini.Cache,
            Fresh = true,
        });
        Assert.Equal("no such model", runner.Run(experiment, default).Rows[0].Error);
        Assert.All(files, file => Assert.True(File.Exists(file), file));
    }

    [Fact]
    public void A_summary_of_the_rows_so_far_has_a_line_for_each_variant() =>
        Assert.Equal(["small", "large"], ExperimentResult.Of(Rank("so far"), []).Summary().Rows.Select(row => row[0]));

    [Fact]
    public void Two_runs_of_one_name_are_refused()
    {
        var twice = Rank("twice") with { Variants = [new("same", "target.rank=2"), new("same", "target.rank=4")] };
        Assert.Contains("two runs named same-1", Assert.Throws<WanLabException>(() => { _ = twice.Trials(); }).Message);
    }

    [Fact]
    public void A_grid_has_a_variant_for_each_combination()
    {
        var grid = Variant.Grid(("target.rank", ["4", "16"]), ("training.learning_rate", ["5e-4", "2e-3"]));

        Assert.Equal(["rank-4-learning_rate-5e-4", "rank-4-learning_rate-2e-3", "rank-16-learning_rate-5e-4", "rank-16-learning_rate-2e-3"],
            grid.Select(v => v.Name));
        Assert.Equal(["target.rank=16", "training.learning_rate=5e-4"], grid[2].Settings);
        Assert.Equal(["steps-1", "steps-2"], Variant.Each("training.steps", "1", "2").Select(v => v.Name));
    }

    [Fact]
    public void A_table_in_Markdown_keeps_each_row_on_one_line()
    {
        var table = new ResultTable(["name", "value"], [["a|b", 0.0123456], ["two\nlines", new Spread(1234.2, 0.5, 2)], ["none", null]]);

        Assert.Equal("""
            | name | value |
            | --- | --- |
            | a\|b | 0.01235 |
            | two lines | 1234 ± 0.5 |
            | none |  |

            """, table.ToMarkdown());
    }

    private Experiment Rank(string name) => new()
    {
        Name = name,
        Question = "How much rank?",
        Job = _mini.Job("mini"),
        Settings = ["validation.every=4", $"validation.holdout={_mini.At("held-out")}"],
        Variants = [new("small", "target.rank=2", "target.alpha=2"), new("large", "target.rank=8", "target.alpha=8")],
        Seeds = [1, 2],
    };

    private (ExperimentResult Result, List<ExperimentEvent> Events) Run(Experiment experiment, Action<ExperimentEvent>? also = null,
        CancellationToken cancellation = default, bool fresh = false)
    {
        var events = new List<ExperimentEvent>();
        var runner = new ExperimentRunner(new ExperimentRuntime
        {
            Open = _ => _mini.Model,
            CacheFolder = _mini.Cache,
            Fresh = fresh,
            Report = happened =>
            {
                events.Add(happened);
                also?.Invoke(happened);
            },
        });
        return (runner.Run(experiment, cancellation), events);
    }
}
