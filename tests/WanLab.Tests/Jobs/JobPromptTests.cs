using WanLab.Diffusion;
using WanLab.Sampling;
using WanLab.Training;

namespace WanLab.Tests.Jobs;

public sealed class JobPromptTests : IDisposable
{
    private readonly JobFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Overrides_replace_just_what_they_name()
    {
        // The section's own steps stand below the prompts.
        var sample = _folder.Job(JobFolder.Minimal + """
            sample:
              prompts:
                - {prompt: a, image: start.png}
                - {prompt: b, image: start.png, width: 64, negative_prompt: blurry}
                - {prompt: c, image: start.png, steps: 8}
                - {prompt: d, image: start.png, negative_prompt: none, width: 32}
              steps: 8
              width: 32
              negative_prompt: grey
            """).Sample;

        Assert.Null(sample.Prompts[0].Settings);
        Assert.Equal(sample.Plain() with { Width = 64, NegativePrompt = "blurry" }, sample.Prompts[1].Settings);
        Assert.Null(sample.Prompts[2].Settings);
        Assert.Null(sample.Prompts[3].Settings);
    }

    [Fact]
    public void Every_setting_of_the_section_can_be_overridden_in_a_prompt()
    {
        var settings = new VideoSettings
        {
            Every = 1,
            SkipFirst = false,
            Sampler = Solver.Euler,
            Steps = 1,
            Shift = 1,
            Width = 16,
            Height = 16,
            GuidanceScale = 1,
            Seed = 1,
            WalkSeed = true,
            NumFrames = 5,
            Fps = 1,
            NegativePrompt = "n",
        };
        var job = _folder.Job(JobFolder.Minimal) with
        {
            Sample = new() { Prompts = [new() { Prompt = "a", Image = _folder.At("start.png"), Settings = settings }] },
        };

        var again = _folder.Job(JobWriter.Write(job));

        Assert.Equal(settings, again.Sample.Prompts[0].Settings);
        Assert.Equal(JobWriter.Write(job), JobWriter.Write(again));
    }
}
