using WanLab.Notebooks.Blocks;
using WanLab.Tiny.Experiments;
using WanLab.Notebooks.Figures;

namespace WanLab.Notebooks.Views;

/// <summary>Shows what an experiment measured.</summary>
internal static class SummaryView
{
    public static IEnumerable<Block> Of(Summary summary)
    {
        yield return new FigureBlock(new LineFigure
        {
            Title = summary.Panel.Title,
            XTitle = "step",
            Reference = summary.Reference is { } value ? (summary.Panel.Reference!.Value.Name, value) : null,
            Lines = [.. summary.Lines.Select((line, k) => new Line(line.Name, [.. line.Points.Select(p => (double)p.Step)], [.. line.Points.Select(p => p.Mean)], Palette.At(k), LineStyle.Dots)
            {
                Low = [.. line.Points.Select(p => (double?)(p.Mean - p.Deviation))],
                High = [.. line.Points.Select(p => (double?)(p.Mean + p.Deviation))],
            })],
        });
        var steps = summary.Lines.SelectMany(line => line.Points).Select(point => point.Step).Distinct().Order().ToList();
        yield return new TableBlock(["", .. steps.Select(step => step == 0 ? "base" : $"step {step}")],
            [.. summary.Lines.Select(line => (IReadOnlyList<string>)[line.Name, .. steps.Select(step => line.Points.FirstOrDefault(p => p.Step == step)?.ToString() ?? "")])]);
    }
}
