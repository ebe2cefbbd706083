using WanLab.Testing;
using WanLab.Torch;
using WanLab.Training;

namespace WanLab.Tests.Training;

public sealed class LossesTests : TensorTest
{
    [Theory]
    [InlineData(LossType.Mse)]
    [InlineData(LossType.Mae)]
    [InlineData(LossType.Huber)]
    public void Values_and_gradients_are_those_of_the_definition(LossType type)
    {
        using var generator = new Generator(1);
        var (prediction, target) = (Tensor.Randn([2, 16, 1, 3, 4], generator) * 2, Tensor.Randn([2, 16, 1, 3, 4], generator));
        var weights = Tensor.From([0.25f, 1.5f], 2);
        prediction = prediction.Detach();
        prediction.RequiresGrad = true;
        var items = Losses.PerItem(type, prediction, target);
        (items * weights).Mean().Backward();

        // the definition, from plain operators that torch differentiates
        var again = prediction.Detach().Clone();
        again.RequiresGrad = true;
        var d = again - target;
        var inside = d.Abs().Clamp(0, 1); // d^2/2 up to 1 and |d| - 1/2 beyond, without a branch
        var errors = type switch
        {
            LossType.Mse => d * d,
            LossType.Mae => d.Abs(),
            _ => inside * (d.Abs() - inside * 0.5),
        };
        var expected = errors.View(2, -1).Mean([1]);
        (expected * weights).Mean().Backward();

        Assert.True((errors.Max().Item(), errors.Min().Item()) is ( > 2, < 0.5), "both branches are met");
        Assert.Equal(0, (items - expected).Abs().Max().Item(), 1e-6);
        Assert.Equal(0, (prediction.Grad! - again.Grad!).Abs().Max().Item(), 1e-8);
    }

    [Fact]
    public void Huber_is_a_square_near_zero_and_a_line_far_out()
    {
        var (prediction, target) = (Tensor.From([0.5f, 3f], 2, 1), Tensor.Zeros([2, 1]));
        Assert.Equal([0.125f, 2.5f], Losses.PerItem(LossType.Huber, prediction, target).ToArray<float>());
    }
}
