using WanLab.Datasets;
using WanLab.Diffusion;
using WanLab.Jobs;
using WanLab.Jobs.Recipes;
using WanLab.Models;
using WanLab.Models.Tiny;
using WanLab.Testing;
using WanLab.Torch.Interop;

namespace WanLab.Tests.Jobs.Recipes;

public sealed class RecipeWriterTests(RecipeWriterTests.Shared shared) : IClassFixture<RecipeWriterTests.Shared>
{
    [Theory]
    [InlineData(RecipeKind.Motion, 24, "uint4+ara", true, 20, TimestepType.Linear, TimestepBias.Balanced, false, 512)]
    [InlineData(RecipeKind.Motion, 48, "uint4+ara", false, 10, TimestepType.Linear, TimestepBias.Balanced, false, 768)]
    [InlineData(RecipeKind.Motion, 80, "float8", false, 10, TimestepType.Linear, TimestepBias.Balanced, false, 768)]
    [InlineData(RecipeKind.Style, 24, "uint4+ara", true, 20, TimestepType.Linear, TimestepBias.FavorHighNoise, true, 512)]
    [InlineData(RecipeKind.Style, 48, "uint4+ara", false, 10, TimestepType.Linear, TimestepBias.FavorHighNoise, true, 768)]
    [InlineData(RecipeKind.Style, 80, "float8", false, 10, TimestepType.Linear, TimestepBias.FavorHighNoise, true, 768)]
    [InlineData(RecipeKind.Character, 24, "uint4+ara", true, 20, TimestepType.Sigmoid, TimestepBias.Balanced, true, 512)]
    [InlineData(RecipeKind.Character, 48, "uint4+ara", false, 10, TimestepType.Sigmoid, TimestepBias.Balanced, true, 768)]
    [InlineData(RecipeKind.Character, 80, "float8", false, 10, TimestepType.Sigmoid, TimestepBias.Balanced, true, 768)]
    public void The_values_are_those_of_the_tutorial_s_tables(
        RecipeKind kind, int gpu, string transformer, bool lowVram, int switchEvery, TimestepType timesteps, TimestepBias bias, bool dop,
        int largest)
    {
        var page = Values(Write(shared.Folder, kind, gpu, trigger: "frung").Yaml);

        Assert.Equal(transformer, page["quantization.transformer"]);
        Assert.Equal("float8", page["quantization.text_encoder"]);
        Assert.Equal(lowVram ? "true" : "false", page["model.low_vram"]);
        Assert.Equal(switchEvery, int.Parse(page["multistage.switch_every"]));
        Assert.Equal(timesteps, Enum.Parse<TimestepType>(page["training.timestep_type"], ignoreCase: true));
        Assert.Equal(bias, Enum.Parse<TimestepBias>(page["training.timestep_bias"].Replace("_", ""), ignoreCase: true));
        Assert.Equal(dop ? "true" : "false", page["training.dop.enabled"]);
        Assert.EndsWith($"{largest}]", page["datasets.resolutions"]);
        Assert.Equal(("16", "1e-4", "1e-4", "mse", "1"), (page["target.rank"], page["training.learning_rate"],
            page["training.weight_decay"], page["training.loss"], page["training.batch_size"]));
        Assert.Equal(("bf16", "250"), (page["save.dtype"], page["save.every"]));
        Assert.InRange(int.Parse(page["save.keep"]), 4, 6);
        Assert.Equal(("250", "768", "768", "25", "3.5", "42", "16"), (page["sample.every"], page["sample.width"], page["sample.height"],
            page["sample.steps"], page["sample.guidance_scale"], page["sample.seed"], page["sample.fps"]));
        Assert.Equal("0.05", page["datasets.caption_dropout_rate"]);
    }

    public static TheoryData<RecipeKind, int, string> All()
    {
        var data = new TheoryData<RecipeKind, int, string>();
        foreach (var kind in Enum.GetValues<RecipeKind>())
            foreach (var gpu in (int[])[24, 48, 80])
                foreach (var model in (string[])["model", RecipeRequest.TinyModel]) data.Add(kind, gpu, model);
        return data;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_recipe_is_a_job_that_can_be_read(RecipeKind kind, int gpu, string model)
    {
        var folder = shared.Folder;
        var file = folder.At("job.yaml");
        var recipe = Write(folder, kind, gpu, model: model == "model" ? folder.At("model") : model, file: file);

        var job = JobReader.Parse(recipe.Yaml, file).Job!;

        Assert.Equal(folder.Clips, job.Datasets[0].Path);
        Assert.Equal(FrameSampling.Native, job.Datasets[0].FrameSampling);
        Assert.Equal(17, job.Datasets[0].NumFrames);
        Assert.Equal(2, job.Sample.Prompts.Count);
        Assert.Equal(0.9, job.Multistage.Boundary);
        Assert.Empty(JobReader.Parse(recipe.Yaml, file).Warnings);
        Assert.True(recipe.Yaml.Split('\n').All(line => line.Length <= 130 && line.All(char.IsAscii)), recipe.Yaml);
        Assert.True(recipe.Yaml.Count(c => c == '#') > 40, "a recipe explains itself");
    }

    [Theory]
    [InlineData(RecipeKind.Motion, 4, 1500)]
    [InlineData(RecipeKind.Motion, 12, 2000)]
    [InlineData(RecipeKind.Style, 12, 2000)]
    [InlineData(RecipeKind.Character, 12, 2500)]
    [InlineData(RecipeKind.Character, 30, 3000)]
    public void Steps_follow_the_number_of_clips(RecipeKind kind, int clips, int steps) =>
        Assert.Equal(steps, RecipeSettings.For(kind, 24, clips, tiny: false).Steps);

    [Fact]
    public void Frames_are_what_the_clips_hold_and_the_page_says_why()
    {
        using var folder = RecipeClips.Of(22, 30, 30);
        var recipe = Write(folder, RecipeKind.Motion, 24);

        Assert.Equal("21", Values(recipe.Yaml)["datasets.num_frames"]);
        Assert.Contains("Shorter than the usual 41, since clips here are no longer", Unwrapped(recipe.Yaml));
        Assert.Contains(recipe.Notes, n => n.Contains("num_frames is 21, not 41"));
        Assert.Contains("motion at 1.05 to 1.45 times its speed", Unwrapped(recipe.Yaml));
        Assert.Contains("right only if every item must show the whole clip", Unwrapped(recipe.Yaml));
    }

    [Fact]
    public void One_short_clip_in_many_is_left_out_in_place_of_shortening_all()
    {
        using var folder = RecipeClips.Of([5, .. Enumerable.Repeat(41, 9)]);
        var recipe = Write(folder, RecipeKind.Motion, 24);

        Assert.Equal("41", Values(recipe.Yaml)["datasets.num_frames"]);
        Assert.Contains(recipe.Notes, n => n.Contains("1 of 10 clips are too short for 41 frames"));
    }

    [Fact]
    public void A_motion_on_a_large_gpu_gets_the_model_s_full_length_where_clips_have_it()
    {
        using var folder = RecipeClips.Of(81);
        Assert.Equal("81", Values(Write(folder, RecipeKind.Motion, 80).Yaml)["datasets.num_frames"]);
        Assert.Equal("41", Values(Write(folder, RecipeKind.Character, 80).Yaml)["datasets.num_frames"]);
    }

    [Fact]
    public void A_trigger_word_is_used_or_made_up_and_said_so()
    {
        var folder = shared.Folder;
        var given = Write(folder, RecipeKind.Character, 24, trigger: "frung");
        var made = Write(folder, RecipeKind.Character, 24);
        var motion = Write(folder, RecipeKind.Motion, 24);

        Assert.Equal("frung", Values(given.Yaml)["job.trigger_word"]);
        Assert.DoesNotContain(given.Notes, n => n.Contains("trigger_word"));
        Assert.Equal("wlchar", Values(made.Yaml)["job.trigger_word"]);
        Assert.Contains(made.Notes, n => n.Contains("made-up word 'wlchar'"));
        Assert.False(Values(motion.Yaml).ContainsKey("job.trigger_word"));
        Assert.Contains("prompt: \"[trigger] orbit 360", given.Yaml);
        Assert.DoesNotContain("[trigger] orbit", motion.Yaml);
    }

    [Fact]
    public void Without_a_model_its_place_is_marked()
    {
        var folder = shared.Folder;
        var recipe = Write(folder, RecipeKind.Motion, 24);

        Assert.Contains("FILL IN: the model's folder", recipe.Yaml);
        Assert.Contains(recipe.Notes, n => n.StartsWith("model.path is a place to fill in"));
        Assert.Contains(JobReader.Parse(recipe.Yaml, folder.At("job.yaml")).Errors,
            e => e.Key == "model.path" && e.Message.Contains("does not exist"));
    }

    [Fact]
    public void Images_make_a_style_of_single_frames_but_no_motion()
    {
        using var folder = RecipeClips.Empty();
        File.Copy(Path.Combine(Repository.Root, "datasets-example/orbit/images/held_out_1.png"), Path.Combine(folder.Clips, "a.png"));

        var style = Write(folder, RecipeKind.Style, 24).Yaml;
        Assert.Equal("1", Values(style)["datasets.num_frames"]);
        Assert.DoesNotContain("as trained. A LoRA of 41 frames", style);
        Assert.Contains("a clip, although single images are trained", style);
        var error = Assert.Throws<WanLabException>(() => Write(folder, RecipeKind.Motion, 24));
        Assert.Contains("a motion cannot be learned from them", error.Message);
    }

    [Fact]
    public void Held_out_images_beside_the_clips_are_previewed()
    {
        using var folder = RecipeClips.Of(17);
        Directory.CreateDirectory(folder.At("images"));
        File.Copy(Path.Combine(Repository.Root, "datasets-example/orbit/images/held_out_1.png"), folder.At("images/own.png"));

        var recipe = Write(folder, RecipeKind.Motion, 24, file: folder.At("job.yaml"));

        Assert.Contains("image: images/own.png", recipe.Yaml);
        Assert.DoesNotContain("clips that are trained on. Better", recipe.Yaml);
    }

    [Theory]
    [InlineData(12, "true", "1", "[512]")]
    [InlineData(16, "true", "0.5", "[512]")]
    [InlineData(24, "true", "0", "[512]")]
    [InlineData(32, "true", "0", "[512]")]
    [InlineData(40, "false", "0", "[512, 768]")]
    [InlineData(96, "false", "0", "[512, 768]")]
    public void Every_size_of_gpu_has_a_recipe(int gpu, string lowVram, string offloading, string resolutions)
    {
        var page = Values(Write(shared.Folder, RecipeKind.Motion, gpu).Yaml);
        Assert.Equal((lowVram, offloading, resolutions), (page["model.low_vram"], page["model.layer_offloading"],
            page["datasets.resolutions"]));
    }

    [Fact]
    public void What_can_not_be_used_is_said()
    {
        using var folder = RecipeClips.Of(17);
        File.WriteAllText(Path.Combine(folder.Clips, "broken.mp4"), "no clip");
        File.Delete(Path.Combine(folder.Clips, "clip00.txt"));
        var notes = Write(folder, RecipeKind.Motion, 24).Notes;

        Assert.Contains(notes, n => n.StartsWith("cannot be used and will be left out: ") && n.Contains("broken.mp4"));
        Assert.Contains(notes, n => n.Contains("1 of 1 files have no caption"));
        Assert.Contains("For the 1 files", Write(folder, RecipeKind.Motion, 24).Yaml);

        using var empty = RecipeClips.Empty();
        Assert.Contains("neither clips", Assert.Throws<WanLabException>(() => Write(empty, RecipeKind.Style, 24)).Message);
        Assert.Contains("there is no folder",
            Assert.Throws<WanLabException>(() =>
                RecipeWriter.Write(new() { Kind = RecipeKind.Style, Gpu = 24, Dataset = "/nowhere" })).Message);
        Assert.Contains("no recipe for 9 GB; the least is 10.",
            Assert.Throws<WanLabException>(() => Write(folder, RecipeKind.Style, 9)).Message);
    }

    [Fact]
    public void A_caption_that_the_recipe_left_to_fill_in_is_refused_with_its_line_until_no_clip_would_get_it()
    {
        using var folder = RecipeClips.Of(17, 17);
        File.WriteAllText(Path.Combine(folder.Clips, "clip00.txt"), "\n");
        File.Delete(Path.Combine(folder.Clips, "clip01.txt"));
        var job = folder.At("job.yaml");
        var yaml = RecipeWriter.Write(new()
        {
            Kind = RecipeKind.Motion, Gpu = 24, Dataset = folder.Clips, Model = RecipeRequest.TinyModel, File = job,
        }).Yaml;
        File.WriteAllText(job, yaml);
        var line = yaml.Split('\n').ToList().FindIndex(text => text.Contains("default_caption:") && text.Contains(Captions.ToWrite)) + 1;

        var error = Assert.Single(JobReader.Read(job).Errors);
        Assert.Equal(("datasets.0.default_caption", line), (error.Key, error.Line));
        Assert.Contains("2 clips without a caption would be trained with it", error.Message);

        File.WriteAllText(Path.Combine(folder.Clips, "clip00.txt"), "orbit around a toy");
        Assert.Contains("1 clip without a caption", Assert.Single(JobReader.Read(job).Errors).Message);
        File.WriteAllText(Path.Combine(folder.Clips, "clip01.txt"), "orbit around another toy");
        Assert.Empty(JobReader.Read(job).Errors);

        File.Delete(Path.Combine(folder.Clips, "clip01.txt"));
        File.WriteAllText(job, yaml.Replace(Captions.ToWrite, "orbit around a toy"));
        Assert.Empty(JobReader.Read(job).Errors);
    }

    /// <summary>Two clips and a model's folder, for the tests that change nothing there.</summary>
    public sealed class Shared : IDisposable
    {
        public Shared() => Directory.CreateDirectory(Folder.At("model"));

        public RecipeClips Folder { get; } = RecipeClips.Of(17, 17);

        public void Dispose() => Folder.Dispose();
    }

    private static Recipe Write(RecipeClips folder, RecipeKind kind, int gpu, string? trigger = null, string? model = null,
        string? file = null) =>
        RecipeWriter.Write(
            new RecipeRequest { Kind = kind, Gpu = gpu, Dataset = folder.Clips, TriggerWord = trigger, Model = model, File = file });

    private static string Unwrapped(string yaml) => System.Text.RegularExpressions.Regex.Replace(yaml, @"\n *# ", " ");

    // Keys and values as written, comments off.
    private static Dictionary<string, string> Values(string yaml)
    {
        var values = new Dictionary<string, string>();
        var path = new Stack<(int Indent, string Name)>();
        foreach (var line in yaml.Split('\n'))
        {
            var text = line.Contains(" #") ? line[..line.IndexOf(" #", StringComparison.Ordinal)] : line;
            if (text.Trim().Length == 0 || text.TrimStart().StartsWith('#')) continue;
            text = text.Replace("- ", "  ");
            var indent = text.Length - text.TrimStart().Length;
            var (key, value) = (text.Trim().Split(':')[0], text.Trim()[(text.Trim().IndexOf(':') + 1)..].Trim());
            while (path.Count > 0 && path.Peek().Indent >= indent) path.Pop();
            path.Push((indent, key));
            values[string.Join('.', path.Reverse().Select(p => p.Name))] = value.Trim('"');
        }
        return values;
    }
}
