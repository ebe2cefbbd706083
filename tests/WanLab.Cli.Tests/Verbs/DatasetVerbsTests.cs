using System.Text.Json.Nodes;
using WanLab.Media;
using WanLab.Testing;
using WanLab.Tiny.Scenes;

namespace WanLab.Cli.Tests.Verbs;

public sealed class DatasetVerbsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public DatasetVerbsTests()
    {
        Directory.CreateDirectory(Clips);
        Make("a", 64, 48, 33);
        Make("b", 64, 48, 20);
        Make("up", 48, 64, 20);
    }

    private string Clips => _folder["clips"];

    private string New => _folder["new"];

    public void Dispose() => _folder.Dispose();

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
        Assert.Contains("a scan", (await CliRun.OfAsync(["dataset", "edit", Clips, "a.mp4", "--crop", "bars"])).Error);
    }

    private Task<CliRun> Xray(params string[] line) => CliRun.OfAsync(["dataset", "xray", Clips, .. line, "--resolution", "48"]);

    private void Make(string name, int width, int height, int frames)
    {
        var pixels = SceneRenderer.Render(SceneGenerator.Draw(3), width, height, frames);
        Mp4Writer.Write(Path.Combine(Clips, $"{name}.mp4"), pixels, width, height);
        File.WriteAllText(Path.Combine(Clips, $"{name}.txt"), $"caption of {name}");
    }

    private Task<CliRun> Edit(params string[] line) => CliRun.OfAsync(["dataset", "edit", Clips, .. line]);
}
