using WanLab.Sampling;

namespace WanLab.Tests.Sampling;

public sealed class SampleOptionsTests
{
    private static readonly VideoSettings Usual = new() { Steps = 10, WalkSeed = true };

    private static readonly SampleOptions Sample = new()
    {
        Steps = 10,
        WalkSeed = true,
        Prompts =
        [
            new() { Prompt = "a", Image = "a.png" },
            new() { Prompt = "b", Image = "b.png", Settings = Usual with { Steps = 4, NegativePrompt = "blurry" } },
            new() { Prompt = "c", Image = "c.png", Settings = Usual with { Seed = 7, WalkSeed = false } },
            new() { Prompt = "d", Image = "d.png", Settings = Usual with { Seed = 7 } },
        ],
    };

    [Fact]
    public void Seeds_walk_from_the_section_s_or_the_prompt_s_own() =>
        Assert.Equal([42, 43, 7, 10], Enumerable.Range(0, 4).Select(i => Sample.For(i).Seed));

    [Fact]
    public void A_prompt_has_the_settings_of_the_section_or_its_own()
    {
        Assert.Equal(Usual with { WalkSeed = false }, Sample.For(0));
        Assert.Equal(Usual with { Steps = 4, NegativePrompt = "blurry", Seed = 43, WalkSeed = false }, Sample.For(1));
    }

    [Fact]
    public void A_record_of_version_0_1_0_is_read_and_written_in_the_same_form()
    {
        var file = Path.Combine(WanLab.Testing.Repository.Root, "tests/WanLab.Tests/Kept/0.1.0/run/samples/000000004/00.json");

        var request = SampleFiles.Read(file).Request;

        Assert.Equal(("orbit a toy", "/kept/start.png", 0.9), (request.Prompt, request.Image, request.Boundary));
        Assert.Equal(new VideoSettings { Steps = 2, Width = 32, Height = 32, NumFrames = 5 }, request.Video);
        Assert.Equal(File.ReadAllText(file), SampleFiles.Text(SampleFiles.Read(file)));
    }
}
