using WanLab.Models.Vae;
using WanLab.Models.Weights;
using WanLab.Testing;
using WanLab.Torch;

namespace WanLab.Tests.Models.Vae;

public sealed class CausalConv3dTests : TensorTest
{
    // Chunk by chunk and tap by tap is the library's 3D convolution of the whole clip with zeros before it.
    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 3)]
    [InlineData(2, 1)]
    public void Chunks_give_the_convolution_of_the_whole_clip(long batch, long space)
    {
        using var random = new Generator(3);
        var weight = Tensor.Randn([5, 4, 3, space, space], random);
        var bias = Tensor.Randn([5], random);
        using var weights = new ModelWeights([KeyValuePair.Create("c.weight", weight), KeyValuePair.Create("c.bias", bias)]);
        var clip = Tensor.Randn([batch, 4, 8, 6, 7], random);
        var expected = F.Conv3d(F.Pad(clip, 0, 0, 0, 0, 2, 0), weight, bias, [1, 1, 1], [0, space / 2, space / 2]);

        using var cache = new FeatureCache(batch);
        var conv = new CausalConv3d(weights, "c");
        var start = 0L;
        foreach (var length in new long[] { 1, 4, 1, 2 })
        {
            var frames = clip.Narrow(2, start, length).Permute(2, 0, 1, 3, 4).Reshape(length * batch, 4, 6, 7);
            var y = conv.Forward(frames, cache).View(length, batch, 5, 6, 7).Permute(1, 2, 0, 3, 4);
            Assert.InRange((y - expected.Narrow(2, start, length)).Abs().Max().Item(), 0, 1e-4);
            start += length;
        }
    }

    [Fact]
    public void A_step_of_two_halves_the_frames_after_the_first()
    {
        using var random = new Generator(4);
        var weight = Tensor.Randn([5, 4, 3, 1, 1], random);
        var bias = Tensor.Randn([5], random);
        using var weights = new ModelWeights([KeyValuePair.Create("c.weight", weight), KeyValuePair.Create("c.bias", bias)]);
        const long batch = 2;
        var clip = Tensor.Randn([batch, 4, 7, 3, 3], random);
        var expected = F.Conv3d(clip, weight, bias, [2, 1, 1], [0, 0, 0]);

        using var cache = new FeatureCache(batch);
        var conv = new CausalConv3d(weights, "c", stride: 2);
        Tensor Frames(long start, long length) => clip.Narrow(2, start, length).Permute(2, 0, 1, 3, 4).Reshape(length * batch, 4, 3, 3);
        cache.Keep(conv, Frames(0, 1), 1);
        var four = conv.Forward(Frames(1, 4), cache);
        var two = conv.Forward(Frames(5, 2), cache);
        var y = Tensor.Cat([four, two], 0).View(3, batch, 5, 3, 3).Permute(1, 2, 0, 3, 4);
        Assert.InRange((y - expected).Abs().Max().Item(), 0, 1e-4);
    }
}
