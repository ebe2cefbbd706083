using WanLab.Memory;
using WanLab.Models;
using WanLab.Runs;
using WanLab.Testing;
using WanLab.Torch.Safetensors;

namespace WanLab.Tests.Training;

public sealed class ResumeTests(MiniRun run) : TensorTest, IClassFixture<MiniRun>
{
    [Fact]
    public void Steps_rate_previews_and_saving_may_change_and_it_is_logged()
    {
        var job = run.Job("change");
        run.Train(job);
        var (steps, events, folder) = run.Train(job with
        {
            Training = job.Training with { Steps = 10, LearningRate = 1e-3 },
            Save = job.Save with { Every = 5 },
            Sample = job.Sample with { Steps = 3 },
        }, resume: true);

        Assert.Equal(10, steps);
        var resumed = Assert.Single(events.OfType<RunResumed>());
        Assert.Equal(8, resumed.Step);
        Assert.Equal(["sample.steps: 3 (was 25)", "save.every: 5 (was 4)", "training.learning_rate: 0.001 (was 0.01)",
            "training.steps: 10 (was 8)"], resumed.Changes.Select(c => c.ToString()).Order());
        Assert.Contains("\"run_resumed\"", File.ReadAllText(folder.EventsFile));
    }

    [Fact]
    public void What_may_not_change_is_refused_with_the_reason_and_leaves_the_run_as_it_was()
    {
        var job = run.Job("refuse");
        var (_, _, folder) = run.Train(job);
        var before = File.ReadAllText(folder.JobFile);
        var error = Assert.Throws<WanLabException>(() => run.Train(job with
        {
            Seed = 7,
            Validation = job.Validation with { Every = 0 },
            Target = job.Target with { Rank = 8, Modules = ["self_attn.q"] },
            Multistage = job.Multistage with { SwitchEvery = 3 },
            Datasets = [job.Datasets[0] with { NumFrames = 9 }],
            Quantization = new QuantizationOptions { Transformer = TransformerQuantization.Float8 },
        }, resume: true)).Message;

        Assert.Contains("job.seed: 7 (was 42): noise, timesteps and the order of the data follow from it", error);
        Assert.Contains("target.rank: 8 (was 4): the adapter that was trained so far has the old shape", error);
        Assert.Contains("validation.every: 0 (was 250): clips that were held out would be trained on, or the reverse", error);
        Assert.Contains("target.modules: [self_attn.q] (was [])", error);
        Assert.Contains("multistage.switch_every: 3 (was 2)", error);
        Assert.Contains("quantization.transformer: float8 (was none): the adapter fits the weights it was trained on", error);
        Assert.Contains("datasets.0.num_frames: 9 (was 5): the order of the data follows from it", error);
        Assert.Equal(before, File.ReadAllText(folder.JobFile));
    }

    [Fact]
    public void Other_clips_or_captions_are_refused()
    {
        var clips = run.At("moving");
        for (var k = 0; k < 3; k++) run.WriteClip(clips, $"m{k}", 40 + k);
        var job = run.Job("data") with { Datasets = [run.Job("").Datasets[0] with { Path = clips }] };
        run.Train(job);
        run.WriteClip(clips, "new", 50);
        File.WriteAllText(Path.Combine(clips, "m0.txt"), "something else");
        File.Delete(Path.Combine(clips, "m1.mp4"));

        var error = Assert.Throws<WanLabException>(() => run.Train(job, resume: true)).Message;
        Assert.Contains("datasets.0/new.mp4 is new", error);
        Assert.Contains("datasets.0/m1.mp4 is gone", error);
        Assert.Contains("datasets.0/m0.mp4 has other pixels, frames or caption", error);
    }

    [Fact]
    public void Clips_that_moved_but_are_the_same_serve()
    {
        var clips = run.At("here");
        for (var k = 0; k < 3; k++) run.WriteClip(clips, $"m{k}", 60 + k);
        var job = run.Job("moved") with { Datasets = [run.Job("").Datasets[0] with { Path = clips }] };
        run.Train(job);
        Directory.Move(clips, run.At("there"));
        var (steps, _, _) = run.Train(job with
        {
            Training = job.Training with { Steps = 9 },
            Datasets = [job.Datasets[0] with { Path = run.At("there") }],
        }, resume: true);
        Assert.Equal(9, steps);
    }

    [Fact]
    public void A_damaged_state_falls_back_to_the_one_before_and_ends_at_the_same_bits()
    {
        var (_, _, whole) = run.Train(run.Job("undamaged"));
        var (_, _, folder) = run.Train(run.Job("damaged"));
        var newest = Directory.GetFiles(Path.Combine(folder.Path, "state")).Order().Last();
        using (var stream = File.OpenWrite(newest))
        {
            stream.Seek(-5, SeekOrigin.End);
            stream.WriteByte(77);
        }
        var (steps, events, _) = run.Train(run.Job("damaged"), resume: true);

        Assert.Equal(8, steps);
        Assert.Single(events.OfType<RunWarning>(), w => w.Message.Contains("is damaged"));
        Assert.Equal(4, events.OfType<RunResumed>().Single().Step);
        foreach (var expert in Experts.All)
        {
            var (a, b) = (SafetensorsFile.Open(whole.Checkpoint(expert, null)), SafetensorsFile.Open(folder.Checkpoint(expert, null)));
            Assert.All(a.Entries.Keys, name => Assert.True(a.Read(name).EqualTo(b.Read(name)), name));
        }
    }
}
