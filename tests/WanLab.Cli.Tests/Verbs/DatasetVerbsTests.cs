using System.Text.Json.Nodes;
using WanLab.Media;
using WanLab.Review.Measures;
using WanLab.Testing;
using WanLab.Tiny.Scenes;

namespace WanLab.Cli.Tests.Verbs;

public sealed class DatasetVerbsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string? _cache = Environment.GetEnvironmentVariable("WANLAB_CACHE");

    public DatasetVerbsTests()
    {
        // What is known from a scan is another thing than what is not.
        Environment.SetEnvironmentVariable("WANLAB_CACHE", _folder["cache"]);
        Directory.CreateDirectory(Clips);
        Make("a", 64, 48, 33);
        Make("b", 64, 48, 20);
        Make("up", 48, 64, 20);
    }

    private string Clips => _folder["clips"];

    private string New => _folder["new"];

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("WANLAB_CACHE", _cache);
        _folder.Dispose();
    }

    [Fact]
    public async Task Edits_are_noted_listed_undone_and_redone()
    {
        Assert.Equal("a.mp4: 0.5 to 1.5 s, crop 48x48+8+0\n", (await Edit("a.mp4", "--trim", "0.5-1.5", "--crop", "1:1")).Out);
        Assert.Equal("a.mp4: dropped; 0.5 to 1.5 s, crop 48x48+8+0\nb.mp4: dropped\n", (await Edit("a.mp4", "b.mp4", "--drop")).Out);
        var list = (await Edit("--list")).Out;
        Assert.Contains("dropped; 0.5 to 1.5 s, crop 48x48+8+0", list);
        Assert.Contains("3 clips, 1 as they are, 2 dropped; 2 changes to undo, 0 to redo", list);
        Assert.Equal("undone: a.mp4, b.mp4: dropped\na.mp4: 0.5 to 1.5 s, crop 48x48+8+0\nb.mp4: stays as it is\n",
            (await Edit("--undo")).Out);
        Assert.StartsWith("redone: a.mp4, b.mp4: dropped\n", (await Edit("--redo")).Out, StringComparison.Ordinal);
        await Edit("a.mp4", "--restore");
        var json = JsonNode.Parse((await Edit("--json")).Out)!;
        var part = json["clips"]!.AsArray().Single(clip => (string)clip!["clip"]! == "a.mp4")!["parts"]![0]!;
        Assert.Equal((8, 24, 0.5, 1.5, "[8,0,48,48]"), ((int)part["first"]!, (int)part["end"]!, (double)part["from"]!, (double)part["to"]!,
            part["crop"]!.ToJsonString()));
        Assert.Equal(3, json["history"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_crop_that_is_rounded_is_said()
    {
        var run = await Edit("a.mp4", "--crop", "33x31+1+1");
        Assert.Contains("33x31+1+1 becomes 32x30+2+2", run.Error);
        Assert.Equal("a.mp4: whole length, crop 32x30+2+2\n", run.Out);
    }

    [Theory]
    [InlineData("there is no clip 'aa.mp4' in it. Did you mean 'a.mp4'?", "aa.mp4", "--drop")]
    [InlineData("there is no clip '../a.mp4' in it", "../a.mp4", "--drop")]
    [InlineData("Which clip?", "--drop")]
    [InlineData("a.mp4: 'x' is no place in a clip", "a.mp4", "--trim", "x-y", "--drop")]
    [InlineData("there is nothing to undo", "--undo")]
    [InlineData("stand alone", "a.mp4", "--drop", "--undo")]
    [InlineData("--drop-bad is a part of --suggested", "a.mp4", "--drop-bad")]
    [InlineData("Name clips or give --all, not both", "a.mp4", "--all", "--suggested")]
    [InlineData("what is to be done with them?", "--all")]
    public async Task A_wrong_edit_says_what_is_wrong_and_changes_nothing(string words, params string[] line)
    {
        var run = await Edit(line);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(words, run.Error);
        Assert.False(File.Exists(Path.Combine(Clips, "curation.json")));
    }

    [Fact]
    public async Task Applying_shows_the_plan_first_and_a_dry_run_nothing_else()
    {
        await Edit("a.mp4", "--split", "1");
        await Edit("b.mp4", "--drop");
        var dry = await CliRun.OfAsync(["dataset", "apply", Clips, "--to", New, "--dry-run"]);
        Assert.Equal(0, dry.ExitCode);
        Assert.Contains("a-2.mp4", dry.Out);
        Assert.Contains("left out: b.mp4", dry.Out);
        Assert.Contains("3 clips to", dry.Out);
        Assert.False(Directory.Exists(New));
        var run = await CliRun.OfAsync(["dataset", "apply", Clips, "--to", New]);
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith(dry.Out, run.Out, StringComparison.Ordinal);
        Assert.Contains("3 written, 0 were there", run.Out);
        Assert.Contains("3 of 3: up.mp4", run.Error);
        Assert.Equal(17, VideoProbe.Probe(Path.Combine(New, "a-2.mp4")).FrameCount);
        Assert.Equal("caption of a", File.ReadAllText(Path.Combine(New, "a-2.txt")));
    }

    [Fact]
    public async Task A_plan_with_problems_is_refused_after_it_is_shown()
    {
        await Edit("a.mp4", "--rename", "B");
        var run = await CliRun.OfAsync(["dataset", "apply", Clips, "--to", New]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Rename one of them", run.Error);
        Assert.False(Directory.Exists(New));
    }

    [Fact]
    public async Task An_xray_says_what_training_uses_and_writes_it()
    {
        var run = await Xray("--frames", "17", "--sampling", "uniform");
        Assert.Contains("3 items of 3 clips, 17 frames, uniform", run.Out);
        Assert.Contains("up.mp4 is alone in the bucket", run.Out);
        var file = _folder["a.mp4"];
        Assert.Equal(0, (await Xray("a.mp4", "--frames", "17", "--out", file)).ExitCode);
        var facts = VideoProbe.Probe(file);
        Assert.Equal((17, 16.0, 48, 32), (facts.FrameCount, facts.Fps, facts.Width, facts.Height));
        var again = await Xray("a.mp4", "--frames", "17", "--out", file);
        Assert.Contains("is not overwritten", again.Error);
    }

    [Fact]
    public async Task An_xray_in_JSON_has_the_frames_of_each_window()
    {
        var run = await Xray("a.mp4", "--frames", "9", "--sampling", "chunks", "--json");
        var items = JsonNode.Parse(run.Out)![0]!["items"]!.AsArray();
        Assert.Equal(["[0,1,2,3,4,5,6,7,8]", "[9,10,11,12,13,14,15,16,17]", "[18,19,20,21,22,23,24,25,26]"],
            items.Select(item => item!["frames"]!.ToJsonString()));
        Assert.Equal(0.375, (double)items[0]!["seconds_skipped"]!, 1e-9);
    }

    [Fact]
    public async Task An_xray_of_a_job_reads_its_folders_as_the_job_does()
    {
        var job = _folder.Write("job.yaml", """
            job:
              name: looked-at
            model:
              path: the-weights-are-not-here-yet
            datasets:
              - path: clips
                num_frames: 5
                resolutions: [32]
                frame_sampling: head
            """);
        var run = await CliRun.OfAsync(["dataset", "xray", "--job", job]);
        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Contains("5 frames, head", run.Out);
    }

    [Fact]
    public async Task Advice_ends_with_a_verdict_and_has_a_grade_for_programs()
    {
        string[] line = ["dataset", "advice", Clips, "--kind", "style", "--frames", "17", "--resolution", "48", "--quick"];
        var text = await CliRun.OfAsync(line);
        Assert.Contains("poor  number", text.Out);
        Assert.StartsWith("not fit for a style LoRA yet: number", text.Out.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
        var json = JsonNode.Parse((await CliRun.OfAsync([.. line, "--json"])).Out)!;
        Assert.Equal("poor", (string?)json["grade"]);
        Assert.Contains(json["checks"]!.AsArray(), check => (string)check!["name"]! == "faults" && (string)check["grade"]! == "unknown");
        var scanned = await CliRun.OfAsync(line[..^1]);
        Assert.DoesNotContain("not looked at", scanned.Out);
        Assert.Contains("a.mp4: no crop: it has no bars", (await Edit("a.mp4", "--crop", "bars")).Out);
    }

    [Fact]
    public async Task What_a_scan_suggests_is_done_and_said_and_done_once()
    {
        MakeFaulty(-20);
        Assert.Equal("rest.mp4: trim to the motion, 1 to 3.06 s\nrest.mp4: 1 to 3.06 s\n",
            (await Edit("rest.mp4", "--trim", "motion")).Out);
        var all = (await Edit("--all", "--suggested", "--drop-bad")).Out;
        Assert.Contains("bars.mp4: remove the bars, crop 64x32+0+8", all);
        Assert.Contains("still.mp4: drop: does not move from its first frame to its last\n", all);
        Assert.DoesNotContain("rest.mp4: trim ", all);
        var again = await Edit("--all", "--suggested", "--drop-bad", "--json");
        var json = JsonNode.Parse(again.Out)!;
        Assert.Equal((2, 0), ((int)json["revision"]!, json["done"]!.AsArray().Count));
        Assert.Contains("still.mp4: stays as it is\n", (await Edit("--undo")).Out);
        Assert.Contains("rest.mp4: no split: it has no cut\nrest.mp4: no crop: it has no bars\n",
            (await Edit("rest.mp4", "--split", "cuts", "--crop", "bars")).Out);
    }

    [Fact]
    public async Task An_xray_names_what_is_known_from_a_scan_and_decodes_nothing_for_it()
    {
        MakeFaulty(25);
        Assert.DoesNotContain("still head", (await Xray("rest.mp4", "--frames", "17")).Out);
        Assert.Equal(0, (await CliRun.OfAsync(["dataset", "scan", Clips])).ExitCode);
        Assert.Matches("rest.mp4 .* still head\n", (await Xray("rest.mp4", "--frames", "17")).Out);
        await Edit("rest.mp4", "--trim", "motion");
        Assert.DoesNotContain("still head", (await Xray("--frames", "17", "--edited")).Out);
    }

    [Fact]
    public async Task A_caption_is_held_against_the_motion_that_lint_measures()
    {
        MakeFaulty(110);
        File.WriteAllText(Path.Combine(Clips, "rest.txt"), "orbit left around a robot");
        string[] line = ["dataset", "lint", Clips, "--kind", "motion"];
        Assert.DoesNotContain("disagree on the camera", (await CliRun.OfAsync(line)).Out);
        Assert.Contains("rest.mp4 (says 'orbit left', measured: fast orbit right)", (await CliRun.OfAsync([.. line, "--scan"])).Out);
        Assert.Contains("rest.mp4 (says 'orbit left', measured: fast orbit right)", (await CliRun.OfAsync(line)).Out);
        await Edit("rest.mp4", "--drop");
        Assert.DoesNotContain("rest.mp4", (await CliRun.OfAsync(line)).Out);
    }

    private Task<CliRun> Xray(params string[] line) => CliRun.OfAsync(["dataset", "xray", Clips, .. line, "--resolution", "48"]);

    private void Make(string name, int width, int height, int frames)
    {
        var pixels = SceneRenderer.Render(SceneGenerator.Draw(3), width, height, frames);
        Mp4Writer.Write(Path.Combine(Clips, $"{name}.mp4"), pixels, width, height);
        File.WriteAllText(Path.Combine(Clips, $"{name}.txt"), $"caption of {name}");
    }

    // One rests for a second and is then circled, one has bars, one never moves.
    private void MakeFaulty(double azimuth)
    {
        const int side = 96, fps = 16;
        var scene = new SceneDescription
        {
            Subject = Subject.Robot, Color = SubjectColor.Blue, Floor = Floor.Tiles, Background = Background.Studio, PropLayout = 5,
            Camera = CameraMotion.OrbitRight, CameraRate = 15,
            Start = new CameraStart { AzimuthDegrees = azimuth, ElevationDegrees = 11, Distance = 4, TiltDegrees = 1 },
        };
        var orbit = SceneRenderer.Render(scene, side, side, 33, fps);
        var first = orbit[..(side * side * 3)];
        byte[] rest = [.. Enumerable.Repeat(first, fps).SelectMany(frame => frame), .. orbit];
        Mp4Writer.Write(Path.Combine(Clips, "rest.mp4"), rest, side, side);
        var still = SceneRenderer.Render(scene with { Subject = Subject.House, Floor = Floor.Stripes }, side, side, 1);
        Mp4Writer.Write(Path.Combine(Clips, "still.mp4"), [.. Enumerable.Repeat(still, 2 * fps).SelectMany(frame => frame)], side, side);
        var other = scene with { Start = scene.Start with { AzimuthDegrees = azimuth + 90 }, Floor = Floor.Checker };
        var barred = SceneRenderer.Render(other, 64, 48, 33);
        for (var i = 0; i < barred.Length; i++)
            if (i / (64 * 3) % 48 is < 8 or >= 40) barred[i] = 0;
        Mp4Writer.Write(Path.Combine(Clips, "bars.mp4"), barred, 64, 48);
    }

    private Task<CliRun> Edit(params string[] line) => CliRun.OfAsync(["dataset", "edit", Clips, .. line]);
}
