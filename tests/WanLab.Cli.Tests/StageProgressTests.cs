using WanLab.Sampling;

namespace WanLab.Cli.Tests;

public sealed class StageProgressTests
{
    [Fact]
    public void A_pipe_gets_a_line_for_each_stage_that_is_done_and_for_each_fifth_of_the_steps()
    {
        var lines = new StageProgress.StageLines();
        SampleProgress[] reported =
        [
            new(SampleStage.Text, 0, 2), new(SampleStage.Text, 1, 2), new(SampleStage.Text, 2, 2), new(SampleStage.Image, 0, 1),
            new(SampleStage.Image, 1, 1), new(SampleStage.Load, 1, 1),
            .. Enumerable.Range(0, 21).Select(n => new SampleProgress(SampleStage.Denoise, n, 20)),
            new(SampleStage.Decode, 0, 5), new(SampleStage.Decode, 5, 5),
        ];
        Assert.Equal(
            [
                "prompts: 2 of 2", "image: 1 of 1", "steps: 4 of 20", "steps: 8 of 20", "steps: 12 of 20", "steps: 16 of 20",
                "steps: 20 of 20", "frames: 5 of 5",
            ],
            reported.Select(lines.Next).OfType<string>());
    }
}
