using WanLab.Datasets;
using WanLab.Diffusion;
using WanLab.Diffusion.Solvers;
using WanLab.Jobs;
using WanLab.Jobs.Import;
using WanLab.Memory;
using WanLab.Models;
using WanLab.Sampling;
using WanLab.Testing;
using WanLab.Torch;
using WanLab.Torch.Safetensors;
using WanLab.Training;
using WanLab.Training.Optimizers;

namespace WanLab.Tests.Jobs.Import;

public sealed class AiToolkitImportTests : IDisposable
{
    private readonly JobFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_motion_job_means_the_same_here()
    {
        var job = Read("motion_24gb.yaml").Job;

        Assert.Equal(("wan_i2v_orbit_v1", "output", "auto", null), (job.Name, job.Output, job.Device, job.TriggerWord));
        Assert.Equal(new MultistageOptions { SwitchEvery = 10, HighShare = 0.5, Boundary = 0.875 }, job.Multistage);
        Assert.Equal(new QuantizationOptions
        {
            Transformer = TransformerQuantization.UInt4Ara,
            TextEncoder = TextEncoderQuantization.Float8,
        }, job.Quantization);
        Assert.Equal((true, 0.0, 0.0), (job.Model.LowVram, job.Model.LayerOffloading, job.Model.TextEncoderOffloading));
        Assert.Equal((16, 16.0, 0.0), (job.Target.Rank, job.Target.Alpha, job.Target.Dropout));
        Assert.Equal(new SaveOptions { DType = SaveDType.Bf16, Every = 250, Keep = 4 }, job.Save);
        Assert.Equal(new TrainingOptions { Steps = 2000, Optimizer = OptimizerType.AdamW8Bit, LearningRate = 1e-4, WeightDecay = 1e-4 },
            job.Training);
        var set = Assert.Single(job.Datasets);
        Assert.Equal(("orbit 360 around the subject", 0.05, 41, FrameSampling.Uniform),
            (set.DefaultCaption, set.CaptionDropoutRate, set.NumFrames, set.FrameSampling));
        Assert.Equal([512], set.Resolutions);
        Assert.Equal((250, false, Solver.Euler, 25, 768, 768),
            (job.Sample.Every, job.Sample.SkipFirst, job.Sample.Sampler, job.Sample.Steps, job.Sample.Width, job.Sample.Height));
        Assert.Equal((42L, true, 41, 16), (job.Sample.Seed, job.Sample.WalkSeed, job.Sample.NumFrames, job.Sample.Fps));
        Assert.Equal(0, job.Validation.Every);
        Assert.Equal(
            [
                new PromptOptions { Prompt = "orbit 360 around the subject, a lighthouse", Image = "start.png" },
                new PromptOptions
                {
                    Prompt = "orbit 180 around the subject",
                    Image = "start.png",
                    Settings = job.Sample.Plain() with { Width = 688, Seed = 7 },
                },
            ],
            job.Sample.Prompts);
    }

    [Fact]
    public void Each_key_that_changes_its_meaning_is_told_with_its_line_and_no_other()
    {
        var notes = Read("motion_24gb.yaml").Notes;

        Assert.Equal(
            [
                (41, "datasets.0.shrink_video_to_frames", ImportOutcome.Advice),
                (75, "train.switch_boundary_every", ImportOutcome.Advice),
                (81, "model.name_or_path", ImportOutcome.Changed),
                (83, "model.qtype", ImportOutcome.Changed),
                (85, "model.qtype_te", ImportOutcome.Changed),
                (86, "model.arch", ImportOutcome.Advice),
                (95, "sample.sampler", ImportOutcome.Advice),
                (102, "sample.samples.1.prompt", ImportOutcome.Dropped),
                (103, "sample.samples.2.prompt", ImportOutcome.Dropped),
            ],
            notes.Select(n => (n.Line, n.Key, n.Outcome)));
        Assert.Contains("the model's own is 0.9", notes.Single(n => n.Key == "model.arch").Message);
        Assert.EndsWith("is not a folder here, and WanLab downloads nothing: download the model and write its folder to model.path (now " +
            "'Wan2.2-I2V-A14B-Diffusers-bf16'), or import with --model. It needs all parts in that folder; ai-toolkit takes a missing " +
            "VAE or text encoder from elsewhere. 'wanlab check' names what is missing.",
            notes.Single(n => n.Key == "model.name_or_path").Message);
        Assert.Contains("size of tensor a (36) must match", notes[^1].Message);
        Assert.Contains("--m has no counterpart", notes[^2].Message);
    }

    [Fact]
    public void A_character_job_in_json_means_the_same_here()
    {
        var imported = Read("character.json", _folder.At("model"));
        var job = imported.Job;

        Assert.Equal(("frung_v2__final_", "cuda:1", "frung", 1234L), (job.Name, job.Device, job.TriggerWord, job.Seed));
        Assert.Equal("/data/frung v2 (final)", job.Output);
        Assert.Equal((false, true, 10, 0.875),
            (job.Multistage.HighNoise, job.Multistage.LowNoise, job.Multistage.SwitchEvery, job.Multistage.Boundary));
        Assert.Equal(new QuantizationOptions { Transformer = TransformerQuantization.Float8, TextEncoder = TextEncoderQuantization.Float8 },
            job.Quantization);
        Assert.Equal((0.4, 0.0), (job.Model.LayerOffloading, job.Model.TextEncoderOffloading));
        Assert.Equal((32, 32.0, 0.1), (job.Target.Rank, job.Target.Alpha, job.Target.Dropout));
        Assert.Equal(SaveDType.Fp16, job.Save.DType);
        Assert.Equal(
            new TrainingOptions
            {
                Steps = 3000,
                BatchSize = 2,
                GradientAccumulation = 2,
                Optimizer = OptimizerType.Prodigy,
                LearningRate = 1,
                WeightDecay = 0,
                WarmupSteps = 100,
                Loss = LossType.Mae,
                TimestepType = TimestepType.Sigmoid,
                TimestepBias = TimestepBias.FavorLowNoise,
                Ema = new() { Enabled = true, Decay = 0.995 },
                Dop = new() { Enabled = true, Multiplier = 0.5, Class = "woman" },
            },
            job.Training);
        Assert.False(job.Advanced.DifferentialGuidance.Enabled);
        Assert.Equal([(512, false, 2), (768, false, 2), (512, true, 1)],
            job.Datasets.Select(d => (d.Resolutions[0], d.IsRegularization, d.Repeats)));
        Assert.All(job.Datasets, d => Assert.Equal((33, 0.0), (d.NumFrames, d.CaptionDropoutRate)));
        Assert.Equal((0, 0), (job.Sample.Every, job.Sample.Prompts.Count));

        string[] told =
        [
            "config.name", "network.linear_alpha", "datasets.0.shrink_video_to_frames", "datasets.0.resolution", "datasets.1.is_reg",
            "datasets.1.network_weight",
            "train.lr", "train.gradient_accumulation", "train.unload_text_encoder", "train.do_differential_guidance", "train.noise_offset",
            "train.timestep_type", "train.content_or_style", "model.arch", "model.flux_capacitor", "sample.prompts",
        ];
        Assert.All(told, key => Assert.Contains(imported.Notes, n => n.Key == key));
        Assert.Contains("WanLab does not know this key", imported.Notes.Single(n => n.Key == "model.flux_capacitor").Message);
        Assert.All(imported.Notes, n => Assert.Equal(0, n.Line));
    }

    [Fact]
    public void What_is_left_out_has_their_defaults_not_ours()
    {
        var imported = Read("minimal.yaml");
        var job = imported.Job;

        Assert.Equal((1000, 1e-6, 1e-2, 1),
            (job.Training.Steps, job.Training.LearningRate.High, job.Training.WeightDecay, job.Training.GradientAccumulation));
        Assert.Equal((4, 1, 1000, 5, SaveDType.Fp16),
            (job.Target.Rank, job.Multistage.SwitchEvery, job.Save.Every, job.Save.Keep, job.Save.DType));
        Assert.Equal((TimestepType.Shift, TimestepBias.FavorHighNoise), (job.Training.TimestepType, job.Training.TimestepBias));
        Assert.Equal((0.0, 41, FrameSampling.Chunks),
            (job.Datasets[0].CaptionDropoutRate, job.Datasets[0].NumFrames, job.Datasets[0].FrameSampling));
        Assert.Equal((7.0, 20, 512, 0L, 1),
            (job.Sample.GuidanceScale.High, job.Sample.Steps, job.Sample.Width, job.Sample.Seed, job.Sample.NumFrames));
        Assert.Equal(TransformerQuantization.None, job.Quantization.Transformer);

        foreach (var (key, words) in new[]
        {
            ("config.process", "holds 2 runs"), ("datasets.0.num_frames", "44 became 41"), ("datasets.0.auto_frame_count",
                "chunks"), ("train.optimizer", "no 'automagic2'"),
            ("train.loss_type", "'wavelet' does not work on video"), ("train.gradient_accumulation_steps",
                "throws away"), ("train.lr_scheduler", "not 'step'"),
            ("train.content_or_style", "multistage.high_share"), ("train.timestep_type", "cut off exactly"),
        })
            Assert.Contains(imported.Notes, n => n.Key == key && n.Message.Contains(words));
        Assert.DoesNotContain(imported.Notes, n => n.Key.Contains("process.1"));
    }

    [Theory]
    [InlineData("motion_24gb.yaml")]
    [InlineData("character.json")]
    [InlineData("minimal.yaml")]
    public void The_written_file_reads_as_the_imported_job_and_lists_what_changed(string name)
    {
        Directory.CreateDirectory(_folder.At("model"));
        var imported = Read(name, _folder.At("model"), clips: _folder.At("clips"), image: _folder.At("start.png"));

        var reading = JobReader.Parse(imported.Yaml, _folder.At("job.yaml"));
        Assert.True(reading.Job is not null, string.Join('\n', reading.Problems));
        var job = reading.Job;

        Assert.Equal(0.875, job.Multistage.Boundary);
        Assert.Equal(imported.Job.Training.Steps, job.Training.Steps);
        Assert.Equal(imported.Job.Datasets.Select(d => d.Path), job.Datasets.Select(d => d.Path));
        Assert.Equal(JobWriter.Write(JobReader.Parse(JobWriter.Write(imported.Job), _folder.At("job.yaml")).Job!), JobWriter.Write(job));
        Assert.All(imported.Notes, n => Assert.Contains($"#   {n}", imported.Yaml));
    }

    [Theory]
    [InlineData("job: {name: walk}\ndatasets: [{path: clips}]\n", "is already a WanLab job")]
    [InlineData("pipeline: x\n", "is not a job of ai-toolkit")]
    [InlineData("config: {name: x, process: [{type: sd_trainer, model: {arch: flux}}]}", "'flux' is another model; only wan22_14b_i2v")]
    [InlineData("config: {name: x, process: [{type: sd_trainer, model: {arch: wan22_14b}}]}", "'wan22_14b' is another model")]
    [InlineData("config: {name: x, process: [{type: sd_trainer}]}", "model.arch: is missing")]
    [InlineData("config: {name: x, process: [{type: extract}]}", "'extract' does not train")]
    [InlineData("config: {process: [{type: sd_trainer}]}", "config.name is missing")]
    [InlineData("config: {name: x, process: [{type: sd_trainer, model: {arch: wan22_14b_i2v}}]}", "datasets: there are none")]
    [InlineData("config: {name: x, process: [{type: sd_trainer, model: {arch: wan22_14b_i2v}, datasets: [{num_frames: 41}]}]}",
        "datasets.0.folder_path: is missing")]
    [InlineData("config: {name: x, process: [{type: sd_trainer, model: {arch: wan22_14b_i2v}, train: {steps: many}, datasets: " +
        "[{folder_path: c}]}]}", "train.steps: must be a number, not 'many'")]
    [InlineData("config: {name: x, process: [{type: sd_trainer, model: {arch: wan22_14b_i2v, model_kwargs: {train_high_noise: " +
        "false, train_low_noise: false}}}]}", "nothing would be trained")]
    [InlineData("config: [unclosed\n", "is not valid YAML")]
    [InlineData("{\"config\": ", "is not valid JSON")]
    [InlineData("", "has no keys")]
    public void What_can_not_be_imported_is_a_clear_error(string text, string message)
    {
        File.WriteAllText(_folder.At("theirs.yaml"), text);
        var error = Assert.ThrowsAny<WanLabException>(() => AiToolkitImport.Read(_folder.At("theirs.yaml")));
        Assert.Contains(message, error.Message);
        Assert.StartsWith(_folder.At("theirs.yaml"), error.Message);
    }

    private ImportedJob Read(string name, string? model = null, string? clips = null, string? image = null)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "tests/WanLab.Tests/Jobs/Import", name));
        if (clips is not null) text = text.Replace("folder_path\": \"clips", $"folder_path\": \"{clips}")
            .Replace("folder_path: \"clips\"", $"folder_path: \"{clips}\"")
            .Replace("folder_path: clips", $"folder_path: {clips}");
        if (image is not null) text = text.Replace("start.png", image);
        File.WriteAllText(_folder.At(name), text);
        return AiToolkitImport.Read(_folder.At(name), model);
    }
}
