using WanLab.Adapters;
using WanLab.Models;
using WanLab.Models.Vae;
using WanLab.Testing;
using WanLab.Torch;

namespace WanLab.Tests.Adapters;

public sealed class LoraAdapterTests : TensorTest
{
    [Theory]
    [InlineData(DType.Float32, 1e-6)]
    [InlineData(DType.BFloat16, 3e-2)]
    public void A_module_adds_its_scaled_product(DType dtype, double bound)
    {
        using var generator = new Generator(1);
        Tensor Random(params long[] shape) => Tensor.Randn(shape, generator);
        var module = new LoraModule("blocks.0.ffn.0", Random(4, 48) * 0.2, Random(64, 4) * 0.2, 0.5);
        using var adapter = LoraAdapter.From([module]);
        var (weight, bias) = ((Random(64, 48) * 0.2).To(dtype), Random(64).To(dtype));
        Tensor Leaf()
        {
            using var g = new Generator(2);
            var leaf = Tensor.Randn([2, 5, 48], g).To(dtype);
            leaf.RequiresGrad = true;
            return leaf;
        }

        var (x, xPlain) = (Leaf(), Leaf());
        var y = adapter.Forward("blocks.0.ffn.0", x, weight, bias)!;
        var down = module.Down.Clone();
        var up = module.Up.Clone();
        down.RequiresGrad = up.RequiresGrad = true;
        var plain = F.Linear(xPlain, weight, bias) + F.Linear(F.Linear(xPlain, down.To(dtype)), up.To(dtype)) * 0.5;
        var gradient = Random(2, 5, 64).To(dtype);
        y.Backward(gradient);
        plain.Backward(gradient);

        Close(plain, y, bound);
        Close(xPlain.Grad!, x.Grad!, bound);
        Close(down.Grad!, adapter.Modules[0].Down.Grad!, bound);
        Close(up.Grad!, adapter.Modules[0].Up.Grad!, bound);
        Assert.Null(adapter.Forward("blocks.0.ffn.2", x, weight, bias));
    }

    [Fact]
    public void A_new_adapter_is_the_base_model_and_the_same_for_the_same_seed()
    {
        using var a = LoraAdapter.Create(MiniRun.Config, new TargetOptions { Rank = 2 }, 7);
        using var b = LoraAdapter.Create(MiniRun.Config, new TargetOptions { Rank = 2 }, 7);
        using var c = LoraAdapter.Create(MiniRun.Config, new TargetOptions { Rank = 2 }, 8);

        Assert.Equal(30, a.Modules.Count);
        Assert.All(a.Modules, m => Assert.Equal(0, m.Up.Abs().Max().Item()));
        Assert.All(a.Modules, m => Assert.InRange(m.Down.Abs().Max().Item(), 1e-3, 1 / Math.Sqrt(m.Down.Size(1))));
        Assert.True(a.Parameters.EqualTo(b.Parameters));
        Assert.False(a.Parameters.EqualTo(c.Parameters));
    }

    [Fact]
    public void Patterns_choose_layers_and_one_that_fits_nothing_is_an_error()
    {
        string[] Names(params string[] patterns)
        {
            using var adapter = LoraAdapter.Create(MiniRun.Config, new TargetOptions { Rank = 1, Modules = patterns }, 1);
            return [.. adapter.Modules.Select(m => m.Name)];
        }

        Assert.Equal(["blocks.0.ffn.0", "blocks.1.ffn.0", "blocks.2.ffn.0"], Names("ffn.0"));
        Assert.Equal(["blocks.1.self_attn.q", "blocks.1.self_attn.k", "blocks.1.self_attn.v", "blocks.1.self_attn.o"],
            Names("blocks.1.self_attn.*"));
        Assert.Contains("'attn.z' matches no linear layer", Assert.Throws<WanLabException>(() => Names("ffn.0", "attn.z")).Message);
    }

    private static void Close(Tensor expected, Tensor actual, double bound)
    {
        var (e, a) = (expected.To(DType.Float32), actual.To(DType.Float32));
        Assert.True((e - a).Abs().Max().Item() <= bound * e.Abs().Max().Item());
    }
}
