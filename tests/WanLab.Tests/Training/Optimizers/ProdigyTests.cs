using WanLab.Testing;
using WanLab.Torch;
using WanLab.Training.Optimizers;

namespace WanLab.Tests.Training.Optimizers;

public sealed class ProdigyTests : TensorTest
{
    [Fact]
    public void It_follows_the_paper_s_algorithm()
    {
        double[] x = [0, 0, 0], start = [.. x], m = new double[3], v = new double[3], s = new double[3];
        // from 0, since float32 can not tell how little a parameter of about 1 has moved
        double d = 1e-6, r = 0;
        var parameters = Tensor.From([.. x.Select(value => (float)value)], 3);
        using var optimizer = new Prodigy(parameters, new ProdigyOptions { WeightDecay = 0.01 });
        for (var step = 0; step < 60; step++)
        {
            // Algorithm 4, scalar by scalar; gradient of (x - c)^2 / 2 with slopes of their own
            double[] g = [x[0] - 3, 10 * (x[1] - 1), 0.1 * (x[2] + 2)];
            optimizer.Step(Tensor.From([.. g.Select(value => (float)value)], 3), 0.5);
            var size = d * 0.5;
            r *= Math.Sqrt(0.999);
            for (var k = 0; k < 3; k++)
            {
                r += d / 1e-6 * size * g[k] * (start[k] - x[k]);
                m[k] = 0.9 * m[k] + 0.1 * d * g[k];
                v[k] = 0.999 * v[k] + 0.001 * d * d * g[k] * g[k];
                s[k] = Math.Sqrt(0.999) * s[k] + d / 1e-6 * size * g[k];
            }
            d = Math.Max(d, r / s.Sum(Math.Abs));
            for (var k = 0; k < 3; k++) x[k] -= size * (0.01 * x[k] + m[k] / (Math.Sqrt(v[k]) + d * 1e-8));
            Assert.Equal(d, optimizer.Distance, 1e-4 * d);
        }
        Assert.True(d > 1e-5, "the estimate grew");
        foreach (var (expected, actual) in x.Zip(parameters.ToArray<float>())) Assert.Equal(expected, actual, 1e-4);
    }

    [Fact]
    public void It_finds_its_step_size()
    {
        var parameters = Tensor.Zeros([4]);
        var solution = Tensor.From([3f, -1f, 0.5f, 2f], 4);
        using var optimizer = new Prodigy(parameters, new ProdigyOptions { WeightDecay = 0 });
        for (var k = 0; k < 1000; k++)
        {
            using var scope = new TensorScope();
            optimizer.Step(parameters - solution, 1);
        }
        Assert.InRange(optimizer.Distance, 0.01, 4);
        Assert.Equal(0, (parameters - solution).Abs().Max().Item(), 0.1);
    }

    [Fact]
    public void It_trains_an_adapter_without_being_told_a_rate()
    {
        using var batch = new FixedBatch(WanLab.Training.Optimizers.OptimizerType.Prodigy, 1);
        var first = batch.Step();
        var last = batch.After(199);
        Assert.True(last < 0.8 * first, $"{first} -> {last}");
    }
}
