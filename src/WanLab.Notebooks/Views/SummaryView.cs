using WanLab.Notebooks.Blocks;
using WanLab.Notebooks.Figures;
using WanLab.Tiny.Experiments;

namespace WanLab.Notebooks.Views;

/// <summary>Shows what an experiment measured.</summary>
internal static class SummaryView
{
    public static IEnumerable<Block> Of(Summary summary)
    {
        yield return new FigureBlock(Figure(summary));
        var steps = summary.Lines.SelectMany(line => line.Points).Select(point => point.Step).Distinct().Order().ToList();
        yield return new TableBlock(["", .. steps.Select(step => step == 0 ? "base" : $"step {step}")], [.. summary.Lines.Select(Row)]);

        IReadOnlyList<string> Row(SummaryLine line) =>
            [line.Name, .. steps.Select(step => line.Points.FirstOrDefault(p => p.Step == step)?.ToString() ?? "")];
    }

    /// <summary>The means by step, with their spread.</summary>
    public static LineFigure Figure(Summary summary) => new()
    {
        Title = summary.Panel.Title,
        XTitle = "step (0: base model); bars: standard deviation over samples",
        Reference = summary.Reference is { } value ? (summary.Panel.Reference!.Value.Name, value) : null,
        Lines = [.. summary.Lines.Select(Line)],
    };

    private static Line Line(SummaryLine line, int k)
    {
        var points = line.Points;
        return new Line(line.Name, [.. points.Select(p => (double)p.Step)], [.. points.Select(p => p.Mean)], Palette.At(k), LineStyle.Dots)
        {
            Low = [.. points.Select(p => (double?)(p.Mean - p.Deviation))],
            High = [.. points.Select(p => (double?)(p.Mean + p.Deviation))],
        };
    }
}
