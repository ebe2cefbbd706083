using WanLab.Datasets;
using WanLab.Diffusion;
using WanLab.Jobs;
using WanLab.Models;
using WanLab.Sampling;
using WanLab.Torch;
using WanLab.Torch.Interop;
using WanLab.Training;
using WanLab.Training.Optimizers;

namespace WanLab.Tests.Jobs;

public sealed class JobReaderTests : IDisposable
{
    private readonly JobFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_minimal_job_has_the_defaults_of_the_records()
    {
        var job = _folder.Job(JobFolder.Minimal);

        var expected = new TrainingJob
        {
            Name = "walk",
            Training = new() { Optimizer = OptimizerType.AdamW },
            Datasets = [new() { Path = _folder.At("clips") }],
        };
        Assert.Equivalent(expected, job, strict: true);
    }

    [Fact]
    public void Values_of_every_form_are_read()
    {
        var job = _folder.Job("""
            job: {name: walk.2-a_b, trigger_word: ohwx, device: cuda:1, seed: 7}
            model: {architecture: wan22-i2v-14b, path: model, residual: bf16}
            multistage: {low_noise: false, boundary: 0.875}
            target: {rank: 32, modules: [self_attn.q, "ffn.*"]}
            training:
              steps: 500
              optimizer: adamw
              learning_rate: {high: 2e-4, low: 5.0e-5}
              timestep_type: shift
              text_encoder: {unload: true}
            datasets:
              - {path: clips, num_frames: 17, frame_sampling: native, resolutions: [256, 512]}
              - path: clips
                weight: 2
            sample:
              sampler: dpm++
              guidance_scale: 4
              prompts:
                - {prompt: "[trigger] walks", image: start.png, steps: 8, guidance_scale: {high: 4, low: 3}}
            """);

        Assert.Equal(("walk.2-a_b", "ohwx", "cuda:1", 7), (job.Name, job.TriggerWord, job.Device, job.Seed));
        Assert.Equal(ModelArchitecture.Wan22I2V14B, job.Model.Architecture);
        Assert.Equal(_folder.At("model"), job.Model.Path!.Folder);
        Assert.Equal(ResidualPrecision.Bf16, job.Model.Residual);
        Assert.Equal((true, false, 0.875), (job.Multistage.HighNoise, job.Multistage.LowNoise, job.Multistage.Boundary));
        Assert.Equal((32, 32.0), (job.Target.Rank, job.Target.Alpha));
        Assert.Equal(["self_attn.q", "ffn.*"], job.Target.Modules);
        Assert.Equal(new PerExpert(2e-4, 5e-5), job.Training.LearningRate);
        Assert.Equal(TextEncoderUnload.Always, job.Training.TextEncoder.Unload);
        Assert.Equal((17, FrameSampling.Native), (job.Datasets[0].NumFrames, job.Datasets[0].FrameSampling));
        Assert.Equal([256, 512], job.Datasets[0].Resolutions);
        Assert.Equal(2, job.Datasets[1].Weight);
        Assert.Equal((Solver.DpmPlusPlus, new PerExpert(4, 4)), (job.Sample.Sampler, job.Sample.GuidanceScale));
        var prompt = Assert.Single(job.Sample.Prompts);
        Assert.Equal(_folder.At("start.png"), prompt.Image);
        Assert.Equal((8, new PerExpert(4, 3)), (prompt.Settings!.Steps, prompt.Settings.GuidanceScale));
        Assert.Equal((768, Solver.DpmPlusPlus), (prompt.Settings.Width, prompt.Settings.Sampler));
    }

    [Fact]
    public void A_model_may_be_single_files()
    {
        foreach (var name in new[] { "high", "low", "vae", "t5" }) File.WriteAllText(_folder.At(name + ".safetensors"), "");

        var path = _folder.Job(JobFolder.Minimal + """
            model:
              path: {high: high.safetensors, low: low.safetensors, vae: vae.safetensors, text_encoder: t5.safetensors}
            """).Model.Path!;

        Assert.Equal(_folder.At("high.safetensors"), path.High);
        Assert.Equal(_folder.At("t5.safetensors"), path.TextEncoder);
        Assert.Null(path.Folder);
        Assert.Null(path.Tokenizer);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("null")]
    [InlineData("~")]
    [InlineData("")]
    public void None_and_nothing_mean_no_trigger_word(string text) =>
        Assert.Null(_folder.Job(JobFolder.Minimal.Replace("name: walk", $"name: walk\n  trigger_word: {text}")).TriggerWord);

    [Fact]
    public void A_quoted_none_is_a_word() =>
        Assert.Equal("none", _folder.Job(JobFolder.Minimal.Replace("name: walk", "name: walk\n  trigger_word: \"none\"")).TriggerWord);

    [Fact]
    public void Sections_may_be_empty_and_anchors_reused()
    {
        var job = _folder.Job("""
            job: {name: walk}
            model:
            training: {optimizer: adamw}
            datasets:
              - &clips {path: clips, num_frames: 17}
              - *clips
            """, "datasets.1.num_frames=21");

        Assert.Equal([17, 21], job.Datasets.Select(d => d.NumFrames));
    }

    [Fact]
    public void Sizes_are_rounded_to_16_with_a_warning()
    {
        const string yaml = JobFolder.Minimal + "sample:\n  width: 500\n  height: 761\n";

        Assert.Equal((496, 768), (_folder.Job(yaml).Sample.Width, _folder.Job(yaml).Sample.Height));
        Assert.Equal("""
            job.yaml:8: warning: sample.width: 500 is rounded to 496, a multiple of 16
            job.yaml:9: warning: sample.height: 761 is rounded to 768, a multiple of 16
            """, _folder.Problems(yaml));
    }

    [Fact]
    public void Load_gives_the_job_and_its_warnings()
    {
        File.WriteAllText(_folder.At("job.yaml"), JobFolder.Minimal + "sample: {width: 500}\n");

        var (job, warnings) = JobReader.Load(_folder.At("job.yaml"), ["training.steps=20"]);

        Assert.Equal(20, job.Training.Steps);
        Assert.Equal("sample.width", Assert.Single(warnings).Key);
    }

    [Fact]
    public void Load_throws_every_error_at_once_and_no_warning()
    {
        var file = _folder.At("job.yaml");
        File.WriteAllText(file, JobFolder.Minimal + "sample: {width: 500, steps: 0}\ntarget: {rank: 0}\n");

        var error = Assert.Throws<WanLabException>(() => JobReader.Load(file));

        Assert.Equal($"""
            {file} has 2 errors:
            {file}:7: error: sample.steps: must be at least 1, not 0
            {file}:8: error: target.rank: must be at least 1, not 0
            """, error.Message);
    }

    [Fact]
    public void A_missing_job_file_is_a_problem_of_its_own()
    {
        var reading = JobReader.Read(_folder.At("no.yaml"));

        Assert.Null(reading.Job);
        Assert.Equal(
            $"{_folder.At("no.yaml")}: error: the file does not exist; correct the path", Assert.Single(reading.Problems).ToString());
    }
}
