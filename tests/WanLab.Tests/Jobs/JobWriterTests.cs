using FsCheck;
using FsCheck.Fluent;
using WanLab.Jobs;
using WanLab.Training;
using WanLab.Training.Validation;
using WanLab.Yaml;

namespace WanLab.Tests.Jobs;

public sealed class JobWriterTests : IDisposable
{
    private readonly JobFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_whole_job_is_written_defaults_included() =>
        Assert.Equal("""
            # The whole job, defaults included. Reading this file gives the same job again.
            job:
              name: walk
              trigger_word: none
              device: auto
              seed: 42
              output: runs
            model:
              architecture: wan-tiny
              path: none
              low_vram: false
              layer_offloading: 0
              text_encoder_offloading: 0
              residual: fp32
            quantization:
              transformer: none
              ara: computed
              text_encoder: none
            multistage:
              high_noise: true
              low_noise: true
              switch_every: 10
              high_share: 0.5
              boundary: 0.9
            target:
              type: lora
              rank: 16
              alpha: 16
              dropout: 0
              modules: []
            save:
              dtype: bf16
              every: 250
              keep: 4
            training:
              steps: 2000
              batch_size: 1
              gradient_accumulation: 1
              optimizer: adamw8bit
              learning_rate: 0.0001
              lr_scheduler: constant
              warmup_steps: 0
              weight_decay: 0.0001
              max_grad_norm: 1
              loss: mse
              timestep_type: linear
              shift: 5
              timestep_bias: balanced
              ema:
                enabled: false
                decay: 0.99
              text_encoder:
                cache: true
                unload: auto
              dop:
                enabled: false
                multiplier: 1
                class: person
            advanced:
              differential_guidance:
                enabled: false
                scale: 3
            datasets:
              - path: /clips
                default_caption: ""
                caption_dropout_rate: 0.05
                weight: 1
                repeats: 1
                is_regularization: false
                flip_x: false
                flip_y: false
                resolutions: [512]
                num_frames: 41
                frame_sampling: uniform
                native_windows: 0
                cache_latents: true
            sample:
              every: 250
              skip_first: true
              sampler: unipc
              steps: 25
              shift: 5
              width: 768
              height: 768
              guidance_scale: 3.5
              seed: 42
              walk_seed: false
              num_frames: 41
              fps: 16
              negative_prompt: ""
              prompts:
                - prompt: a walk
                  image: /start.png
                  reference: none
                  steps: 8
            validation:
              every: 250
              holdout: 0.1
              sigmas:
                high: [0.98, 0.96, 0.94, 0.92]
                low: [0.85, 0.7, 0.5, 0.3, 0.15]
            logging:
              tensorboard: false

            """, JobWriter.Write(new()
        {
            Name = "walk",
            Datasets = [new() { Path = "/clips" }],
            Sample = new() { Prompts = [new() { Prompt = "a walk", Image = "/start.png", Settings = new() { Steps = 8 } }] },
        }));

    [Fact]
    public void A_resolved_job_file_reads_back_as_the_same_job_without_problems()
    {
        var job = _folder.Job(JobFolder.Minimal + """
            target: {rank: 8, alpha: 4}
            sample: {width: 500, prompts: [{prompt: "a: b", image: start.png, seed: 3}]}
            """);
        Directory.CreateDirectory(_folder.At("run"));

        var again = JobReader.Parse(JobWriter.Write(job), _folder.At("run/job.yaml"));

        Assert.Empty(again.Problems);
        Assert.Equivalent(job, again.Job, strict: true);
    }

    [Fact]
    public void Every_key_survives_with_a_value_that_is_not_its_default()
    {
        var job = UnusualJob.Value;
        var written = JobForm.Keys.Write(job);
        var defaults = JobForm.Keys.Write(JobForm.Keys.Blank with { Datasets = [new() { Path = "" }] });
        foreach (var path in JobForm.Keys.Paths.Select(p => p.Replace(".N", ".0")).Where(p => p != "target.type"))
        {
            var value = written.Find(path);
            Assert.True(value is not null, $"{path} is not written");
            var usual = defaults.Find(path);
            Assert.True(usual is null || !YamlText.Same(value, usual), $"{path} has its default in this test");
        }

        Assert.Equivalent(job, ReadBack(job), strict: true);
    }

    [Fact]
    public void A_folder_of_the_model_and_of_validation_survive()
    {
        var job = UnusualJob.Value with { Model = new() { Path = "/models/wan" }, Validation = new() { Holdout = "/clips/held" } };

        Assert.Equivalent(job, ReadBack(job), strict: true);
    }

    [Fact]
    public void Any_text_and_any_number_survive()
    {
        // Half a surrogate pair is no text, and no file can hold it.
        var texts = ArbMap.Default.ArbFor<UnicodeString>().Filter(t => !t.Get.Any(char.IsSurrogate));
        var law = Prop.ForAll(
            texts, ArbMap.Default.ArbFor<NormalFloat>(), (text, number) =>
            {
                var scale = Math.Abs(number.Get) + double.Epsilon;
                var job = JobForm.Keys.Blank with
                {
                    TriggerWord = text.Get,
                    Training = new() { Shift = scale },
                    Sample = new() { NegativePrompt = text.Get },
                };
                var again = ReadBack(job);
                return again.TriggerWord == text.Get && again.Sample.NegativePrompt == text.Get && again.Training.Shift.Equals(scale);
            });
        law.Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20260101, 77));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("~")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("1e3")]
    [InlineData("- a")]
    [InlineData("a: b # c")]
    [InlineData("two\nlines\n")]
    [InlineData(" led and trailed ")]
    [InlineData("\"quoted\" \\ 'text'")]
    [InlineData("\u5973\u5b69\u8f6c\u8eab \ud83d\ude00")]
    public void Text_that_looks_like_something_else_survives(string text)
    {
        var job = JobForm.Keys.Blank with { TriggerWord = text, Training = new() { Dop = new() { Class = text } } };

        Assert.Equivalent(job, ReadBack(job), strict: true);
    }

    /// <summary>Reads without the look at files and at what this version can do.</summary>
    private static TrainingJob ReadBack(TrainingJob job)
    {
        var context = new ReadContext(JobForm.Keys.Paths);
        var node = YamlText.Parse(JobWriter.Write(job), new YamlSource("job.yaml", "/", HasLines: true))!;
        var again = JobForm.Keys.Read(node, context);
        // A blank job has no name, which reading minds and these tests do not.
        Assert.DoesNotContain(context.Problems, p => p.Key != "job.name" && p.Key != "datasets");
        return again;
    }
}
