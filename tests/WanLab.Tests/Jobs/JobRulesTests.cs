using WanLab.Jobs;
using WanLab.Models;
using WanLab.Training;
using WanLab.Training.Optimizers;

namespace WanLab.Tests.Jobs;

public sealed class JobRulesTests : IDisposable
{
    private readonly JobFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("quantization.ara=recovery.safetensors",
        "quantization.ara: has no effect without quantization.transformer: uint4+ara; delete it, or change that")]
    [InlineData("training.shift=3", "training.shift: has no effect without training.timestep_type: shift; delete it, or change that")]
    [InlineData("training.ema.decay=0.9",
        "training.ema.decay: has no effect without training.ema.enabled: true; delete it, or change that")]
    [InlineData("training.dop.class=man",
        "training.dop.class: has no effect without training.dop.enabled: true; delete it, or change that")]
    [InlineData("training.dop.multiplier=2",
        "training.dop.multiplier: has no effect without training.dop.enabled: true; delete it, or change that")]
    [InlineData("advanced.differential_guidance.scale=2", "advanced.differential_guidance.scale: " +
        "has no effect without advanced.differential_guidance.enabled: true; delete it, or change that")]
    [InlineData("datasets.0.weight=2", "datasets.0.weight: has no effect without more than one dataset; delete it, or change that")]
    [InlineData("training.warmup_steps=2000",
        "training.warmup_steps: is not below training.steps, so the learning rate never reaches its value; lower it")]
    public void A_setting_without_effect_is_warned_about(string setting, string message)
    {
        var reading = _folder.Parse(JobFolder.Minimal, setting);

        Assert.NotNull(reading.Job);
        Assert.Equal("--set: warning: " + message, Assert.Single(reading.Problems).ToString());
    }

    [Theory]
    [InlineData("training.shift=3", "training.timestep_type=shift")]
    [InlineData("datasets.0.weight=2", "datasets.1.path=.")]
    [InlineData("multistage.high_share=0.4", "multistage.high_noise=true")]
    [InlineData("training.ema.decay=0.99", "training.ema.enabled=false")]
    public void With_what_it_needs_or_at_its_default_it_is_not(string setting, string needed) =>
        Assert.Empty(_folder.Parse(JobFolder.Minimal, setting, needed).Problems);

    [Theory]
    [InlineData("validation.holdout=0.2", "validation.holdout")]
    [InlineData("validation.sigmas.high=[0.95]", "validation.sigmas")]
    public void Settings_of_validation_need_validation(string setting, string key) =>
        Assert.Equal($"--set: warning: {key}: has no effect without validation.every above 0; delete it, or change that",
            _folder.Problems(JobFolder.Minimal, setting, "validation.every=0"));

    [Theory]
    [InlineData("training.dop.class=\"\"", "training.dop.class", "is empty, so captions without their trigger word",
        "job.trigger_word=walk",
        "training.dop.enabled=true")]
    [InlineData("datasets.0.is_regularization=true", "datasets", "are all regularization sets")]
    [InlineData("datasets.0.num_frames=97", "datasets.0.num_frames", "is more than the 81 frames that Wan 2.2 was made for")]
    [InlineData("validation.sigmas.high=[0.95, 0.5]", "validation.sigmas.high", "0.5: outside the high noise expert's range, from 0.9, ")]
    [InlineData("validation.sigmas.low=[0.95]", "validation.sigmas.low", "0.95: outside the low noise expert's range, below 0.9, ")]
    [InlineData("sample.num_frames=81", "sample.num_frames", "is 81, but clips are trained with 41 frames, so motion in previews can",
        "sample.prompts.0.prompt=a", "sample.prompts.0.image=start.png")]
    [InlineData("sample.prompts.0.num_frames=17", "sample.prompts.0.num_frames", "is 17, but clips are trained with 41 frames",
        "sample.prompts.0.prompt=a", "sample.prompts.0.image=start.png")]
    public void A_setting_that_is_hardly_meant_is_warned_about(string setting, string key, string words, params string[] others)
    {
        var overrides = others.Append(setting).Select(s => s.Replace("start.png", _folder.At("start.png"), StringComparison.Ordinal));
        var reading = _folder.Parse(JobFolder.Minimal, [.. overrides]);

        Assert.NotNull(reading.Job);
        var warning = Assert.Single(reading.Problems);
        Assert.Equal(key, warning.Key);
        Assert.StartsWith(words, warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sample.num_frames=81", "datasets.0.num_frames=81")]
    [InlineData("sample.num_frames=81", "sample.every=0")]
    [InlineData("sample.num_frames=81", "sample.prompts.0.num_frames=41")]
    [InlineData("sample.num_frames=1", "sample.every=1")]
    [InlineData("validation.sigmas.high=[0.5]", "multistage.boundary=0.5", "validation.sigmas.low=[0.2]")]
    [InlineData("validation.sigmas.high=[0.5]", "multistage.high_noise=false")]
    [InlineData("datasets.0.is_regularization=true", "datasets.1.path=.")]
    public void One_that_can_be_meant_is_not(params string[] settings) => Assert.Empty(_folder.Parse(JobFolder.Minimal,
        ["sample.prompts.0.prompt=a", $"sample.prompts.0.image={_folder.At("start.png")}", .. settings]).Problems);

    [Fact]
    public void With_one_expert_there_is_nothing_to_share() =>
        Assert.Equal("""
            job.yaml:9: warning: multistage.switch_every: has no effect without both experts trained; delete it, or change that
            job.yaml:10: warning: multistage.high_share: has no effect without both experts trained; delete it, or change that
            """, _folder.Problems(JobFolder.Minimal + "multistage:\n  low_noise: false\n  switch_every: 5\n  high_share: 0.4\n"));

    [Fact]
    public void A_trigger_mark_needs_a_trigger_word()
    {
        const string yaml = JobFolder.Minimal + "sample:\n  prompts:\n    - {prompt: '[trigger] runs', image: start.png}\n";

        Assert.Equal(
            "job.yaml:8: warning: sample.prompts: holds [trigger], but there is no job.trigger_word to replace it with; set one",
            _folder.Problems(yaml));
        Assert.Empty(_folder.Parse(yaml, "job.trigger_word=ohwx").Problems);
    }

    [Fact]
    public void Captions_that_are_not_cached_need_their_encoder() =>
        Assert.Contains(
            "job.yaml:7: error: training.text_encoder.unload: cannot be true while training.text_encoder.cache is false: " +
                "the encoder is needed at every step; write 'unload: auto'",
            _folder.Problems("job: {name: walk}\ndatasets: [{path: clips}]\ntraining:\n  optimizer: adamw\n  text_encoder:\n" +
                "    cache: false\n    unload: true\n"));

    [Fact]
    public void Output_preservation_needs_a_trigger_word() =>
        Assert.Contains(_folder.Parse(JobFolder.Minimal, "training.dop.enabled=true").Errors,
            p => p is { Key: "training.dop.enabled", Message: "needs a trigger word to replace by the class; set job.trigger_word" });

    [Fact]
    public void Files_are_looked_for()
    {
        File.WriteAllText(_folder.At("old.ckpt"), "");
        const string hint = "correct the path (a relative one starts at the job file's folder; with --set, at the current one)";

        Assert.Equal($$"""
            job.yaml:9: error: model.path.high: 'old.ckpt' is a pickled file, which can run code when Python opens it; convert it, without running any: wanlab convert FILE
            job.yaml:10: error: model.path.low: 'clips' is a folder, but a file is needed here
            job.yaml:11: error: model.path.vae: the file 'vae.safetensors' does not exist; {{hint}}
            job.yaml:12: error: model.path.text_encoder: the file 't5.safetensors' does not exist; {{hint}}
            job.yaml:13: error: model.path.tokenizer: the file 'spiece' does not exist; {{hint}}
            job.yaml:14: warning: validation.holdout: has no effect without validation.every above 0; delete it, or change that
            job.yaml:14: error: validation.holdout: 'start.png' is a file, but a folder is needed here
            """, _folder.Problems(JobFolder.Minimal + """
            model:
              path:
                high: old.ckpt
                low: clips
                vae: vae.safetensors
                text_encoder: t5.safetensors
                tokenizer: spiece
            validation: {every: 0, holdout: start.png}
            """));
    }

    [Fact]
    public void A_job_built_in_code_is_checked_like_a_file()
    {
        var job = new TrainingJob
        {
            Name = "walk",
            Training = new() { Optimizer = OptimizerType.AdamW, Steps = 0 },
            Datasets = [new() { Path = _folder.At("clips"), NumFrames = 40 }],
        };

        var error = Assert.Throws<WanLabException>(() => JobReader.Check(job));
        Assert.Equal("""
            The job has 2 errors:
            job: error: training.steps: must be at least 1, not 0
            job: error: datasets.0.num_frames: 40 frames do not fit the model, which takes 4n+1; the nearest are 37 and 41
            """, error.Message);

        var (good, warnings) = JobReader.Check(job with
        {
            Training = job.Training with { Steps = 50, LearningRate = new(1e-4, 2e-4) },
            Datasets = [job.Datasets[0] with { NumFrames = 41 }],
        });
        Assert.Empty(warnings);
        Assert.Equal((50, new PerExpert(1e-4, 2e-4), 250), (good.Training.Steps, good.Training.LearningRate, good.Validation.Every));
    }
}
