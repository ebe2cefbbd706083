using WanLab.Training;
using WanLab.Yaml;

namespace WanLab.Tests.Jobs;

public sealed class JobSchemaTests
{
    [Fact]
    public void The_keys_are_those_of_the_job_file_s_description() =>
        Assert.Equal(
            """
            job: name trigger_word device seed output
            model: architecture path path.high path.low path.vae path.text_encoder path.tokenizer low_vram layer_offloading text_encoder_offloading residual
            quantization: transformer ara text_encoder
            multistage: high_noise low_noise switch_every high_share boundary
            target: type rank alpha dropout modules
            save: dtype every keep
            training: steps batch_size gradient_accumulation optimizer learning_rate lr_scheduler warmup_steps weight_decay max_grad_norm loss timestep_type shift timestep_bias ema.enabled ema.decay text_encoder.cache text_encoder.unload dop.enabled dop.multiplier dop.class
            advanced: differential_guidance.enabled differential_guidance.scale
            datasets: N.path N.default_caption N.caption_dropout_rate N.weight N.repeats N.is_regularization N.flip_x N.flip_y N.resolutions N.num_frames N.frame_sampling N.native_windows N.cache_latents
            sample: every skip_first sampler steps shift width height guidance_scale seed walk_seed num_frames fps negative_prompt prompts.N.prompt prompts.N.image prompts.N.reference prompts.N.every prompts.N.skip_first prompts.N.sampler prompts.N.steps prompts.N.shift prompts.N.width prompts.N.height prompts.N.guidance_scale prompts.N.seed prompts.N.walk_seed prompts.N.num_frames prompts.N.fps prompts.N.negative_prompt
            validation: every holdout sigmas.high sigmas.low
            logging: tensorboard
            """,
            string.Join('\n', JobForm.Keys.Paths
                .Select(p => p.EndsWith(".N", StringComparison.Ordinal) ? p[..^2] : p)
                .GroupBy(p => p[..p.IndexOf('.')])
                .Select(g => $"{g.Key}: {string.Join(' ', g.Select(p => p[(g.Key.Length + 1)..]))}")));

    [Theory]
    [InlineData("steps", "steps", 0)]
    [InlineData("stps", "steps", 1)]
    [InlineData("Learning-Rate", "learning_rate", 0)]
    [InlineData("", "rank", 4)]
    [InlineData("kitten", "sitting", 3)]
    public void Distance_counts_edits(string a, string b, int distance)
    {
        Assert.Equal(distance, Spelling.Distance(a, b));
        Assert.Equal(distance, Spelling.Distance(b, a));
    }
}
