using WanLab.Jobs;
using WanLab.Testing;

namespace WanLab.Cli.Tests.Verbs;

public sealed class RecipeVerbTests : IDisposable
{
    private static readonly string Clips = Path.Combine(Repository.Root, "datasets-example/orbit/clips");

    private readonly string _folder = Directory.CreateTempSubdirectory("wanlab-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_recipe_is_written_to_a_file_once()
    {
        var file = Path.Combine(_folder, "job.yaml");
        string[] line = ["recipe", "motion", "--gpu", "24", "--dataset", Clips, "--model", "wan-tiny", "--out", file];
        var first = await CliRun.OfAsync(line);
        var again = await CliRun.OfAsync(line);

        Assert.Equal((0, ""), (first.ExitCode, first.Error));
        Assert.Contains("Next: wanlab check", first.Out);
        Assert.StartsWith("# yaml-language-server: $schema=wanlab-job.schema.json\n", File.ReadAllText(file));
        Assert.Equal(JobKeys.Schema(), File.ReadAllText(Path.Combine(_folder, "wanlab-job.schema.json")));
        Assert.Contains("orbit_motion_tiny", File.ReadAllText(file));
        Assert.Contains("Found: 20 clips", File.ReadAllText(file));
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("already exists", again.Error);
    }

    [Theory]
    [InlineData("motion", "24")]
    [InlineData("style", "48")]
    [InlineData("character", "80")]
    public async Task A_written_recipe_is_checked_and_trains(string kind, string gpu)
    {
        using var clips = RecipeClips.Of(5, 5, 5, 5, 5);
        if (kind == "style")
            foreach (var text in Directory.GetFiles(clips.Clips, "*.txt")) File.WriteAllText(text, "[trigger], 3d render, flat light");
        var file = clips.At("job.yaml");
        Assert.Equal(0,
            (await CliRun.OfAsync(
                ["recipe", kind, "--gpu", gpu, "--dataset", clips.Clips, "--model", "wan-tiny", "--out", file])).ExitCode);
        string[] output = ["--set", $"job.output={_folder}"];
        // RecipeRunTests trains the same recipes to their last step; here both experts get their turn and a preview.
        string[] few = ["--set", "training.steps=4", "--set", "multistage.switch_every=2", "--set", "save.every=2",
            "--set", "sample.every=4", "--set", "training.warmup_steps=0"];

        var check = await CliRun.OfAsync(["check", file, .. output]);
        var train = await CliRun.OfAsync(["train", file, .. output, .. few]);

        Assert.Equal((0, 0), (check.ExitCode, train.ExitCode));
        Assert.DoesNotContain("warning", check.Out);
        Assert.Equal("", train.Error);
        Assert.Contains("Done. The LoRA is in", train.Out);
        var run = Path.Combine(_folder, $"{Path.GetFileName(clips.Root)}_{kind}_tiny");
        Assert.Equal(2,
            Directory.GetFiles(Path.Combine(run, "checkpoints"), "*_tiny_*_noise.safetensors").Count(f => !f.Contains("_0000")));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(run, "samples"), "*.mp4", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Without_a_file_it_is_shown_and_the_notes_go_elsewhere()
    {
        var run = await CliRun.OfAsync(["recipe", "style", "--gpu", "80", "--dataset", Clips]);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("# A style LoRA for Wan 2.2", run.Out);
        Assert.Contains("wlstyle", run.Error);
    }

    [Fact]
    public async Task Without_a_gpu_it_is_for_the_usual_one_and_says_so()
    {
        var run = await CliRun.OfAsync(["recipe", "style", "--dataset", Clips]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("for a GPU of 24 GB; --gpu says another", run.Error);
        Assert.Equal((await CliRun.OfAsync(["recipe", "style", "--gpu", "24", "--dataset", Clips])).Out, run.Out);
    }

    [Theory]
    [InlineData("recipe", "dance", "--gpu", "24", "--dataset", "x")]
    [InlineData("recipe", "motion", "--gpu", "24")]
    public async Task What_is_missing_or_unknown_is_a_usage_error(params string[] line) =>
        Assert.Equal(2, (await CliRun.OfAsync(line)).ExitCode);

    [Fact]
    public async Task A_foreign_job_is_turned_and_what_changed_is_told()
    {
        var source = Path.Combine(Repository.Root, "tests/WanLab.Tests/Jobs/Import/motion_24gb.yaml");
        var file = Path.Combine(_folder, "job.yaml");
        var run = await CliRun.OfAsync(["import-job", source, "--model", _folder, "--out", file]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("line 86: advice: model.arch: multistage.boundary is 0.875", run.Error);
        Assert.Contains("boundary: 0.875", File.ReadAllText(file));
        Assert.Equal(1, (await CliRun.OfAsync(["import-job", Path.Combine(Clips, "01_red_house.txt")])).ExitCode);
    }
}
