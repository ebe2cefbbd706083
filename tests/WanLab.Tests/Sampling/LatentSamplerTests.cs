using WanLab.Diffusion;
using WanLab.Models;
using WanLab.Sampling;
using WanLab.Testing;
using WanLab.Torch;
using WanLab.Training;

namespace WanLab.Tests.Sampling;

public sealed class LatentSamplerTests(TinyBase tiny) : TensorTest, IClassFixture<TinyBase>
{
    [Fact]
    public void Without_guidance_the_negative_prompt_is_not_needed_and_experts_come_once_in_order()
    {
        using var experts = new ExpertSource(tiny.Model);
        var asked = new List<Expert>();
        var steps = new List<LatentStep>();
        var settings = new VideoSettings { Steps = 5, GuidanceScale = 1 };

        var latent = LatentSampler.Sample(settings, Experts.UsualBoundary, Conditions(negative: false), Noise(), e =>
        {
            asked.Add(e);
            return experts.Open(e);
        }, steps.Add);

        Assert.Equal([1, 16, 2, 4, 4], latent.Shape);
        Assert.Equal(Experts.All, asked);
        Assert.Equal(settings.Schedule().Timesteps, steps.Select(s => s.Timestep));
        Assert.All(steps, s => Assert.Equal(s.Timestep >= 900, s.Expert == Expert.High));
        Assert.False(new SampleRequest { Prompt = "", Image = "", Video = settings }.NeedsNegative());
    }

    [Fact]
    public void Guidance_pushes_away_from_the_negative_prompt()
    {
        using var experts = new ExpertSource(tiny.Model);
        Tensor At(double guidance) => LatentSampler.Sample(
            new VideoSettings { Sampler = Solver.Euler, Steps = 1, GuidanceScale = guidance }, Experts.UsualBoundary,
            Conditions(negative: true), Noise(), experts.Open);

        Tensor one = At(1), two = At(2), four = At(4);

        // one step of Euler is linear in the velocity: x(4) - x(1) = 3 (x(2) - x(1))
        Assert.InRange(((four - one) - (two - one) * 3).Abs().Max().Item(), 0, 1e-4);
        Assert.True((two - one).Abs().Max().Item() > 1e-3);
    }

    [Theory]
    [InlineData(0.9, 1, 3, true)]
    [InlineData(0.9, 3, 1, true)]
    [InlineData(0.9, 1, 1, false)]
    [InlineData(0.0001, 1, 3, false)] // no step is the low expert's
    public void The_negative_prompt_counts_where_an_expert_at_work_is_guided(double boundary, double high, double low, bool needed)
    {
        Assert.Equal(needed, new SampleRequest
        {
            Prompt = "",
            Image = "",
            Boundary = boundary,
            Video = new() { Steps = 8, GuidanceScale = new PerExpert(high, low) },
        }.NeedsNegative());
    }

    private static Tensor Noise() => Random(1, 1, 16, 2, 4, 4);

    private LatentConditions Conditions(bool negative)
    {
        var width = tiny.Model.Config.TextDim;
        return new(Random(2, 1, 20, 2, 4, 4), Random(3, 1, 7, width), negative ? Random(4, 1, 2, width) : null);
    }

    private static Tensor Random(ulong seed, params long[] shape)
    {
        using var generator = new Generator(seed);
        return Tensor.Randn(shape, generator);
    }
}
