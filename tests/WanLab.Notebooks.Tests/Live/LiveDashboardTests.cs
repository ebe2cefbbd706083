using WanLab.Notebooks.Figures;
using WanLab.Notebooks.Live;
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
        Assert.Contains("await run.Pause()", status[4].ToString());
        Assert.DoesNotContain("SetLearningRate", status[4].ToString());
        Assert.DoesNotContain("<script", status[4].ToHtml()); // a live plot would flicker
        Assert.True(status[^1].IsLast);
        Assert.Contains("stopped", status[^1].Line);
        Assert.Contains("<script", status[^1].ToHtml());
        Assert.Contains("Lab.ResumeAsync(", status[^1].ToString());
        Assert.Equal(2, screen.Places[1].Count); // previews are shown once, not every second
        Assert.Contains("<video", ((LivePage)screen.Places[1][1]).ToHtml());
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
