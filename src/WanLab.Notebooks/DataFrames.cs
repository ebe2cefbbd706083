using Microsoft.Data.Analysis;
using WanLab.Runs;

namespace WanLab.Notebooks;

/// <summary>Makes data frames of Microsoft.Data.Analysis.</summary>
internal static class DataFrames
{
    /// <summary>The steps of a run, a row each.</summary>
    public static DataFrame Of(IReadOnlyList<StepRecord> steps) => new(
        new Int32DataFrameColumn("step", steps.Select(step => step.Step)),
        new StringDataFrameColumn("expert", steps.Select(step => step.Expert.ToString().ToLowerInvariant())),
        new DoubleDataFrameColumn("loss", steps.Select(step => step.Loss)),
        new DoubleDataFrameColumn("timestep", steps.Select(step => step.Timesteps.Count == 0 ? (double?)null : step.Timesteps.Average())),
        new DoubleDataFrameColumn("learning_rate", steps.Select(step => step.LearningRate)),
        new DoubleDataFrameColumn("gradient_norm", steps.Select(step => step.GradientNorm)),
        new DoubleDataFrameColumn("seconds", steps.Select(step => step.Seconds.Values.Sum())),
        new DoubleDataFrameColumn("memory", steps.Select(step => step.MemoryMib)));

    /// <summary>Rows of values, each column of the narrowest type that holds them all.</summary>
    public static DataFrame Of(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<object?>> rows) =>
        new(columns.Select((name, at) => Column(name, [.. rows.Select(row => row[at])])));

    private static DataFrameColumn Column(string name, IReadOnlyList<object?> values)
    {
        bool All(Func<object, bool> test) => values.All(value => value is null || test(value)) && values.Any(value => value is not null);

        if (All(value => value is int)) return new Int32DataFrameColumn(name, values.Select(value => (int?)value));
        if (All(value => value is bool)) return new BooleanDataFrameColumn(name, values.Select(value => (bool?)value));
        if (All(value => value is int or long))
            return new Int64DataFrameColumn(name, values.Select(value => value is null ? (long?)null : Convert.ToInt64(value, null)));
        if (All(value => value is double or float or int or long))
            return new DoubleDataFrameColumn(name, values.Select(value => value is null ? (double?)null : Convert.ToDouble(value, null)));
        return new StringDataFrameColumn(name, values.Select(value => value is null ? null : Table.Cell(value)));
    }
}
