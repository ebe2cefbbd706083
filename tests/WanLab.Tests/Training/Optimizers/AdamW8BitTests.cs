using WanLab.Models;
using WanLab.Testing;
using WanLab.Torch;
using WanLab.Training.Optimizers;

namespace WanLab.Tests.Training.Optimizers;

public sealed class AdamW8BitTests : TensorTest
{
    [Theory]
    [InlineData(1e-4)]
    [InlineData(1e-3)]
    public void After_200_steps_its_loss_is_within_one_per_cent_of_AdamW_s(double rate)
    {
        using var plain = new FixedBatch(OptimizerType.AdamW, rate);
        using var small = new FixedBatch(OptimizerType.AdamW8Bit, rate);
        var first = plain.Step();
        Assert.Equal(first, small.Step());
        var (expected, actual) = (plain.After(199), small.After(199));
        Assert.True(expected < 0.8 * first, $"{first} -> {expected}");
        Assert.True(Math.Abs(actual - expected) <= 0.01 * expected, $"AdamW {expected}, in 8 bits {actual}");
    }

    [Fact]
    public void Its_state_takes_two_bytes_a_parameter_and_a_scale_for_each_256()
    {
        using var optimizer = new AdamW8Bit(Tensor.Zeros([25600]), new AdamWOptions());
        Assert.Equal(2 * 25600 + 2 * 100 * 4, optimizer.Tensors.Sum(part => part.Tensor.Bytes));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(1000, true)]
    [InlineData(1000, false)]
    [InlineData((1 << 20) + 300, false)] // more than one stretch, and a part of a block
    public void The_first_step_is_AdamW_s(int count, bool fused)
    {
        using var generator = new Generator(1);
        var (a, gradient) = (Tensor.Randn([count], generator), Tensor.Randn([count], generator));
        var b = a.Clone();
        using var plain = new AdamW(a, new AdamWOptions());
        using var small = new AdamW8Bit(b, new AdamWOptions(), fused);
        plain.Step(gradient, 1e-2);
        small.Step(gradient, 1e-2);
        Assert.Equal(0, (a - b).Abs().Max().Item(), 1e-6);
    }

    [Fact]
    public void The_fused_operator_does_what_the_plain_ones_do()
    {
        using var generator = new Generator(1);
        var a = Tensor.Randn([3000], generator);
        var b = a.Clone();
        using var fused = new AdamW8Bit(a, new AdamWOptions { WeightDecay = 0.1 }, fused: true);
        using var plain = new AdamW8Bit(b, new AdamWOptions { WeightDecay = 0.1 }, fused: false);
        for (var step = 0; step < 10; step++)
        {
            var gradient = Tensor.Randn([3000], generator) * Tensor.Rand([3000], generator).Pow(8);
            fused.Step(gradient, 1e-2);
            plain.Step(gradient, 1e-2);
        }
        // where a sum's last bit lies across a rounding, a code may differ by one
        foreach (var (x, y) in fused.Tensors.Zip(plain.Tensors))
        {
            var apart = (x.Tensor.To(DType.Float32) - y.Tensor.To(DType.Float32)).Abs();
            Assert.True(apart.ClampMin(1e-5).To(DType.Float64).Mean().Item() < 2e-3, x.Name);
        }
        Assert.Equal(0, (a - b).Abs().Max().Item(), 2e-3);
        Assert.Equal(0, (a - b).Abs().Mean().Item(), 1e-5);
    }

    [Fact]
    public void Gradients_of_very_different_size_in_one_block_move_alike()
    {
        // constant gradients: AdamW moves each parameter by the rate at every step, whatever its gradient's size
        var gradient = Tensor.From([.. Enumerable.Range(0, 256).Select(k => (float)Math.Pow(10, -5.0 * k / 255))], 256);
        var parameters = Tensor.Zeros([256]);
        using var optimizer = new AdamW8Bit(parameters, new AdamWOptions { WeightDecay = 0 });
        for (var k = 0; k < 50; k++) optimizer.Step(gradient, 1e-3);
        Assert.InRange(parameters.Min().Item(), -0.1, 0);
        Assert.InRange(parameters.Max().Item(), -0.1, -0.025);
    }

    [Fact]
    public void A_block_without_gradient_stays_where_it_is()
    {
        var parameters = Tensor.Full([512], 2);
        var gradient = Tensor.Cat([Tensor.Zeros([256]), Tensor.Full([256], 1)], 0);
        using var optimizer = new AdamW8Bit(parameters, new AdamWOptions { WeightDecay = 0 });
        for (var k = 0; k < 3; k++) optimizer.Step(gradient, 1e-3);
        Assert.Equal(2, parameters.Narrow(0, 0, 256).Min().Item());
        Assert.True(parameters.Narrow(0, 256, 256).Max().Item() < 2);
    }
}
