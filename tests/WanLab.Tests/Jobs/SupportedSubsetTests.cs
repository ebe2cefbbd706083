namespace WanLab.Tests.Jobs;

public sealed class SupportedSubsetTests : IDisposable
{
    private readonly JobFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("model.low_vram=true", "model.low_vram: 'true'", "low_vram: false")]
    [InlineData("model.layer_offloading=0.5", "model.layer_offloading: '0.5'", "layer_offloading: 0")]
    [InlineData("model.text_encoder_offloading=1", "model.text_encoder_offloading: '1'", "text_encoder_offloading: 0")]
    [InlineData("quantization.transformer=uint4+ara", "quantization.transformer: 'uint4+ara'", "transformer: none")]
    [InlineData("quantization.text_encoder=float8", "quantization.text_encoder: 'float8'", "text_encoder: none")]
    [InlineData("training.batch_size=2", "training.batch_size: '2'", "batch_size: 1, and gradient_accumulation for more items a step")]
    [InlineData("training.optimizer=prodigy", "training.optimizer: 'prodigy'", "optimizer: adamw")]
    [InlineData("training.loss=huber", "training.loss: 'huber'", "loss: mse")]
    [InlineData("training.timestep_type=weighted", "training.timestep_type: 'weighted'", "timestep_type: linear")]
    [InlineData("training.timestep_bias=favor_low_noise", "training.timestep_bias: 'favor_low_noise'", "timestep_bias: balanced")]
    [InlineData("training.ema.enabled=true", "training.ema.enabled: 'true'", "enabled: false")]
    [InlineData("training.dop.enabled=true", "training.dop.enabled: 'true'", "enabled: false")]
    [InlineData("advanced.differential_guidance.enabled=true", "advanced.differential_guidance.enabled: 'true'", "enabled: false")]
    [InlineData("datasets.0.cache_latents=false", "datasets.0.cache_latents: 'false'", "cache_latents: true")]
    [InlineData("target.dropout=0.1", "target.dropout: '0.1'", "dropout: 0")]
    [InlineData("training.text_encoder.cache=false", "training.text_encoder.cache: 'false'", "cache: true")]
    [InlineData("training.text_encoder.unload=false", "training.text_encoder.unload: 'false'", "unload: auto")]
    public void What_is_out_of_reach_is_an_error_with_what_to_write(string setting, string what, string instead) =>
        Assert.Equal(
            $"--set: error: {what} is not supported yet by this version; write '{instead}'",
            folder.Problems(JobFolder.Minimal, setting, "job.trigger_word=ohwx"));

    [Fact]
    public void The_default_optimizer_is_named_as_such() =>
        Assert.Equal(
            "job.yaml:2: error: training.optimizer: the default 'adamw8bit' is not supported yet by this version; write 'optimizer: adamw'",
            folder.Problems("job: {name: walk}\ntraining: {steps: 5}\ndatasets: [{path: clips}]\n"));
}
