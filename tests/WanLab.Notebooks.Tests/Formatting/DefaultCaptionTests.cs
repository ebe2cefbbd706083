using WanLab.Datasets;
using WanLab.Jobs;
using WanLab.Notebooks.Blocks;
using WanLab.Notebooks.Views;
using WanLab.Yaml;

namespace WanLab.Notebooks.Tests.Formatting;

/// <summary>A caption by default is never shown like one that somebody wrote for the clip.</summary>
public sealed class DefaultCaptionTests(Scene scene) : IClassFixture<Scene>
{
    [Fact]
    public void It_is_marked_counted_and_stands_back()
    {
        var dataset = scene.Dataset;
        var mixed = dataset with
        {
            Clips = [dataset.Clips[0], dataset.Clips[1] with { CaptionOrigin = CaptionOrigin.EmptyFile },
                dataset.Clips[2] with { CaptionOrigin = CaptionOrigin.NoFile }],
        };
        var table = DatasetView.Items(mixed, new HashSet<string>(), 40).OfType<TableBlock>().Single();
        Assert.Equal(["orbit <360> clip number 0", "(default) orbit <360> clip number 1", "(default) orbit <360> clip number 2"],
            table.Rows.Select(row => row[^1]));
        Assert.Equal([(1, 7), (2, 7)], table.Quiet.Order());
        var cards = DatasetView.Of(mixed).OfType<XrayBlock>().Single();
        var (text, shown) = (new StringWriter(), new HtmlWriter(new HtmlSettings()));
        cards.Write(text);
        Assert.Contains("    orbit <360> clip number 0\n", text.ToString());
        Assert.Contains("    (default) orbit <360> clip number 1\n", text.ToString());
        cards.Write(shown);
        Assert.Equal(2, shown.ToString().Split("opacity:0.6").Length - 1);
        var html = new HtmlWriter(new HtmlSettings());
        table.Write(html);
        Assert.Equal(2, html.ToString().Split("opacity:0.6").Length - 1);
        Assert.Contains("3 clips", DatasetView.Sentence(mixed));
        Assert.Contains(", 1 caption of their own, 2 by default (1 because the file is empty); trained as", DatasetView.Sentence(mixed));
        Assert.Contains(", 3 captions; trained as", DatasetView.Sentence(dataset));
    }

    [Fact]
    public void The_check_of_a_job_in_a_notebook_warns_of_it_and_refuses_a_place_to_fill_in()
    {
        using var folder = new TempFolder();
        folder.Write("clips/a.mp4", "not decoded");
        folder.Write("clips/b.mp4", "not decoded");
        folder.Write("clips/b.txt", "orbit around a toy");
        string Job(string caption) => folder.Write("job.yaml",
            $"job: {{name: toys_motion}}\nmodel: {{architecture: wan-tiny}}\ndatasets:\n  - path: clips\n    default_caption: {caption}\n");

        var warned = Lab.Check(Job("a red house"));
        Assert.Contains(warned.Warnings, problem => problem.Message.StartsWith(
            "a.mp4: has no caption of its own, so it is trained with default_caption: 'a red house'", StringComparison.Ordinal));

        var file = Job($"'{Captions.ToWrite}'");
        var error = Assert.Single(Lab.Check(file).Errors);
        Assert.Equal((5, "datasets.0.default_caption", Severity.Error), (error.Line, error.Key, error.Severity));
        Assert.Contains("1 clip without a caption", Assert.Throws<WanLabException>(() => Lab.Job(file)).Message);
    }
}
