using WanLab.Adapters;
using WanLab.Memory;
using WanLab.Models;
using WanLab.Models.Transformer;
using WanLab.Models.Vae;
using WanLab.Models.Weights;
using WanLab.Testing;
using WanLab.Torch;
using WanLab.Torch.Safetensors;
using WanLab.Training;
using WanLab.Training.Optimizers;

namespace WanLab.Tests.Memory;

/// <summary>The embedded model with quantised weights: what it takes, how far it is off, and that it trains.</summary>
public sealed class QuantizationTests(TinyBase tiny) : TensorTest, IClassFixture<TinyBase>
{
    // 8 bits: a byte in place of four. 4 bits in groups of 32 with a float32 scale: 5.25 bits, and the correction. At this
    // width a tenth of the model is no linear layer of a block.
    [Theory]
    [InlineData(TransformerQuantization.Float8, 0.32, 0.05)]
    [InlineData(TransformerQuantization.UInt4, 0.23, 0.25)]
    [InlineData(TransformerQuantization.UInt4Ara, 0.40, 0.20)]
    public void The_experts_shrink_and_predict_nearly_the_same(TransformerQuantization type, double size, double error)
    {
        using var whole = tiny.Model.OpenExpert(Expert.Low);
        using var small = Quantized(type).OpenExpert(Expert.Low);

        Assert.True(small.Bytes < size * whole.Bytes, $"{small.Bytes} of {whole.Bytes} bytes");
        Assert.Equal(WeightSizes.OfExpert(tiny.Model.Config, new QuantizationOptions { Transformer = type }, 4), small.Bytes);
        var (exact, off) = (Predict(whole), Predict(small));
        var share = (off - exact).Norm([0, 1, 2, 3, 4]).Item() / exact.Norm([0, 1, 2, 3, 4]).Item();
        Assert.InRange(share, 1e-4, error);
    }

    [Fact]
    public void A_computed_recovery_adapter_makes_good_part_of_the_error()
    {
        using var whole = tiny.Model.OpenExpert(Expert.Low);
        double Error(TransformerQuantization type)
        {
            using var small = Quantized(type).OpenExpert(Expert.Low);
            return (Predict(small) - Predict(whole)).Norm([0, 1, 2, 3, 4]).Item();
        }
        Assert.True(Error(TransformerQuantization.UInt4Ara) < 0.9 * Error(TransformerQuantization.UInt4));
    }

    [Fact]
    public void A_recovery_adapter_from_a_file_is_added_to_the_layers_it_names_and_the_others_stay_whole()
    {
        var folder = Directory.CreateTempSubdirectory("wanlab-ara-").FullName;
        var file = Path.Combine(folder, "ara.safetensors");
        using var generator = new Generator(3);
        var (down, up) = (Tensor.Randn([2, 160], generator), Tensor.Randn([160, 2], generator) * 0.01);
        SafetensorsWriter.Write(file, [
            new("diffusion_model.transformer_1.blocks.0.self_attn.q.lora_A.weight", down),
            new("diffusion_model.transformer_1.blocks.0.self_attn.q.lora_B.weight", up),
            new("diffusion_model.transformer_2.blocks.1.ffn.0.lora_A.weight", down),
            new("diffusion_model.transformer_2.blocks.1.ffn.0.lora_B.weight", Tensor.Zeros([640, 2])),
        ]);
        var model = Quantized(TransformerQuantization.UInt4Ara, file);

        using var weights = model.OpenExpertWeights(Expert.High, Device.Cpu);
        using var plain = tiny.Model.OpenExpertWeights(Expert.High, Device.Cpu);
        Assert.Equal(["blocks.0.self_attn.q.weight"], weights.Packed.Keys);
        using var alone = UInt4Weight.Pack(plain["blocks.0.self_attn.q.weight"]);
        Assert.Equal(0,
            (weights.Packed["blocks.0.self_attn.q.weight"].Unpack() - alone.Unpack() - up.MatMul(down)).Abs().Max().Item(), 1e-5);
        Assert.NotEqual(model.Identity(ModelPart.High), Quantized(TransformerQuantization.UInt4Ara).Identity(ModelPart.High));

        SafetensorsWriter.Write(file, [new("blocks.0.self_attn.q.lora_A.weight", down), new("blocks.0.self_attn.q.lora_B.weight", up)]);
        Assert.Contains("does not say which expert",
            Assert.Throws<WanLabException>(() => Quantized(TransformerQuantization.UInt4Ara, file).OpenExpert(Expert.High)).Message);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(TextEncoderQuantization.Float8, 0.06)]
    [InlineData(TextEncoderQuantization.UInt4, 0.35)]
    public void The_text_encoder_has_a_setting_of_its_own(TextEncoderQuantization type, double error)
    {
        var model = tiny.Model.WithPacking(WeightQuantization.Of(new QuantizationOptions { TextEncoder = type }));
        using var whole = tiny.Model.OpenTextEncoder();
        using var small = model.OpenTextEncoder();

        Assert.All(small.Weights.Packed, pair => Assert.True(pair.Value.Bytes < 0.35 * 4 * pair.Value.Shape[0] * pair.Value.Shape[1]));
        Assert.Equal(2 * 7, small.Weights.Packed.Count);
        long[] ids = [5, 90, 300, 1];
        var (exact, off) = (whole.EncodeText(ids, 4), small.EncodeText(ids, 4));
        Assert.InRange((off - exact).Norm([0, 1]).Item() / exact.Norm([0, 1]).Item(), 1e-4, error);
        Assert.Equal(tiny.Model.Identity(ModelPart.High), model.Identity(ModelPart.High));
        Assert.NotEqual(tiny.Model.Identity(ModelPart.TextEncoder), model.Identity(ModelPart.TextEncoder));
    }

    [Fact]
    public void Nothing_asked_for_changes_nothing()
    {
        Assert.Null(WeightQuantization.Of(new QuantizationOptions()));
        using var whole = tiny.Model.OpenExpert(Expert.Low);
        using var same = tiny.Model.WithPacking(null).OpenExpert(Expert.Low);
        Assert.True(Predict(whole).EqualTo(Predict(same)));
    }

    [Theory]
    [InlineData(TransformerQuantization.Float8)]
    [InlineData(TransformerQuantization.UInt4Ara)]
    public void Gradients_block_by_block_are_those_of_the_whole_graph_and_nothing_unpacked_stays(TransformerQuantization type)
    {
        using var model = Quantized(type).OpenExpert(Expert.Low);
        using var adapter = LoraAdapter.Create(model.Config, new TargetOptions { Rank = 2 }, 1);
        using var generator = new Generator(2);
        adapter.Parameters.CopyInto(Tensor.Randn([adapter.Parameters.Count], generator) * 0.05);
        var (x, y, t, text) = Inputs(model);
        Tensor whole;
        using (new TensorScope())
        {
            F.MseLoss(model.Forward(x, y, t, text, adapter), x).Backward();
            whole = TensorScope.Detach(adapter.Gradients.Clone());
        }
        var before = Runtime.LiveTensors;
        using (new TensorScope())
        {
            adapter.Gradients.ZeroInto();
            var pass = BlockwisePass.Forward(model, x, y, t, text, adapter);
            pass.Backward(F.MseLoss(pass.Prediction, x));
        }
        Assert.Equal(before, Runtime.LiveTensors);
        Assert.Equal(0, (whole - adapter.Gradients).Abs().Max().Item());
        whole.Dispose();
    }

    [Fact]
    public void A_lora_learns_on_quantised_weights()
    {
        using var model = Quantized(TransformerQuantization.UInt4Ara).OpenExpert(Expert.Low);
        using var adapter = LoraAdapter.Create(model.Config, new TargetOptions { Rank = 8 }, 1);
        using var optimizer = new AdamW(adapter.Parameters, new AdamWOptions());
        using var generator = new Generator(2);
        var (x, y, t, text) = Inputs(model);
        var target = Tensor.Randn([.. x.Shape], generator);
        var losses = new List<double>();
        for (var step = 0; step < 30; step++)
        {
            using var scope = new TensorScope();
            adapter.Gradients.ZeroInto();
            var pass = BlockwisePass.Forward(model, x, y, t, text, adapter);
            var loss = F.MseLoss(pass.Prediction, target);
            losses.Add(loss.Item());
            pass.Backward(loss);
            optimizer.Step(adapter.Gradients, 3e-3);
        }
        Assert.True(losses[^1] < 0.8 * losses[0], $"{losses[0]} -> {losses[^1]}");
    }

    private BaseModel Quantized(TransformerQuantization type, string ara = QuantizationOptions.ComputedAra) =>
        tiny.Model.WithPacking(WeightQuantization.Of(new QuantizationOptions { Transformer = type, Ara = ara }));

    private static (Tensor X, Tensor Y, Tensor T, Tensor Text) Inputs(WanTransformer model)
    {
        using var generator = new Generator(5);
        Tensor Random(params long[] shape) => Tensor.Randn(shape, generator);
        return (Random(1, 16, 2, 8, 8), Random(1, 20, 2, 8, 8), Tensor.From([500.0], 1),
            model.EmbedText(Random(1, 5, model.Config.TextDim)));
    }

    private static Tensor Predict(WanTransformer model)
    {
        var (x, y, t, text) = Inputs(model);
        return model.Forward(x, y, t, text);
    }
}
