using WanLab.Diffusion;
using WanLab.Diffusion.Solvers;
using WanLab.Models;
using WanLab.Parity;
using WanLab.Testing;
using WanLab.Torch;

namespace WanLab.Tests.Diffusion;

public sealed class SolverTests : TensorTest
{
    [Fact]
    public void The_golden_runs_are_met()
    {
        var results = SolversParity.Run(GoldenCase.Open(Path.Combine(Repository.Root, "tests/goldens/solvers.json"))).ToList();
        Assert.Equal(15, results.Count);
        Assert.All(results, result => Assert.InRange(result.Error, 0, result.Output.StartsWith("out.x") ? 3e-6 : 1e-7));
    }

    [Fact]
    public void Unipc_gives_the_official_toy_values_at_every_step()
    {
        float[][] expected =
        [
            [0.961916685f, -0.51664269f, 0.222637013f, 1.94762301f],
            [0.910229087f, -0.537428677f, 0.186400235f, 1.87533438f],
            [0.837025762f, -0.562195778f, 0.137414992f, 1.76984024f],
            [0.727109253f, -0.584680438f, 0.0712144077f, 1.60163581f],
            [0.501327693f, -0.591951907f, -0.0453120843f, 1.23018086f],
        ];
        var seen = new List<float[]>();
        var end = Solver.UniPc.Solve(Toy, Start(), Schedules.UniPc(5, 5), (_, x) => seen.Add(x.ToArray<float>()));

        for (var i = 0; i < 5; i++) Near(expected[i], seen[i]);
        Near(expected[4], end.ToArray<float>());
        Near([0.625157535f, -0.485914826f, 0.0696211681f, 1.36587226f],
            Solver.UniPc.Solve(Toy, Start(), Schedules.UniPc(40, 5)).ToArray<float>());
    }

    [Fact]
    public void Dpm_gives_the_official_toy_values() =>
        Near([0.496855915f, -0.595739007f, -0.0494415835f, 1.22525251f],
            Solver.DpmPlusPlus.Solve(Toy, Start(), Schedules.DpmSolver(5, 5)).ToArray<float>());

    // dx/dsigma = -0.8 x has a closed solution: halving the steps, even in lambda, must divide the error by 2^order.
    [Theory]
    [InlineData("euler", 1)]
    [InlineData("dpm++", 2)]
    [InlineData("unipc", 2)]
    public void The_order_of_convergence_is_as_named(string name, int order)
    {
        double Error(int steps)
        {
            const double from = 0.9, to = 0.1;
            double start = Math.Log(from / (1 - from)), stride = (Math.Log(to / (1 - to)) - start) / steps;
            float[] sigmas = [.. Enumerable.Range(0, steps + 1).Select(i => (float)(1 / (1 + Math.Exp(-start - i * stride))))];
            var end = Solver.Parse(name).Solve((x, _) => x * -0.8, Tensor.Full([1], 1), new Schedule(sigmas, new long[steps])).Item();
            return Math.Abs(end - Math.Exp(0.8 * (from - to)));
        }

        Assert.InRange(Math.Log2(Error(40) / Error(80)), order - 0.3, order + 0.3);
    }

    [Theory]
    [InlineData("euler")]
    [InlineData("dpm++")]
    [InlineData("unipc")]
    public void A_single_step_lands_on_the_predicted_data(string name)
    {
        var solver = Solver.Parse(name);
        var schedule = solver.Schedule(1, 5);
        var data = Tensor.From([0.5f, -1], 2);
        var x = Tensor.From([1f, 3], 2);
        var end = solver.Solve((at, _) => (at - data) / schedule.Sigmas[0], x, schedule);

        Near(data.ToArray<float>(), end.ToArray<float>());
        Assert.Equal([1f, 3], x.ToArray<float>());
    }

    [Theory]
    [InlineData("euler")]
    [InlineData("dpm++")]
    [InlineData("unipc")]
    public void Memory_does_not_grow_with_the_steps_and_cancelling_leaves_nothing(string name)
    {
        var solver = Solver.Parse(name);
        var x = Start();
        var live = new List<long>();
        solver.Solve(Toy, x, solver.Schedule(12, 5), (_, _) => live.Add(Runtime.LiveTensors)).Dispose();
        Assert.Equal(live[3], live[10]);

        var before = Runtime.LiveTensors;
        using var stop = new CancellationTokenSource();
        var steps = 0;
        Assert.Throws<OperationCanceledException>(() => solver.Solve(Toy, x, solver.Schedule(12, 5), (i, _) =>
        {
            steps++;
            if (i == 4) stop.Cancel();
        }, stop.Token));
        Assert.Equal(5, steps);
        Assert.Equal(before, Runtime.LiveTensors);
    }

    [Fact]
    public void The_sample_is_kept_in_fp32_whatever_the_model_returns()
    {
        var end = Solver.UniPc.Solve((x, t) => Toy(x, t).To(DType.BFloat16), Start().To(DType.BFloat16), Schedules.UniPc(5, 5),
            (_, x) => Assert.Equal(DType.Float32, x.DType));
        Assert.Equal(DType.Float32, end.DType);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1e-8f)]
    [InlineData(3e-6f)]
    [InlineData(1.1e-5f)]
    [InlineData(-0.02f)]
    [InlineData(-3f)]
    [InlineData(float.NegativeInfinity)]
    public void ExpM1_is_good_to_the_last_bits(float x)
    {
        double exact = 0, term = 1;
        for (var k = 1; k < 60; k++) exact += term *= x / (double)k;
        if (float.IsInfinity(x)) exact = -1;
        Assert.InRange(Flow.ExpM1(x), exact - 1e-7 * Math.Abs(exact), exact + 1e-7 * Math.Abs(exact));
    }

    [Fact]
    public void An_unknown_sampler_is_refused() =>
        Assert.Contains("one of unipc, dpm++, euler", Assert.Throws<WanLabException>(() => Solver.Parse("heun")).Message);

    private static Tensor Start() => Tensor.From([1f, -0.5f, 0.25f, 2], 4);

    private static Tensor Toy(Tensor x, long t) => x * 0.3 + (0.7 * t / 1000 - 0.2);

    private static void Near(float[] expected, float[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 2e-6f));
}
