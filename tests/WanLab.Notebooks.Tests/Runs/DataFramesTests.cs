using Microsoft.Data.Analysis;
using WanLab.Models;
using WanLab.Notebooks.Live;

namespace WanLab.Notebooks.Tests.Runs;

public sealed class DataFramesTests : IDisposable
{
    private readonly Scene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void The_metrics_of_a_run_are_a_data_frame_of_typed_columns()
    {
        var run = new LabRun(_scene.Folder, null, new RunStage(), TimeProvider.System);
        var steps = run.Snapshot().Steps;
        var metrics = run.Metrics;
        Assert.Equal(
            [
                ("step", typeof(int)), ("expert", typeof(string)), ("loss", typeof(double)), ("timestep", typeof(double)),
                ("learning_rate", typeof(double)), ("gradient_norm", typeof(double)), ("seconds", typeof(double)),
                ("memory", typeof(double)),
            ],
            metrics.Columns.Select(column => (column.Name, column.DataType)));
        Assert.Equal(steps.Select(step => step.Loss), ((DoubleDataFrameColumn)metrics["loss"]).Select(loss => loss!.Value));
        var last = metrics.Rows[metrics.Rows.Count - 1].ToList();
        Assert.Equal([steps[^1].Step, steps[^1].Expert == Expert.High ? "high" : "low"], last.Take(2));
        Assert.Equal(steps[^1].Timesteps.Average(), last[3]);
        Assert.Equal(steps[^1].Seconds.Values.Sum(), last[6]);
        var high = metrics.Filter(metrics["expert"].ElementwiseEquals("high"));
        Assert.Equal(steps.Count(step => step.Expert == Expert.High), high.Rows.Count);
    }

    [Fact]
    public void A_table_gives_its_numbers_with_all_digits_and_its_gaps()
    {
        var frame = Table.Of(
            [1.0 / 3, double.NaN, 2],
            ("row", v => double.IsNaN(v) ? null : (int)v), ("loss", v => double.IsNaN(v) ? null : v), ("mixed", v => v > 1 ? 1 : v),
            ("size", v => v > 1 ? 5L : 6), ("good", v => v > 1), ("name", v => $"run {v > 1}"), ("nothing", _ => null)).ToDataFrame();
        Assert.Equal(
            [typeof(int), typeof(double), typeof(double), typeof(long), typeof(bool), typeof(string), typeof(string)],
            frame.Columns.Select(column => column.DataType));
        Assert.Equal([1.0 / 3, null, 2.0], frame["loss"].Cast<object?>());
        Assert.Equal([0, null, 2], frame["row"].Cast<object?>());
    }

    [Fact]
    public void A_table_of_texts_gives_texts() =>
        Assert.Equal(typeof(string), new Table { Columns = ["a"], Rows = [["1"]] }.ToDataFrame()["a"].DataType);
}
