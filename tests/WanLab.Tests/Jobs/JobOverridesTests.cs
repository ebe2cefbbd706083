using WanLab.Models;

namespace WanLab.Tests.Jobs;

public sealed class JobOverridesTests : IDisposable
{
    private readonly JobFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Overrides_replace_and_add_and_the_last_one_wins()
    {
        var job = _folder.Job(
            JobFolder.Minimal,
            "training.steps=10", "training.steps=20", "datasets.0.num_frames=17", "datasets.0.resolutions=[256, 512]",
            "training.learning_rate={high: 1e-3, low: 2e-3}", $"datasets.1.path={_folder.At("model")}", " save.keep = 0 ",
            "target.modules.0=ffn.0");

        Assert.Equal((20, 0, new PerExpert(1e-3, 2e-3)), (job.Training.Steps, job.Save.Keep, job.Training.LearningRate));
        Assert.Equal(17, job.Datasets[0].NumFrames);
        Assert.Equal([256, 512], job.Datasets[0].Resolutions);
        Assert.Equal(_folder.At("model"), job.Datasets[1].Path);
        Assert.Equal(["ffn.0"], job.Target.Modules);
    }

    [Theory]
    [InlineData("a cat: sitting # down")]
    [InlineData("[trigger] runs")]
    [InlineData("a=b")]
    public void Text_is_taken_as_it_stands(string text)
    {
        var job = _folder.Job(JobFolder.Minimal, "job.trigger_word=ohwx", $"sample.prompts.0.prompt={text}",
            $"sample.prompts.0.image={_folder.At("start.png")}");

        Assert.Equal(text, job.Sample.Prompts[0].Prompt);
    }

    [Fact]
    public void A_path_in_an_override_starts_at_the_current_folder() =>
        Assert.Equal(Path.GetFullPath("."), _folder.Job(JobFolder.Minimal, "datasets.0.path=.").Datasets[0].Path);

    [Fact]
    public void Overrides_are_checked_like_the_file_and_come_last() =>
        Assert.Equal("""
            job.yaml:7: error: target.rank: must be at least 1, not 0
            --set: error: 'steps' is not of the form section.key=value, such as training.steps=500
            --set: error: 'training..steps=1' is not of the form section.key=value, such as training.steps=500
            --set: error: training.optimizer.name: 'training.optimizer' is a single value here ('adamw'); set it as a whole: --set training.optimizer=...
            --set: error: datasets.3.path: 'datasets' is a list of 1; name an entry by its number, from datasets.0 on (the first free number adds one)
            --set: error: datasets.path: 'datasets' is a list of 1; name an entry by its number, from datasets.0 on (the first free number adds one)
            --set: error: training.stps: is not a known key; did you mean 'training.steps'?
            --set: error: datasets.0.num_frames: 18 frames do not fit the model, which takes 4n+1; the nearest are 17 and 21
            """, _folder.Problems(
                JobFolder.Minimal + "target: {rank: 0}\n",
                "steps", "training..steps=1", "training.optimizer.name=x", "datasets.3.path=clips", "datasets.path=clips",
                "training.stps=10", "datasets.0.num_frames=18"));

    [Fact]
    public void A_mistake_in_the_file_can_be_overridden() =>
        Assert.Empty(_folder.Parse(JobFolder.Minimal + "target: {rank: 0}\n", "target.rank=8").Problems);
}
