using WanLab.Diffusion.Solvers;
using WanLab.Models;
using WanLab.Sampling;

namespace WanLab.Tests.Sampling;

public sealed class SampleOptionsTests
{
    private static readonly SampleOptions Sample = new()
    {
        Steps = 10,
        WalkSeed = true,
        Prompts =
        [
            new() { Prompt = "a", Image = "a.png" },
            new() { Prompt = "b", Image = "b.png", Steps = 4, NegativePrompt = "blurry" },
            new() { Prompt = "c", Image = "c.png", Seed = 7, WalkSeed = false },
            new() { Prompt = "d", Image = "d.png", Seed = 7 },
        ],
    };

    [Fact]
    public void Seeds_walk_from_the_section_s_or_the_prompt_s_own() =>
        Assert.Equal([42, 43, 7, 10], Enumerable.Range(0, 4).Select(i => Sample.For(i).Seed));

    [Fact]
    public void Overrides_replace_just_what_they_name()
    {
        Assert.Equal((10, ""), (Sample.For(0).Steps, Sample.For(0).NegativePrompt));
        var b = Sample.For(1);
        Assert.Equal((4, "blurry", 768, false), (b.Steps, b.NegativePrompt, b.Width, b.WalkSeed));
        Assert.Equal("b", Assert.Single(b.Prompts).Prompt);
    }

    [Fact]
    public void Every_setting_can_be_overridden()
    {
        var prompt = new PromptOptions
        {
            Prompt = "a",
            Image = "a.png",
            Every = 1,
            SkipFirst = false,
            Sampler = SamplerType.Euler,
            Steps = 1,
            Shift = 1,
            Width = 16,
            Height = 16,
            GuidanceScale = 1,
            Seed = 1,
            WalkSeed = false,
            NumFrames = 5,
            Fps = 1,
            NegativePrompt = "n",
        };
        var expected = new SampleOptions
        {
            Every = 1,
            SkipFirst = false,
            Sampler = SamplerType.Euler,
            Steps = 1,
            Shift = 1,
            Width = 16,
            Height = 16,
            GuidanceScale = 1,
            Seed = 1,
            WalkSeed = false,
            NumFrames = 5,
            Fps = 1,
            NegativePrompt = "n",
            Prompts = [prompt],
        };

        Assert.Equivalent(expected, new SampleOptions { WalkSeed = true, Prompts = [prompt] }.For(0), strict: true);
    }
}
