using System.Text.RegularExpressions;
using WanLab.Notebooks.Live;
using WanLab.Testing;

namespace WanLab.Notebooks.Tests;

public sealed partial class RunReportTests(Scene scene) : IClassFixture<Scene>
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 30, 0, TimeSpan.Zero);

    [Fact]
    public void The_text_of_a_report_is_like_the_golden_file()
    {
        var text = new StringWriter { NewLine = "\n" };
        foreach (var block in RunReport.Blocks(LabRun.Read(scene.Folder), Now)) block.Write(text);
        Golden.Matches("report.txt", scene.Tidy(text.ToString()));
    }

    [Fact]
    public void It_is_one_file_that_needs_nothing_else()
    {
        var file = RunReport.Save(LabRun.Read(scene.Folder), scene.At("elsewhere/report.html"), TimeProvider.System);
        var html = File.ReadAllText(file);
        Assert.Single(PlotlyHere().Matches(html));
        var own = Scripts().Replace(html, ""); // plotly.js names addresses that it never opens for these plots
        Assert.DoesNotMatch("(src|href)=\"(?!data:)", own);
        Assert.Equal(3, own.Split("<video").Length - 1);
        Assert.Contains("a &lt;warning&gt; &amp; more", own);
    }

    [Fact]
    public void A_run_without_steps_has_a_report_too()
    {
        using var other = new Scene();
        File.Delete(other.Folder.MetricsFile);
        File.Delete(other.Folder.JobFile);
        var html = File.ReadAllText(new LabRun(other.Folder, null, new RunStage(), TimeProvider.System).SaveReport());
        Assert.Contains("No step has been made yet.", html);
    }

    [Fact]
    public void A_place_that_can_not_be_written_is_named()
    {
        File.WriteAllText(scene.At("file"), "");
        var error = Assert.Throws<WanLabException>(
            () => RunReport.Save(LabRun.Read(scene.Folder), scene.At("file/report.html"), TimeProvider.System));
        Assert.Contains("cannot be written", error.Message);
    }

    [GeneratedRegex("window\\.Plotly = Plotly")]
    private static partial Regex PlotlyHere();

    [GeneratedRegex("<script>.*?</script>", RegexOptions.Singleline)]
    private static partial Regex Scripts();
}
