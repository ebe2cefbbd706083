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
    [InlineData("datasets.0.cache_latents=false", "datasets.0.cache_latents: 'false'", "cache_latents: true")]
    [InlineData("training.text_encoder.cache=false", "training.text_encoder.cache: 'false'", "cache: true")]
    [InlineData("training.text_encoder.unload=false", "training.text_encoder.unload: 'false'", "unload: auto")]
    public void What_is_out_of_reach_is_an_error_with_what_to_write(string setting, string what, string instead) =>
        Assert.Equal(
            $"--set: error: {what} is not supported yet by this version; write '{instead}'",
            folder.Problems(JobFolder.Minimal, setting, "job.trigger_word=ohwx"));
}
