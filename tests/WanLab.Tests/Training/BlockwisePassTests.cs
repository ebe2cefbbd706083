using WanLab.Adapters;
using WanLab.Models.Transformer;
using WanLab.Models.Vae;
using WanLab.Testing;
using WanLab.Torch;
using WanLab.Training;

namespace WanLab.Tests.Training;

public sealed class BlockwisePassTests : TensorTest
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(3, "blocks.1.self_attn.q")]
    [InlineData(3, "blocks.2.ffn.0")]
    [InlineData(3, "blocks.0.self_attn.v")]
    public void Recomputing_blocks_gives_the_gradients_of_the_whole_graph(int layers, params string[] modules)
    {
        var config = MiniRun.Config with { NumLayers = layers };
        using var model = new WanTransformer(MiniRun.Draw(config.Shapes(), 1), config);
        using var adapter = LoraAdapter.Create(config, new TargetOptions { Rank = 3, Modules = modules }, 1);
        using var generator = new Generator(2);
        // Up is zero in a new adapter, which would hide Down's gradients.
        adapter.Parameters.CopyInto(Tensor.Randn([adapter.Parameters.Count], generator) * 0.1);
        var (x, y, target) = (Tensor.Randn([2, 16, 2, 4, 6], generator), Tensor.Randn([2, 20, 2, 4, 6], generator),
            Tensor.Randn([2, 16, 2, 4, 6], generator));
        var t = Tensor.From([950.0, 120.0], 2);
        var text = model.EmbedText(Tensor.Randn([2, 5, config.TextDim], generator));

        F.MseLoss(model.Forward(x, y, t, text, adapter), target).Backward();
        var whole = adapter.Gradients.Clone();
        adapter.Gradients.ZeroInto();
        var pass = BlockwisePass.Forward(model, x, y, t, text, adapter);
        pass.Backward(F.MseLoss(pass.Prediction, target));

        Assert.True(whole.Abs().Max().Item() > 1e-5);
        Assert.Equal(0, (whole - adapter.Gradients).Abs().Max().Item());
    }
}
