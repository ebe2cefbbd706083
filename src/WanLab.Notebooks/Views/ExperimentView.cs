using WanLab.Experiments;
using WanLab.Notebooks.Blocks;
using WanLab.Notebooks.Figures;

namespace WanLab.Notebooks.Views;

/// <summary>Shows experiments: tables of their runs, and measures by step.</summary>
internal static class ExperimentView
{
    public static IEnumerable<Block> Of(ExperimentResult result)
    {
        yield return new Heading(result.Experiment.Name, result.Experiment.Question);
        yield return Of(result.Table());
        if (result.Experiment.Seeds.Count < 2) yield break;
        yield return new Heading("By variant", "mean ± standard deviation over seeds");
        yield return Of(result.Summary());
    }

    public static IEnumerable<Block> Of(Course course)
    {
        yield return new FigureBlock(LineFigure.Of(course));
        var table = course.Table();
        yield return Of(table with { Columns = ["", .. table.Columns.Skip(1)] }); // the figure above has the title
    }

    public static Block Of(ResultTable table) =>
        new TableBlock(table.Columns, [.. table.Rows.Select(row => (IReadOnlyList<string>)[.. row.Select(ResultTable.Text)])]);
}
