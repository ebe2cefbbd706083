using WanLab.Adapters;
using WanLab.Models.Transformer;
using WanLab.Models.Vae;
using WanLab.Testing;
using WanLab.Torch;
using WanLab.Training;

namespace WanLab.Tests.Adapters;

public sealed class LoraDropoutTests : TensorTest
{
    private const string Module = "blocks.0.self_attn.q";

    [Fact]
    public void The_mask_is_a_function_of_seed_position_module_and_element()
    {
        using var adapter = LoraAdapter.Create(MiniRun.Config, new TargetOptions { Rank = 2 }, 1);
        var x = Tensor.Zeros([2, 300, 400]);
        var mask = new LoraDropout(adapter, 0.3, 1, 5).Mask(Module, x);
        Assert.True(mask.EqualTo(new LoraDropout(adapter, 0.3, 1, 5).Mask(Module, x)));

        var kept = Kept(mask);
        Assert.Equal([0f, (float)(1 / 0.7)], mask.ToArray<float>().Distinct().Order());
        // 240 000 draws: five standard deviations are 0.005
        Assert.Equal(0.7, kept.Mean().Item(), 0.005);
        Assert.Equal(1, mask.Mean().Item(), 0.007);
        // the same share in every item, row and column: 120 000, 400, 600 draws
        Assert.InRange(kept.Mean([1, 2]).Min().Item(), 0.69, 0.71);
        Assert.InRange(kept.Mean([2]).Min().Item(), 0.58, 0.7);
        Assert.InRange(kept.Mean([2]).Max().Item(), 0.7, 0.82);
        Assert.InRange(kept.Mean([0, 1]).Min().Item(), 0.6, 0.7);
        Assert.InRange(kept.Mean([0, 1]).Max().Item(), 0.7, 0.8);
        // neighbours, and masks of other seeds, positions and modules, agree as often as chance has it: .7^2 + .3^2
        Tensor[] others =
        [
            Kept(new LoraDropout(adapter, 0.3, 2, 5).Mask(Module, x)),
            Kept(new LoraDropout(adapter, 0.3, 1, 6).Mask(Module, x)),
            Kept(new LoraDropout(adapter, 0.3, 1, 5).Mask("blocks.0.self_attn.k", x)),
        ];
        foreach (var other in others) Assert.Equal(0.58, Agreement(kept, other), 0.01);
        Assert.Equal(0.58, Agreement(kept.Narrow(1, 0, 299), kept.Narrow(1, 1, 299)), 0.01);
        Assert.Equal(0.58, Agreement(kept.Narrow(2, 0, 399), kept.Narrow(2, 1, 399)), 0.01);
        Assert.Equal(0.58, Agreement(kept.Narrow(0, 0, 1), kept.Narrow(0, 1, 1)), 0.01);
    }

    [Fact]
    public void Only_the_update_sees_the_mask()
    {
        using var generator = new Generator(2);
        using var adapter = Drawn(generator, MiniRun.Config);
        var (x, weight, bias) = (Tensor.Randn([2, 7, 48], generator), Tensor.Randn([48, 48], generator), Tensor.Randn([48], generator));
        var dropout = new LoraDropout(adapter, 0.5, 1, 0);
        var lora = adapter.Find(Module)!;
        var expected = F.Linear(x, weight, bias) + F.Linear(F.Linear(x * dropout.Mask(Module, x), lora.Down), lora.Up) * lora.Scale;
        Assert.Equal(0, (expected - dropout.Forward(Module, x, weight, bias)!).Abs().Max().Item(), 1e-5);
        Assert.Null(dropout.Forward("head.head", x, weight, bias));
        Assert.Same(adapter, LoraDropout.For(adapter, 0, 1, 0));
    }

    [Fact]
    public void Recomputed_blocks_drop_the_same_elements()
    {
        using var generator = new Generator(2);
        using var model = new WanTransformer(MiniRun.Draw(MiniRun.Config.Shapes(), 1), MiniRun.Config);
        using var adapter = Drawn(generator, MiniRun.Config);
        var (x, y, target) = (Tensor.Randn([2, 16, 2, 4, 6], generator), Tensor.Randn([2, 20, 2, 4, 6], generator),
            Tensor.Randn([2, 16, 2, 4, 6], generator));
        var (t, text) = (Tensor.From([950.0, 120.0], 2), model.EmbedText(Tensor.Randn([2, 5, MiniRun.Config.TextDim], generator)));
        var dropout = new LoraDropout(adapter, 0.4, 3, 9);

        F.MseLoss(model.Forward(x, y, t, text, dropout), target).Backward();
        var whole = adapter.Gradients.Clone();
        adapter.Gradients.ZeroInto();
        var pass = BlockwisePass.Forward(model, x, y, t, text, dropout);
        pass.Backward(F.MseLoss(pass.Prediction, target));

        Assert.True(whole.Abs().Max().Item() > 1e-5);
        Assert.Equal(0, (whole - adapter.Gradients).Abs().Max().Item());
    }

    private static Tensor Kept(Tensor mask) => (mask * 0.7).Round();

    private static double Agreement(Tensor a, Tensor b) => (1 - (a - b).Abs()).Mean().Item();

    private static LoraAdapter Drawn(Generator generator, WanTransformerConfig config)
    {
        var adapter = LoraAdapter.Create(config, new TargetOptions { Rank = 3 }, 1);
        adapter.Parameters.CopyInto(Tensor.Randn([adapter.Parameters.Count], generator) * 0.1);
        return adapter;
    }
}
