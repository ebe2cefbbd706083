using WanLab.Adapters;
using WanLab.Jobs;
using WanLab.Models;
using WanLab.Runs;
using WanLab.Testing;
using WanLab.Torch.Safetensors;
using WanLab.Training;

namespace WanLab.Tests.Training;

public sealed class RunBranchTests(MiniRun run) : TensorTest, IClassFixture<MiniRun>
{
    [Fact]
    public void From_a_pinned_checkpoint_training_continues_to_the_same_bits()
    {
        var (_, _, whole) = Whole("pinned", pin: 4);
        Assert.Equal([4, 12, 16], whole.States.Steps);
        var before = Bytes(whole);

        var (folder, events) = Branch(whole, 4);

        Assert.Equal("pinned-from-4", folder.Name);
        Assert.Equal(before, Bytes(whole));
        Assert.Equal(4, Assert.Single(events.OfType<RunResumed>()).Step);
        var branched = Assert.Single(RunReader.Open(folder).Events.Select(e => e.Event).OfType<RunBranched>());
        Assert.Equal((whole.Path, 4, true), (branched.Source, branched.Step, branched.Whole));
        Assert.Equal(Figures(whole), Figures(folder));
        AssertSame(whole, folder);
        Assert.Equal([4, 8, 12, 16], folder.CheckpointSteps());
    }

    [Fact]
    public void With_another_rate_only_what_follows_differs()
    {
        var (_, _, whole) = Whole("slower", pin: 4);
        var (folder, _) = Branch(whole, 4, "training.learning_rate=1e-3", "training.timestep_bias=favor_low_noise", "job.name=gentle");

        Assert.Equal("gentle", folder.Name);
        Assert.Equal(Figures(whole).Take(4), Figures(folder).Take(4));
        Assert.NotEqual(Figures(whole).Skip(4), Figures(folder).Skip(4));
        var branched = RunReader.Open(folder).Events.Select(e => e.Event).OfType<RunBranched>().Single();
        Assert.Equal(["training.learning_rate: 0.001 (was 0.01)", "training.timestep_bias: favor_low_noise (was balanced)"],
            branched.Changes.Where(c => c.Key.StartsWith("training.", StringComparison.Ordinal)).Select(c => c.ToString()).Order());
    }

    [Fact]
    public void Without_its_state_a_checkpoint_gives_the_adapters_and_the_optimizer_starts_new()
    {
        var (_, _, whole) = Whole("stateless", pin: null);
        Assert.Equal([12, 16], whole.States.Steps);

        var job = JobReader.Branched(whole, 8, []).Job;
        var folder = RunBranch.Create(whole, 8, job, run.Model, TimeProvider.System);

        Assert.False(RunReader.Open(folder).Events.Select(e => e.Event).OfType<RunBranched>().Single().Whole);
        var state = SafetensorsFile.Open(folder.States.At(8)!);
        using var scope = new Torch.TensorScope();
        foreach (var expert in Experts.All)
        {
            using var experts = ExpertTrainer.Waiting(job, run.Model, expert);
            TrainingStateOf(state, experts);
            using var saved = LoraFile.Read(whole.Checkpoint(expert, 8), run.Model.Config, expert);
            Assert.All(experts.Adapter.Modules.Zip(saved.Modules), pair =>
                Assert.True(pair.First.Down.EqualTo(pair.Second.Down) && pair.First.Up.EqualTo(pair.Second.Up), pair.First.Name));
        }
        Assert.True(state.Read("high_noise.average").EqualTo(state.Read("high_noise.parameters")));
        Assert.All(state.Entries.Keys.Where(key => key.Contains("optimizer", StringComparison.Ordinal)),
            key => Assert.Equal(0, state.Read(key).Abs().Max().Item()));

        Assert.Equal(16, run.Train(job, resume: true).Steps);
        Assert.Equal(Enumerable.Range(1, 16), Figures(folder).Select(figure => figure.Step));
    }

    [Theory]
    [InlineData(5, "has neither a checkpoint nor a saved state of step 5. There are those of 4, 8, 12, 16.")]
    [InlineData(8, "training.steps: is 8, and the run begins after step 8, so nothing is left to do", "training.steps=8")]
    [InlineData(8, "target.rank: 8 (was 4): the adapter that was trained so far has the old shape", "target.rank=8")]
    [InlineData(8, "job.seed: 7 (was 42): noise, timesteps and the order of the data follow from it", "job.seed=7")]
    [InlineData(8, "training.optimizer: prodigy (was adamw): the saved state is the other optimiser's", "training.optimizer=prodigy")]
    [InlineData(8, "already exists. Continue the run there, or give the new one another name with job.name=NAME.", "job.name=refusing")]
    public void What_cannot_be_is_refused_and_leaves_nothing(int step, string words, params string[] set)
    {
        var folder = RunFolder.At(run.Job("refusing").Output, "refusing");
        if (!folder.HasRun) Whole("refusing", pin: null);

        var error = Assert.Throws<WanLabException>(() => Branch(folder, step, set));

        Assert.Contains(words, error.Message);
        Assert.DoesNotContain(Directory.GetFileSystemEntries(run.Job("").Output), path => path.Contains("refusing-from")
            || Path.GetFileName(path).StartsWith('.'));
    }

    [Fact]
    public void An_expert_whose_file_is_lost_cannot_begin()
    {
        var (_, _, whole) = Whole("lost", pin: null);
        File.Delete(whole.Checkpoint(Expert.Low, 8));

        var error = Assert.Throws<WanLabException>(() => Branch(whole, 8));

        Assert.Contains("lost_000000008_low_noise.safetensors: is missing, and the state of step 8 is no longer kept", error.Message);
    }

    private (int Steps, List<RunEvent> Events, RunFolder Folder) Whole(string name, int? pin)
    {
        var job = run.Job(name);
        return run.Train(job with
        {
            Training = job.Training with { Steps = 16, Ema = new() { Enabled = true, Decay = 0.9 } },
            Save = job.Save with { Keep = 0 },
        }, also: e =>
        {
            if (e is CheckpointSaved saved && saved.Step == pin) RunFolder.At(job.Output, job.Name).Pin(saved.Step);
        });
    }

    private (RunFolder Folder, List<RunEvent> Events) Branch(RunFolder source, int step, params string[] set)
    {
        var job = JobReader.Branched(source, step, set).Job;
        RunBranch.Create(source, step, job, run.Model, TimeProvider.System);
        var (_, events, folder) = run.Train(job, resume: true);
        return (folder, events);
    }

    private static void TrainingStateOf(SafetensorsFile state, ExpertTrainer trainer)
    {
        using var off = Torch.GradMode.Off();
        trainer.Adapter.Parameters.CopyInto(state.Read($"{trainer.Expert.Name()}.parameters"));
    }

    private static List<(int Step, double Loss, double Norm)> Figures(RunFolder folder) =>
        [.. RunReader.Open(folder).Steps.Select(step => (step.Step, step.Loss, step.GradientNorm))];

    private static Dictionary<string, string> Bytes(RunFolder folder) =>
        Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).ToDictionary(file => file,
            file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))));

    private static void AssertSame(RunFolder expected, RunFolder actual)
    {
        foreach (var expert in Experts.All)
        {
            var (a, b) = (SafetensorsFile.Open(expected.Checkpoint(expert, null)), SafetensorsFile.Open(actual.Checkpoint(expert, null)));
            Assert.All(a.Entries.Keys, key => Assert.True(a.Read(key).EqualTo(b.Read(key)), key));
        }
    }
}
