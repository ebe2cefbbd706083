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

    [Fact]
    public void Hundreds_of_previews_need_no_other_program_and_the_work_stops_when_asked_to()
    {
        using var many = new Scene();
        var (clip, record) = Directory.EnumerateFiles(Path.Combine(many.Folder.Path, "samples"), "*.mp4", SearchOption.AllDirectories)
            .Select(file => (File.ReadAllBytes(file), File.ReadAllBytes(Path.ChangeExtension(file, ".json")))).First();
        for (var k = 0; k < 300; k++)
        {
            var sample = many.Folder.Sample(1000 + k, 0);
            Directory.CreateDirectory(Path.GetDirectoryName(sample)!);
            File.WriteAllBytes(sample + ".mp4", [.. clip, 0, 0, 0, 9, .. "free"u8, (byte)k]);
            File.WriteAllBytes(sample + ".json", record);
        }
        var run = LabRun.Read(many.Folder);
        var html = File.ReadAllText(RunReport.Save(run, many.At("many.html"), TimeProvider.System));
        Assert.DoesNotContain("poster=", html); // which would take three programs for each
        Assert.True(html.Split("<video").Length > 300);
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => RunReport.Save(run, many.At("stopped.html"), TimeProvider.System, stop.Token));
        Assert.False(File.Exists(many.At("stopped.html")));
    }

    [GeneratedRegex("window\\.Plotly = Plotly")]
    private static partial Regex PlotlyHere();

    [GeneratedRegex("<script>.*?</script>", RegexOptions.Singleline)]
    private static partial Regex Scripts();
}
