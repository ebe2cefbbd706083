using WanLab.Models.Vae;
using WanLab.Models.Weights;
using WanLab.Testing;
using WanLab.Torch;

namespace WanLab.Tests.Models.Vae;

public sealed class WanVaeErrorTests : TensorTest
{
    [Theory]
    [InlineData(3, 4, 16, 16, "4 frames; the VAE needs 1 + 4n of them: take 1 or 5")]
    [InlineData(3, 8, 16, 16, "take 5 or 9")]
    [InlineData(3, 5, 12, 16, "16x12; width and height must be multiples of 8")]
    [InlineData(3, 5, 16, 20, "20x16")]
    [InlineData(4, 5, 16, 16, "[1, 4, 5, 16, 16]")]
    [InlineData(3, 0, 16, 16, "no frame")]
    public void Videos_that_do_not_fit_are_refused(long channels, long frames, long height, long width, string message)
    {
        using var vae = TinyVae.Create();
        var video = Tensor.Zeros([1, channels, frames, height, width]);
        Assert.Contains(message, Assert.Throws<WanLabException>(() => vae.Encode(video)).Message);
    }

    [Fact]
    public void Conditions_that_do_not_fit_are_refused()
    {
        using var vae = TinyVae.Create();
        var first = Tensor.Zeros([1, 3, 1, 16, 16]);
        Assert.Contains("10 frames", Assert.Throws<WanLabException>(() => vae.Condition(first, 10)).Message);
        Assert.Contains("no frame", Assert.Throws<WanLabException>(() => vae.Condition(first, 0)).Message);
        Assert.Contains("first frame", Assert.Throws<WanLabException>(() => vae.Condition(Tensor.Zeros([1, 3, 5, 16, 16]), 5)).Message);
    }

    [Fact]
    public void Latents_that_do_not_fit_are_refused_before_the_first_chunk()
    {
        using var vae = TinyVae.Create();
        Assert.Contains("[1, 15, 1, 2, 2]",
            Assert.Throws<WanLabException>(() => { vae.DecodeChunks(Tensor.Zeros([1, 15, 1, 2, 2])); }).Message);
        Assert.Throws<WanLabException>(() => vae.DecodeRaw(Tensor.Zeros([16, 1, 2, 2])));
    }

    [Fact]
    public void Weights_that_do_not_fit_are_refused_by_name()
    {
        using var weights = TinyVae.Weights();
        var wide = Assert.Throws<WanLabException>(() => new WanVae(weights, TinyVae.Config with { Dim = 8 }));
        Assert.Contains("encoder.conv1.weight", wide.Message);
        using var few = new ModelWeights([KeyValuePair.Create("encoder.conv1.weight", weights["encoder.conv1.weight"].Clone())]);
        Assert.Contains("encoder.conv1.bias", Assert.Throws<WanLabException>(() => new WanVae(few, TinyVae.Config)).Message);
    }
}
