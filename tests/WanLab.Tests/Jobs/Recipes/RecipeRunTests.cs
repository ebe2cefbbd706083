using WanLab.Datasets;
using WanLab.Jobs;
using WanLab.Jobs.Recipes;
using WanLab.Memory;
using WanLab.Models;
using WanLab.Models.Tiny;
using WanLab.Planning;
using WanLab.Runs;
using WanLab.Testing;
using WanLab.Torch.Safetensors;
using WanLab.Training;

namespace WanLab.Tests.Jobs.Recipes;

/// <summary>
/// The three recipes, as written: run from end to end on the embedded tiny model, and started on a model of the real one's kind.
/// </summary>
public sealed class RecipeRunTests(TinyBase tiny, MiniRun mini) : TensorTest, IClassFixture<TinyBase>, IClassFixture<MiniRun>
{
    public static TheoryData<RecipeKind, int> All()
    {
        var data = new TheoryData<RecipeKind, int>();
        foreach (var kind in Enum.GetValues<RecipeKind>())
            foreach (var gpu in (int[])[24, 48, 80]) data.Add(kind, gpu);
        return data;
    }

    [Theory]
    [InlineData(RecipeKind.Motion, 24)]
    [InlineData(RecipeKind.Style, 48)]
    [InlineData(RecipeKind.Character, 80)]
    public void A_recipe_runs_as_written_at_tiny_scale(RecipeKind kind, int gpu)
    {
        using var folder = RecipeClips.Of(5, 5, 5, 5, 5);
        var job = Read(folder, kind, gpu, RecipeRequest.TinyModel);
        var (steps, events) = Run(job, tiny.Model, folder);

        Assert.Equal(gpu == 80 ? TransformerQuantization.Float8 : TransformerQuantization.UInt4Ara, job.Quantization.Transformer);
        Assert.Equal(TextEncoderQuantization.Float8, job.Quantization.TextEncoder);
        Assert.Equal(gpu == 24, job.Model.LowVram);
        Assert.Equal(job.Training.Steps, steps);
        var records = events.OfType<StepDone>().Select(e => e.Record).ToList();
        Assert.All(records, r => Assert.True(double.IsFinite(r.Loss)));
        Assert.InRange(records.Count(r => r.Expert == Expert.High) - records.Count / 2.0, 0, job.Multistage.SwitchEvery / 2.0);
        Assert.Equal(steps / job.Save.Every + 1, events.OfType<CheckpointSaved>().Count());
        Assert.Empty(events.OfType<SampleFailed>());
        Assert.Equal(2 * (1 + (steps + job.Sample.Every - 1) / job.Sample.Every), events.OfType<SampleSaved>().Count());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_recipe_for_the_real_model_is_read_and_planned(RecipeKind kind, int gpu)
    {
        using var folder = RecipeClips.Of(5);
        var job = Read(folder, kind, gpu, mini.At("model"));
        Assert.Equal(ModelArchitecture.Wan22I2V14B, job.Model.Architecture);

        var plan = Planner.Plan(job, [ClipLibrary.Scan(job.Datasets[0], job.TriggerWord)], gpu * (1L << 30));
        Assert.True(plan.Fits);
        Assert.Equal(gpu == 24 ? job.Training.Steps / 20 : null, plan.Switching?.Switches);
        Assert.Empty(plan.Warnings);
    }

    // Weights of the real model's layout, drawn at random and very small; the first job is the real one, sizes and all, the others
    // have small previews, as encoding a start image of full size takes most of the time. Everything is opened and encoded; then it
    // ends before its first preview.
    [Theory]
    [InlineData(RecipeKind.Motion, 80)]
    [InlineData(RecipeKind.Style, 24, "sample.width=64", "sample.height=64")]
    [InlineData(RecipeKind.Character, 48, "sample.width=64", "sample.height=64")]
    public void A_recipe_for_the_real_model_starts(RecipeKind kind, int gpu, params string[] set)
    {
        using var folder = RecipeClips.Of(5, 5, 5, 5, 5);
        var job = Read(folder, kind, gpu, mini.At("model"), set);
        using var stop = new CancellationTokenSource();
        var (steps, events) = Run(job, BaseModel.FromJob(job.Model), folder, stop.Token, e =>
        {
            if (e is SamplingProgress) stop.Cancel();
        });
        Assert.Equal(0, steps);
        Assert.Single(events.OfType<DataReady>());
        Assert.Contains(events, e => e is SamplingProgress { Step: 0, Total: 2 });
        Assert.Single(events.OfType<RunEnded>(), e => e.Stopped);
    }

    private static TrainingJob Read(RecipeClips folder, RecipeKind kind, int gpu, string model, params string[] set)
    {
        var file = folder.At("job.yaml");
        var recipe = RecipeWriter.Write(new() { Kind = kind, Gpu = gpu, Dataset = folder.Clips, Model = model, File = file });
        var reading = JobReader.Parse(recipe.Yaml, file, [$"job.output={folder.At("runs")}", .. set]);
        Assert.Empty(reading.Problems);
        return reading.Job!;
    }

    private static (int Steps, List<RunEvent> Events) Run(TrainingJob job, BaseModel model, RecipeClips folder,
        CancellationToken cancellation = default, Action<RunEvent>? also = null)
    {
        var events = new List<RunEvent>();
        var steps = new Trainer(job, model, RunFolder.Open(job.Output, job.Name), new TrainerRuntime
        {
            CacheFolder = folder.At("cache"),
            Report = e =>
            {
                events.Add(e);
                also?.Invoke(e);
            },
        }).Run(cancellation);
        return (steps, events);
    }
}
