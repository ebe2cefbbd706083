using System.Text.Json.Nodes;
using WanLab.Testing;

namespace WanLab.Cli.Tests.Verbs;

public sealed class CheckVerbTests
{
    private static readonly string Job = Path.Combine(Repository.Root, "datasets-example/orbit/job.yaml");

    [Fact]
    public async Task A_good_job_is_ok_in_a_few_lines()
    {
        var run = await CliRun.OfAsync(["check", Job]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var lines = run.Out.TrimEnd().Split('\n');
        Assert.InRange(lines.Length, 5, 10);
        Assert.EndsWith("clips: 20 clips, 3.1 to 6.1 s long, 20 captions; trained as 20 items (20 of 64x64x17), native.", lines[0]);
        Assert.Matches(@"\n  memory +48\.4 MiB for the largest step", run.Out);
        Assert.StartsWith("ok: 20 clips, 48.4 MiB", lines[^1]);
    }

    [Fact]
    public async Task Where_training_would_stop_and_ask_because_of_bad_clips_it_is_said()
    {
        using var folder = new TempFolder();
        foreach (var file in Directory.GetFiles(Path.Combine(Path.GetDirectoryName(Job)!, "clips"), "01*"))
            File.Copy(file, folder[Path.GetFileName(file)]);
        string[] line = ["check", Job, "--set", $"datasets.0.path={folder.Path}"];
        Assert.DoesNotContain("--allow-missing", (await CliRun.OfAsync(line)).Out);
        folder.Write("broken.mp4", "no clip");
        Assert.Contains("1 of 2 clips cannot be used, so 'wanlab train' stops and asks", (await CliRun.OfAsync(line)).Out);
    }

    [Fact]
    public async Task Captions_by_default_are_counted_and_warned_about_and_the_kind_is_taken_from_the_name()
    {
        using var folder = new TempFolder();
        var clips = Path.Combine(Path.GetDirectoryName(Job)!, "clips");
        foreach (var file in Directory.GetFiles(clips, "*.mp4").Order().Take(4).Concat(Directory.GetFiles(clips, "01*.txt")))
            File.Copy(file, folder[Path.GetFileName(file)]);
        var names = Directory.GetFiles(folder.Path, "*.mp4").Select(file => Path.GetFileNameWithoutExtension(file)).Order().ToList();
        folder.Write($"{names[1]}.txt", "a blue robot");
        folder.Write($"{names[2]}.txt", "");
        string[] line =
            ["check", Job, "--set", $"datasets.0.path={folder.Path}", "--set", "datasets.0.default_caption=orbit around it"];

        var run = await CliRun.OfAsync(line);
        Assert.Contains("2 captions of their own, 2 by default (1 because the file is empty)", run.Out);
        Assert.Contains($"{names[2]}.mp4: its caption file is empty, so it is trained with default_caption: 'orbit around it'", Flat(run));
        Assert.Contains($"{names[3]}.mp4: has no caption of its own, so it is trained with default_caption", Flat(run));
        Assert.DoesNotContain("names no motion", run.Out);

        // With the measured motion, if a scan of the same clip has left it in the cache.
        var bare = $@"{names[1]}\.mp4( \(measured: [a-z ]+\))?: names no motion";
        Assert.Matches(bare, Flat(await CliRun.OfAsync([.. line, "--kind", "motion"])));
        Assert.Matches(bare, Flat(await CliRun.OfAsync([.. line, "--set", "job.name=toys_motion"])));
    }

    [Fact]
    public async Task A_caption_that_a_recipe_left_to_fill_in_is_an_error_and_the_clips_are_looked_at_nevertheless()
    {
        using var folder = new TempFolder();
        foreach (var file in Directory.GetFiles(Path.Combine(Path.GetDirectoryName(Job)!, "clips"), "01*.mp4"))
            File.Copy(file, folder[Path.GetFileName(file)]);
        string[] line = ["recipe", "motion", "--dataset", folder.Path, "--model", "wan-tiny", "--out", folder["job.yaml"]];
        var recipe = await CliRun.OfAsync(line);
        Assert.Equal(0, recipe.ExitCode);

        foreach (var verb in (string[])["check", "train"])
        {
            var run = await CliRun.OfAsync([verb, folder["job.yaml"]]);
            Assert.Equal(1, run.ExitCode);
            Assert.Contains("datasets.0.default_caption: is still what the recipe wrote as a place to fill in, and 1 clip without a " +
                "caption", run.Out + run.Error);
            Assert.Matches(@"job\.yaml:\d+", run.Out + run.Error);
        }
    }

    private static string Flat(CliRun run) => run.Out.ReplaceLineEndings(" ").Replace("  ", " ");

    [Fact]
    public async Task The_whole_job_is_a_job_file_and_nothing_else()
    {
        using var folder = new TempFolder();
        var run = await CliRun.OfAsync(["check", Job, "--job", "--set", "training.steps=77"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        folder.Write("job.yaml", run.Out);
        var again = await CliRun.OfAsync(["check", folder["job.yaml"], "--job"]);
        Assert.Equal(run.Out, again.Out);
        Assert.Contains("\n  steps: 77\n", run.Out);
        Assert.Contains("\n  boundary: 0.9\n", run.Out);
    }

    [Fact]
    public async Task For_programs_there_is_json()
    {
        var run = await CliRun.OfAsync(["check", Job, "--json", "--set", "sample.num_frames=21"]);

        var json = JsonNode.Parse(run.Out)!;
        Assert.Equal((true, 20, 2400), ((bool)json["ok"]!, (int)json["clips"]!, (int)json["plan"]!["steps"]!));
        Assert.StartsWith("--set: sample.num_frames: is 21", (string)json["warnings"]![0]!);
        Assert.Empty(json["errors"]!.AsArray());
        var plan = JsonNode.Parse((await CliRun.OfAsync(["plan", Job, "--json"])).Out)!;
        Assert.Equal((long)json["plan"]!["step_bytes"]!, (long)plan["step_bytes"]!);
    }

    [Fact]
    public async Task Missing_weights_do_not_hide_what_is_known_of_the_clips()
    {
        var run = await CliRun.OfAsync(["check", Job, "--set", "model.path=nowhere", "--set", "model.architecture=wan22-i2v-14b",
            "--set", "datasets.0.flip_x=true"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error: model.path: the folder", run.Out);
        Assert.Contains("01_red_house.mp4, 02_blue_robot.mp4 and 18 other clips: its caption says 'orbit'",
            run.Out.ReplaceLineEndings(" "));
        Assert.Contains("20 clips, 3.1 to 6.1 s long", run.Out);
        Assert.EndsWith("1 error; correct the job as described above, then check again.\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clips_whose_speed_changes_are_warned_about()
    {
        var run = await CliRun.OfAsync(["check", Job, "--set", "datasets.0.frame_sampling=uniform"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("warning: ", run.Out);
        Assert.Contains("times as fast as life", run.Out);
    }

    [Fact]
    public async Task A_device_that_is_not_here_is_an_error()
    {
        var run = await CliRun.OfAsync(["check", Job, "--set", "job.device=cuda:777"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error: job.device: There is no device 'cuda:777'", run.Out);
    }

    [Fact]
    public async Task A_caption_of_an_orbit_is_warned_about_with_flips_and_where_runs_go_is_said()
    {
        var run = await CliRun.OfAsync(["check", Job, "--set", "datasets.0.flip_x=true"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Matches("its caption says '[Oo]rbit[a-z]*': in the mirrored copy the sense of the turn is the other one", run.Out);
        Assert.Matches(@"\n  run folder +runs/orbit, below the current folder\n", run.Out);
    }

    [Fact]
    public async Task All_problems_of_a_bad_job_are_shown_and_its_clips_are_not_looked_at()
    {
        var run = await CliRun.OfAsync(["check", Job, "--set", "training.stepz=5", "--set", "target.rank=0"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("--set: error: training.stepz", run.Out);
        Assert.Contains("target.rank", run.Out);
        Assert.Contains("2 errors; correct", run.Out);
        Assert.DoesNotContain("20 clips", run.Out);
    }

    [Fact]
    public async Task A_layer_that_is_none_is_among_the_other_problems_of_the_clips_and_the_model()
    {
        using var folder = new TempFolder();
        folder.Write("high_noise_model/config.json", """{"num_layers": 2}""");
        folder.Write("low_noise_model/model.safetensors", "GGUF");
        var run = await CliRun.OfAsync(["check", Job, "--set", "model.architecture=wan22-i2v-14b", "--set", $"model.path={folder.Path}",
            "--set", "target.modules=[self_attn.q, blocks.2.ffn.0]", "--set", "datasets.0.flip_x=true"]);

        Assert.Equal(1, run.ExitCode);
        var said = run.Out.ReplaceLineEndings(" ");
        Assert.Contains("--set: error: target.modules.1: 'blocks.2.ffn.0' matches no linear layer of the model; they are named blocks.N. " +
            "with N from 0 to 1, then self_attn.q", said);
        Assert.Contains("its caption says 'orbit'", said);
        Assert.Contains("GGUF", said);
        Assert.Contains("the VAE", said);
    }

    [Fact]
    public async Task Clips_that_can_not_be_used_are_an_error()
    {
        var run = await CliRun.OfAsync(["check", Job, "--set", "datasets.0.num_frames=401"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error: ", run.Out);
        Assert.Contains("none of its 20 clips can be used", run.Out);
    }

    [Fact]
    public async Task Every_unusable_part_of_the_model_is_an_error()
    {
        using var folder = new TempFolder();
        folder.Write("high_noise_model/model.gguf", "GGUF");
        folder.Write("low_noise_model/model.safetensors", "version https://git-lfs.github.com/spec/v1");
        folder.Write("Wan2.1_VAE.pth", "PK\u0003\u0004");
        var run = await CliRun.OfAsync(["check", Job, "--set", "model.architecture=wan22-i2v-14b", "--set", $"model.path={folder.Path}",
            "--set", "model.low_vram=true"]);

        Assert.Equal(1, run.ExitCode);
        foreach (var what in new[] { "GGUF", "git lfs pull", "wanlab convert", "the text encoder", "the tokenizer" })
            Assert.Contains(what, run.Out.ReplaceLineEndings(" "));
    }
}
