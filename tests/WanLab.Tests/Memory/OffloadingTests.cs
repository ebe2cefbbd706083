using WanLab.Memory;
using WanLab.Models;
using WanLab.Models.Transformer;
using WanLab.Models.Vae;
using WanLab.Models.Weights;
using WanLab.Testing;
using WanLab.Torch;
using WanLab.Torch.Safetensors;

namespace WanLab.Tests.Memory;

public sealed class OffloadingTests(MiniRun run) : TensorTest, IClassFixture<MiniRun>
{
    [Theory]
    [InlineData(0.34, "2")]
    [InlineData(0.67, "1,2")]
    [InlineData(1, "0,1,2")]
    public void The_last_blocks_stay_on_the_host_and_compute_the_same(double share, string blocks)
    {
        foreach (var inner in (IWeightPacking?[])[null,
            WeightQuantization.Of(new QuantizationOptions { Transformer = TransformerQuantization.Float8 })])
        {
            // on the CPU both places are one, so what moves can be tested, and only its cost can not
            var whole = run.Model.WithPacking(inner);
            var streamed = run.Model.WithPacking(new Offloading(share, 0, Device.Cpu, inner));

            using var weights = streamed.OpenExpertWeights(Expert.High, Device.Cpu);
            var away = weights.Packed.Where(pair => pair.Value is HostWeight).ToList();
            Assert.Equal(blocks, string.Join(',', away.Select(pair => pair.Key.Split('.')[1]).Distinct()));
            Assert.Equal(10 * blocks.Split(',').Length, away.Count);
            Assert.Equal(whole.Identity(ModelPart.High), streamed.Identity(ModelPart.High));
            using var a = whole.OpenExpert(Expert.High);
            using var b = streamed.OpenExpert(Expert.High);
            Assert.True(Predict(a).EqualTo(Predict(b)));
        }
    }

    [Fact]
    public void The_text_encoder_s_share_is_its_own()
    {
        using var whole = run.Model.OpenTextEncoder();
        using var streamed = run.Model.WithPacking(new Offloading(0, 1, Device.Cpu, null)).OpenTextEncoder();
        Assert.All(streamed.Weights.Packed.Values, weight => Assert.IsType<HostWeight>(weight));
        Assert.NotEmpty(streamed.Weights.Packed);
        Assert.True(whole.EncodeText([3, 4, 1], 3).EqualTo(streamed.EncodeText([3, 4, 1], 3)));
    }

    [Fact]
    public void On_the_host_itself_there_is_nothing_to_offload() =>
        Assert.Null(Offloading.Of(new ModelOptions { LayerOffloading = 1, TextEncoderOffloading = 1 }, Device.Cpu, null));

    private static Tensor Predict(WanLab.Models.Transformer.WanTransformer model)
    {
        using var generator = new Generator(5);
        Tensor Random(params long[] shape) => Tensor.Randn(shape, generator);
        return model.Forward(Random(1, 16, 2, 4, 4), Random(1, 20, 2, 4, 4), Tensor.From([950.0], 1),
            model.EmbedText(Random(1, 5, model.Config.TextDim)));
    }
}
