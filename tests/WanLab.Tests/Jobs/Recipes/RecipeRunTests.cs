using WanLab.Diffusion;
using WanLab.Jobs;
using WanLab.Jobs.Recipes;
using WanLab.Tests.Models;
using WanLab.Training;

namespace WanLab.Tests.Jobs.Recipes;

/// <summary>The three recipes, as written, run from end to end on the embedded tiny model.</summary>
public sealed class RecipeRunTests(TinyBase tiny) : IClassFixture<TinyBase>
{
    [Theory]
    [InlineData(RecipeKind.Motion, 24)]
    [InlineData(RecipeKind.Style, 48)]
    [InlineData(RecipeKind.Character, 80)]
    public void A_recipe_runs_as_written_at_tiny_scale(RecipeKind kind, int gpu)
    {
        using var folder = RecipeClips.Of(5, 5, 5, 5, 5);
        var file = folder.At("job.yaml");
        var recipe = RecipeWriter.Write(new() { Kind = kind, Gpu = gpu, Dataset = folder.Clips, Model = RecipeRequest.TinyModel, File = file });
        var job = JobReader.Parse(recipe.Yaml, file, [$"job.output={folder.At("runs")}"]).Job!;
        var events = new List<RunEvent>();

        var steps = new Trainer(job, tiny.Model, RunFolder.Open(job.Output, job.Name), new TrainerRuntime { CacheFolder = folder.At("cache"), Report = events.Add })
            .Run(CancellationToken.None);

        Assert.Equal(job.Training.Steps, steps);
        var records = events.OfType<StepDone>().Select(e => e.Record).ToList();
        Assert.All(records, r => Assert.True(double.IsFinite(r.Loss)));
        Assert.InRange(records.Count(r => r.Expert == Expert.High) - records.Count / 2.0, 0, job.Multistage.SwitchEvery / 2.0);
        Assert.Equal(steps / job.Save.Every + 1, events.OfType<CheckpointSaved>().Count());
        Assert.Empty(events.OfType<SampleFailed>());
        Assert.Equal(2 * (1 + steps / job.Sample.Every), events.OfType<SampleSaved>().Count());
    }
}
