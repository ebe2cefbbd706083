using WanLab.Notebooks.Figures;
using WanLab.Notebooks.Live;
using WanLab.Notebooks.Views;
using WanLab.Review;
using WanLab.Runs;

namespace WanLab.Notebooks.Tests.Live;

/// <summary>The dashboard of a run that another process trains: this test writes its folder.</summary>
public sealed class LiveDashboardTests : IDisposable
{
    private readonly Scene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task It_follows_a_run_of_another_process_to_its_end()
    {
        var folder = _scene.Folder;
        File.Delete(folder.MetricsFile);
        File.WriteAllText(folder.EventsFile, "");
        var claim = folder.Claim();
        var waits = new List<TimeSpan>();
        var made = 0;
        var time = new SteppedTime(wait =>
        {
            waits.Add(wait);
            if (made < 5) folder.Log(Scene.Step(++made));
            else
            {
                folder.Log(new RunEnded(5, Stopped: true), DateTimeOffset.UnixEpoch);
                claim.Dispose();
            }
        });
        var screen = new Screen();
        await LiveDashboard.Start(new LabRun(folder, null, new RunStage(), time), screen, time);

        Assert.All(waits, wait => Assert.Equal(TimeSpan.FromSeconds(1), wait)); // never more often than once a second
        Assert.Equal(6, waits.Count);
        var status = screen.Places[0].Cast<LivePage>().ToList();
        Assert.Equal(8, status.Count); // at its start, when first read, five steps, the end
        Assert.Contains("step 3/40", status[4].Line);
        Assert.Contains("Loss", status[4].ToString());
        Assert.Contains("turn", status[4].ToString());
        Assert.Contains("high noise, step 4 of 10", status[4].ToString());
        Assert.Contains("await run.Pause()", status[4].ToString());
        Assert.DoesNotContain("SetLearningRate", status[4].ToString());
        Assert.DoesNotContain("<script", status[4].ToHtml()); // a live plot would flicker
        Assert.True(status[^1].IsLast);
        Assert.Contains("stopped", status[^1].Line);
        Assert.Contains("<script", status[^1].ToHtml());
        Assert.Contains("Lab.ResumeAsync(", status[^1].ToString());
        Assert.Equal(2, screen.Places[1].Count); // previews are shown once, not every second
        var previews = ((LivePage)screen.Places[1][1]).ToHtml();
        Assert.Equal(3, previews.Split("<video").Length - 1);
        Assert.DoesNotContain("<img", previews);
    }

    [Fact]
    public void All_previews_are_a_strip_of_pictures_that_ends_with_the_newest_videos()
    {
        var run = LabRun.Read(_scene.Folder);
        RunSample[] more = [.. run.Samples, .. new[] { 50, 60, 70 }.Select(step => run.Samples[1] with { Step = step })];
        var html = new Page([.. RunView.PreviewStrip(run with { Samples = more })]).ToHtml();
        string[] shown = [.. System.Text.RegularExpressions.Regex.Matches(html, "<(video|img) ").Select(match => match.Groups[1].Value)];
        Assert.Equal(["video", "img", "img", "img", "video", "video"], shown); // base, 20, 40, 50, 60, 70
        Assert.Equal(6, html.Split("<td style=\"min-width:192px").Length - 1);
    }

    [Fact]
    public void A_run_that_prepares_shows_how_much_is_done()
    {
        var stage = new RunStage();
        stage.Report(new PreparationProgress("Encoding captions", 3, 12));
        var run = LabRun.Read(_scene.Folder) with
        {
            Status = RunStatus.Preparing,
            Steps = [],
            Stage = stage.Words,
            StageShare = stage.Share,
        };
        var text = new Page([.. RunView.Live(run, false, [])]).ToString();
        Assert.Contains("preparing: Encoding captions, 3 of 12", text);
        Assert.Contains($"[{new string('#', 10)}{new string('.', 30)}]", text);
    }

    [Fact]
    public void Letters_of_a_live_picture_are_as_large_as_those_of_the_plot_after_it()
    {
        var run = LabRun.Read(_scene.Folder);
        var live = new Page([.. RunView.Live(run with { Status = RunStatus.Training }, false, [])]).ToHtml();
        var svg = System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(live.Split("image/svg+xml;base64,")[1].Split('"')[0]));
        // 12 pixels in a column of 480, as plotly.js writes; and the axis reaches to the last step from the start.
        Assert.Contains("viewBox=\"0 0 480 380\" width=\"480\" height=\"380\" font-family=\"sans-serif\" font-size=\"12\"", svg);
        var half = new RunFigures(run with { Steps = [.. run.Steps.Take(20)] }).Loss().Reaching(40).ToColumnSvg();
        Assert.Contains(">40</text>", half);
    }

    [Fact]
    public async Task Nothing_new_is_not_shown_again()
    {
        var claim = _scene.Folder.Claim();
        var waits = 0;
        var time = new SteppedTime(_ =>
        {
            if (++waits == 4) claim.Dispose();
        });
        var screen = new Screen();
        await LiveDashboard.Start(new LabRun(_scene.Folder, null, new RunStage(), time), screen, time);
        Assert.Equal(3, screen.Places[0].Count); // at its start, when first read, the end
    }

    [Fact]
    public async Task An_error_of_the_dashboard_is_shown_in_its_place()
    {
        var claim = _scene.Folder.Claim();
        var time = new SteppedTime(_ => { });
        var screen = new Screen { Refuses = 2 };
        await LiveDashboard.Start(new LabRun(_scene.Folder, null, new RunStage(), time), screen, time);
        claim.Dispose();
        Assert.Contains("dashboard", screen.Places[0][^1].ToString());
        Assert.Contains("run.Show()", screen.Places[0][^1].ToString());
    }
}
