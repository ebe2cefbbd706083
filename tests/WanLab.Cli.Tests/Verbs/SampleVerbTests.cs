using WanLab.Testing;

namespace WanLab.Cli.Tests.Verbs;

public sealed class SampleVerbTests : IDisposable
{
    private static readonly string Image = Path.Combine(Repository.Root, "datasets-example/orbit/images/held_out_1.png");

    private readonly string _folder = Directory.CreateTempSubdirectory("wanlab-").FullName;
    private readonly string? _cache = Environment.GetEnvironmentVariable("WANLAB_CACHE");

    public SampleVerbTests() => Environment.SetEnvironmentVariable("WANLAB_CACHE", At("cache"));

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("WANLAB_CACHE", _cache);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_clip_is_made_and_made_again_identically_from_its_record()
    {
        var image = At("start.png");
        File.Copy(Image, image);
        var first = await CliRun.OfAsync(["sample", "--image", image, "--prompt", "a house", "--width", "32", "--height", "32", "--frames",
            "5", "--steps", "3", "--guidance", "1,2", "--out", At("a.mp4")]);
        var again = await CliRun.OfAsync(["sample", "--like", At("a.json"), "--out", At("b.mp4")]);
        var other = await CliRun.OfAsync(["sample", "--like", At("a.mp4"), "--seed", "7", "--out", At("c.mp4")]);

        Assert.Equal((0, At("a.mp4")), (first.ExitCode, first.Out.Trim()));
        Assert.Equal((0, 0), (again.ExitCode, other.ExitCode));
        Assert.Equal(File.ReadAllBytes(At("a.mp4")), File.ReadAllBytes(At("b.mp4")));
        Assert.Equal(File.ReadAllBytes(At("a.json")), File.ReadAllBytes(At("b.json")));
        Assert.NotEqual(File.ReadAllBytes(At("a.mp4")), File.ReadAllBytes(At("c.mp4")));

        File.Copy(Path.Combine(Repository.Root, "datasets-example/orbit/images/held_out_2.png"), image, overwrite: true);
        var changed = await CliRun.OfAsync(["sample", "--like", At("a.json"), "--out", At("d.mp4")]);
        var named = await CliRun.OfAsync(["sample", "--like", At("a.json"), "--image", image, "--out", At("d.mp4")]);

        Assert.Equal(1, changed.ExitCode);
        Assert.Contains($"because these have changed: the image ({image})", changed.Error);
        Assert.Equal(0, named.ExitCode);
    }

    [Fact]
    public async Task A_missing_image_is_refused_before_the_model_is_made()
    {
        var run = await CliRun.OfAsync(["sample", "--image", At("none.png"), "--prompt", "x", "--out", At("a.mp4")]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("none.png' does not exist", run.Error);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("--guidance", "x")]
    [InlineData("--guidance", "1,2,3")]
    [InlineData("--steps", "many")]
    public async Task What_is_no_number_is_a_usage_error(string option, string value) =>
        Assert.Equal(2, (await CliRun.OfAsync(["sample", option, value])).ExitCode);

    [Theory]
    [InlineData("--lora exclude", "--lora", "a_high.safetensors", "--lora-low", "b.safetensors")]
    [InlineData("exclude each other", "--model", "folder", "--vae", "b.safetensors")]
    public async Task Options_that_contradict_each_other_are_refused(string why, params string[] options)
    {
        var run = await CliRun.OfAsync(["sample", "--image", Image, "--prompt", "x", "--out", At("a.mp4"), .. options]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(why == "--lora exclude" ? "--lora finds both files by itself" : why, run.Error.ReplaceLineEndings(" "));
    }

    [Fact]
    public async Task Single_files_of_a_model_are_all_looked_at_before_anything_is_made()
    {
        File.WriteAllText(At("h.safetensors"), "GGUF");
        File.WriteAllText(At("l.safetensors"), "<html>");
        var run = await CliRun.OfAsync(["sample", "--image", Image, "--prompt", "x", "--out", At("a.mp4"), "--high", At("h.safetensors"),
            "--low", At("l.safetensors")]);
        Assert.Equal(1, run.ExitCode);
        var error = run.Error.ReplaceLineEndings(" ");
        Assert.Contains("GGUF file", error);
        Assert.Contains("web page", error);
        Assert.Contains("the VAE", error);
    }

    [Fact]
    public async Task A_model_of_parts_of_a_folder_and_of_a_job_gives_the_same_clip()
    {
        using var mini = new MiniRun();
        var model = mini.At("model");
        File.WriteAllText(At("job.yaml"), $$"""
            job: {name: x}
            model: {architecture: wan22-i2v-14b, path: {{model}}}
            training: {optimizer: adamw}
            datasets: [{path: {{mini.At("clips")}}}]
            """);
        string[][] ways =
        [
            ["--high", $"{model}/transformer", "--low", $"{model}/transformer_2", "--vae", $"{model}/vae",
                "--text-encoder", $"{model}/text_encoder", "--tokenizer", $"{model}/tokenizer"],
            ["--model", model],
            ["--model", At("job.yaml")],
        ];
        foreach (var (number, way) in ways.Index())
        {
            var run = await CliRun.OfAsync(["sample", "--image", Image, "--prompt", "a house", "--width", "32", "--height", "32",
                "--frames", "5", "--steps", "3", "--device", "cpu", "--out", At($"{number}.mp4"), .. way]);
            Assert.True(run.ExitCode == 0, run.Error);
            Assert.Equal(File.ReadAllBytes(At("0.mp4")), File.ReadAllBytes(At($"{number}.mp4")));
            Assert.Equal(File.ReadAllBytes(At("0.json")), File.ReadAllBytes(At($"{number}.json")));
        }
        Assert.Contains($"{model}/transformer_2", File.ReadAllText(At("0.json")));
    }

    [Fact]
    public async Task Other_kinds_of_files_are_not_written()
    {
        var run = await CliRun.OfAsync(["sample", "--image", Image, "--prompt", "x", "--out", At("a.gif")]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(".mp4", run.Error);
    }

    private string At(string name) => Path.Combine(_folder, name);
}
