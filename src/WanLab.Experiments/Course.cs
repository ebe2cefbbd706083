namespace WanLab.Experiments;

/// <summary>A measure by training step, with one line per variant: mean and standard deviation over samples or seeds.</summary>
[TypeFormatterSource]
public sealed record Course
{
    /// <summary>The measure, with its unit.</summary>
    public required string Title { get; init; }

    /// <summary>The lines, one per variant.</summary>
    public required IReadOnlyList<CourseLine> Lines { get; init; }

    /// <summary>A value for comparison, and its name.</summary>
    public (string Name, double Value)? Reference { get; init; }

    /// <summary>Converts the course to a table: one row per line, one column per step.</summary>
    public ResultTable Table()
    {
        var steps = Lines.SelectMany(line => line.Points).Select(point => point.Step).Distinct().Order().ToList();
        return new ResultTable(
            [Title, .. steps.Select(step => step == 0 ? "base" : $"step {step}")],
            [.. Lines.Select(line => (IReadOnlyList<object?>)[line.Name,
                .. steps.Select(step => line.Points.FirstOrDefault(point => point.Step == step)?.ToString())])]);
    }

    /// <summary>Writes the course as a Markdown table, with the value for comparison below it.</summary>
    public string ToMarkdown() =>
        Table().ToMarkdown() + (Reference is { } level ? $"\n{level.Name}: {Numbers.Mean(level.Value)}\n" : "");

    /// <inheritdoc/>
    public override string ToString() => ToMarkdown();
}

/// <summary>A line of a course.</summary>
/// <param name="Name">The variant.</param>
/// <param name="Points">The values, by step.</param>
public sealed record CourseLine(string Name, IReadOnlyList<CoursePoint> Points);

/// <summary>The values at a step; 0 is the base model.</summary>
/// <param name="Step">Training steps.</param>
/// <param name="Values">Mean and deviation.</param>
public sealed record CoursePoint(int Step, Spread Values)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Numbers.Mean(Values.Mean)} ± {Numbers.Mean(Values.Deviation)}";
}
