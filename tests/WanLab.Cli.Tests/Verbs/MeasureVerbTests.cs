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
}
