using WanLab.Adapters;
using WanLab.Curation;
using WanLab.Curation.Advice;
using WanLab.Curation.Scanning;
using WanLab.Curation.Xray;
using WanLab.Datasets;
using WanLab.Experiments;
using WanLab.Jobs;
using WanLab.Notebooks.Blocks;
using WanLab.Notebooks.Figures;
using WanLab.Notebooks.Live;
using WanLab.Notebooks.Views;
using WanLab.Planning;
using WanLab.Review;
using WanLab.Runs;
using WanLab.Sampling;
using WanLab.Training;
using WanLab.Widgets;
using WanLab.Yaml;

namespace WanLab.Notebooks;

/// <summary>Something ready to be shown in both forms.</summary>
internal sealed record Shown(Func<string> Html, Func<string> Text)
{
    public static Shown Of(IEnumerable<Block> blocks)
    {
        var page = new Page([.. blocks]);
        return new Shown(page.ToHtml, page.ToString);
    }
}

/// <summary>The list of all types that WanLab shows, each with its form.</summary>
internal static class Pages
{
    /// <summary>The form of an object; null if WanLab does not show its type.</summary>
    public static Shown? Of(object instance) => instance switch
    {
        Page page => new Shown(page.ToHtml, page.ToString),
        LivePage page => new Shown(page.ToHtml, page.ToString),
        PlotsReady ready => new Shown(() => PlotsReady.ToHtml(HtmlSettings.Notebook()), ready.ToString),
        Figure figure => Shown.Of([new FigureBlock(figure)]),
        FigureGrid grid => Shown.Of([new Row([.. grid.Figures.Select(f => new FigureBlock(f))])]),
        VideoGrid grid => Shown.Of([grid.Block()]),
        Table table => Shown.Of([new TableBlock(table.Columns, table.Rows)]),
        TrainingJob job => Shown.Of(JobView.Of(job)),
        JobReading reading => Shown.Of(JobView.Of(reading)),
        Problem problem => Shown.Of([JobView.Problem(problem)]),
        Dataset dataset => Shown.Of(DatasetView.Of(dataset)),
        Clip clip => Shown.Of(DatasetView.Of(clip)),
        DatasetAdvice advice => Shown.Of(CurationView.Of(advice)),
        CuratedFolder folder => Shown.Of(CurationView.Of(folder)),
        FolderScan scan => Shown.Of(ScanView.Of(scan)),
        LabCuration curation => Shown.Of(curation.Blocks()),
        DatasetXray xray => Shown.Of(XrayView.Of(xray)),
        ClipXray item => Shown.Of(XrayView.Of(item)),
        JobPlan plan => Shown.Of(PlanView.Of(plan)),
        TimestepPlan plan => Shown.Of(PlanView.Of(plan)),
        LabRun run => Shown.Of(RunView.Of(run.Snapshot())),
        RunSnapshot run => Shown.Of(RunView.Of(run)),
        RunFolder folder => Shown.Of(RunView.Of(LabRun.Read(folder))),
        TrainingRun run => Shown.Of(RunView.Of(LabRun.Read(run.Folder))),
        RunCheckpoint checkpoint => Shown.Of(ResultViews.Of(checkpoint)),
        RunSample sample => Shown.Of(ResultViews.Of(sample)),
        SampleRecord record => Shown.Of(ResultViews.Of(record)),
        ValidationRecord record => Shown.Of(ResultViews.Of(record)),
        LoraFileInfo info => Shown.Of(ResultViews.Of(info)),
        ExperimentResult result => Shown.Of(ExperimentView.Of(result)),
        ResultTable table => Shown.Of([ExperimentView.Of(table)]),
        Widget widget => new Shown(() => widget.Fallback().Html, () => widget.Fallback().Text),
        Course course => Shown.Of(ExperimentView.Of(course)),
        _ => ForeignViews.Of(instance),
    };
}
