using WanLab.Models;
using WanLab.Runs;
using WanLab.Sampling;
using WanLab.Training;
using WanLab.Training.Validation;

namespace WanLab.Cli.Tests.Verbs;

/// <summary>Previews of a run that are made again by <c>sample --like</c>.</summary>
public sealed class SampleLikeTests(MiniRun mini) : IClassFixture<MiniRun>
{
    [Fact]
    public async Task A_preview_comes_back_to_the_bit_where_its_adapters_were_saved_as_they_are()
    {
        var folder = Train("exact", SaveDType.Fp32, steps: 5, saveEvery: 2);

        foreach (var step in (int[])[2, 5]) // a checkpoint that its record names; the finished adapters, which no record can name
        {
            var preview = folder.Sample(step, 0);
            var run = await Like(preview + (step == 2 ? ".json" : ".mp4"), $"again{step}.mp4");
            Assert.True(run.ExitCode == 0, run.Error);
            Assert.Equal(File.ReadAllBytes(preview + ".mp4"), File.ReadAllBytes(mini.At($"again{step}.mp4")));
            Assert.DoesNotContain("near", run.Error);
            Assert.Equal(step == 5, Line(run.Error).Contains(
                "the adapters of step 5: exact_high_noise.safetensors, exact_low_noise.safetensors"));
        }
        Assert.NotEqual(File.ReadAllBytes(mini.At("again2.mp4")), File.ReadAllBytes(mini.At("again5.mp4")));

        var unsaved = await Like(folder.Sample(3, 0) + ".json", "again3.mp4");
        Assert.Equal(1, unsaved.ExitCode);
        Assert.Contains("was made at step 3 of a training run, and the adapters of that step were not saved",
            Line(unsaved.Error));

        // Elsewhere nothing leads to the run.
        foreach (var ending in (string[])[".mp4", ".json"]) File.Copy(folder.Sample(5, 0) + ending, mini.At("moved" + ending));
        var moved = await Like(mini.At("moved.json"), "again.mp4");
        Assert.Equal(1, moved.ExitCode);
        Assert.Contains("give others with --lora", Line(moved.Error));
        var named = await Like(mini.At("moved.json"), "again.mp4", "--lora", folder.Checkpoint(Expert.High, null));
        Assert.True(named.ExitCode == 0, named.Error);
        Assert.Equal(File.ReadAllBytes(mini.At("again5.mp4")), File.ReadAllBytes(mini.At("again.mp4")));
    }

    [Fact]
    public async Task With_rounded_adapters_it_is_said_that_the_clip_is_near_the_preview()
    {
        var preview = Train("rounded", SaveDType.Bf16, steps: 2, saveEvery: 9).Sample(2, 0);
        const string Near = "near the preview, not equal to it: the run made it with the adapters in fp32, which were rounded to bf16";

        var again = await Like(preview + ".json", "near.mp4");
        Assert.True(again.ExitCode == 0, again.Error);
        Assert.Contains(Near, Line(again.Error));
        var other = await Like(preview + ".json", "other.mp4", "--seed", "7");
        Assert.Equal(0, other.ExitCode);
        Assert.DoesNotContain("near", other.Error);
    }

    [Fact]
    public async Task Half_of_a_pair_of_adapters_makes_no_clip()
    {
        var folder = Train("half", SaveDType.Fp32, steps: 3, saveEvery: 2);
        File.Delete(folder.Checkpoint(Expert.Low, null));

        var again = await Like(folder.Sample(3, 0) + ".json", "half.mp4");
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("or are no longer next to it in the run's checkpoints; give others with --lora", Line(again.Error));
        Assert.False(File.Exists(mini.At("half.mp4")));
    }

    [Fact]
    public async Task A_run_of_one_expert_has_one_adapter()
    {
        var folder = Train("one", SaveDType.Fp32, steps: 2, saveEvery: 9, low: false);

        var again = await Like(folder.Sample(2, 0) + ".json", "one.mp4");
        Assert.True(again.ExitCode == 0, again.Error);
        Assert.Equal(File.ReadAllBytes(folder.Sample(2, 0) + ".mp4"), File.ReadAllBytes(mini.At("one.mp4")));
    }

    private static string Line(string wrapped) => string.Join(' ', wrapped.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private Task<CliRun> Like(string record, string clip, params string[] more) =>
        CliRun.OfAsync(["sample", "--like", record, "--out", mini.At(clip), "--device", "cpu", .. more]);

    // With the embedded model, which a record needs no files for.
    private RunFolder Train(string name, SaveDType type, int steps, int saveEvery, bool low = true)
    {
        var job = mini.Job(name);
        job = job with
        {
            Multistage = job.Multistage with { SwitchEvery = 1, LowNoise = low },
            Save = new SaveOptions { Every = saveEvery, Keep = 9, DType = type },
            Training = job.Training with { Steps = steps },
            Validation = new ValidationOptions { Every = 0 },
            Sample = new SampleOptions
            {
                Every = 1,
                SkipFirst = true,
                Steps = 3,
                Width = 32,
                Height = 32,
                NumFrames = 5,
                Prompts = [new PromptOptions { Prompt = "a house", Image = mini.At("images/still.mp4") }],
            },
        };
        var folder = RunFolder.Open(job.Output, job.Name);
        new Trainer(job, BaseModel.Tiny(), folder, new TrainerRuntime { CacheFolder = mini.Cache, Report = _ => { } })
            .Run(CancellationToken.None);
        return folder;
    }
}
