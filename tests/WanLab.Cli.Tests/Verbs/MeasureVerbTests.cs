using System.Globalization;
using WanLab.Testing;

namespace WanLab.Cli.Tests.Verbs;

public sealed class MeasureVerbTests
{
    private static readonly string Orbit = Path.Combine(Repository.Root, "datasets-example/orbit");

    [Fact]
    public async Task A_clip_s_measures_stand_in_one_line_under_their_names()
    {
        var run = await CliRun.OfAsync(
            ["measure", Path.Combine(Orbit, "clips/04_orange_duck.mp4"), Path.Combine(Orbit, "clips/15_orange_robot.mp4")]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var lines = run.Out.ReplaceLineEndings("\n").Split('\n');
        var titles = lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var robot = lines[3].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(titles.Length, robot.Length);
        Assert.Equal(["15_orange_robot.mp4", "OrbitRight"], robot[..2]);
        // Drawn at 15 degrees a second.
        Assert.InRange(double.Parse(robot[Array.IndexOf(titles, "orbit")], CultureInfo.InvariantCulture), 9, 18);
    }

    [Fact]
    public async Task A_picture_has_no_motion_to_measure()
    {
        var run = await CliRun.OfAsync(["measure", Path.Combine(Orbit, "images/held_out_1.png")]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("held_out_1.png: has only one frame", run.Error);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_takes_nothing_from_the_others()
    {
        var run = await CliRun.OfAsync(["measure", Path.Combine(Orbit, "clips/04_orange_duck.mp4"), Path.Combine(Orbit, "job.yaml")]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("job.yaml: cannot be read as a clip", run.Error);
        Assert.Contains("04_orange_duck.mp4", run.Out);
        Assert.Matches(@"job\.yaml +(- +){11}-", run.Out);
    }

    [Fact]
    public async Task A_cut_is_named_and_nothing_is_measured_across_it()
    {
        using var folder = new TempFolder();
        var (black, grey) = (new byte[64 * 64 * 3 * 8], new byte[64 * 64 * 3 * 24]);
        for (var k = 0; k < grey.Length; k++) grey[k] = (byte)(100 + k / 3 % 64 + (k / 192 % 2 == 0 ? 40 : 0));
        WanLab.Media.Mp4Writer.Write(folder["cut.mp4"], [.. black, .. grey], 64, 64);
        var run = await CliRun.OfAsync(["measure", folder["cut.mp4"]]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("cut.mp4: has 1 cut, at 0.5 s; measured is its longest shot, 24 frames from 0.5 s",
            run.Out.ReplaceLineEndings(" "));
        Assert.DoesNotContain("Infinity", run.Out);
        Assert.DoesNotContain("NaN", run.Out);
    }
}
