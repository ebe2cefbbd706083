using WanLab.Content;
using WanLab.Datasets;
using WanLab.Encodings;
using WanLab.Jobs;
using WanLab.Models;
using WanLab.Runs;
using WanLab.Testing;
using WanLab.Torch;
using WanLab.Torch.Safetensors;
using WanLab.Training;
using WanLab.Training.Optimizers;

namespace WanLab.Tests.Training;

public sealed class NonFiniteTests(MiniRun run) : TensorTest, IClassFixture<MiniRun>
{
    [Fact]
    public void A_step_on_a_broken_clip_changes_nothing_and_is_counted()
    {
        var job = run.Job("broken-clip");
        using var scene = new StepScene(run, job);
        var data = WithBrokenLatents(job, clip => clip.Name == "clip1.mp4");
        var training = new TrainingStep(job, data, TimeProvider.System);
        var skipped = 0;
        for (var step = 0; step < 6; step++)
        {
            var clip = data.At(step, Expert.Low).Clips[0].Name;
            var before = scene.Expert.State.Select(part => part.Tensor.Clone()).ToList();
            var updates = scene.Expert.Optimizer.Steps;
            var record = training.Run(step, scene.Expert);
            var same = before.Zip(scene.Expert.State).All(pair => pair.First.EqualTo(pair.Second.Tensor));
            if (clip == "clip1.mp4")
            {
                Assert.Equal("loss", record.NonFinite!.What);
                Assert.Equal([clip], record.NonFinite.Clips);
                Assert.Equal(record.Timesteps, record.NonFinite.Timesteps);
                Assert.True(same && scene.Expert.Optimizer.Steps == updates);
                skipped++;
            }
            else
            {
                Assert.Null(record.NonFinite);
                Assert.False(same);
            }
            Assert.Equal(skipped, record.Skipped);
        }
        Assert.Equal(2, skipped); // three clips, two epochs
    }

    [Fact]
    public void A_gradient_that_is_not_finite_is_caught_too()
    {
        var job = run.Job("gradient");
        using var scene = new StepScene(run, job);
        // large enough for the squares in the gradient's norm to overflow, small enough for the loss not to
        var big = job with
        {
            Advanced = new AdvancedOptions { DifferentialGuidance = new DifferentialGuidanceOptions { Enabled = true, Scale = 1e18 } },
            Training = job.Training with { Loss = LossType.Mae },
        };
        scene.Expert.Adapter.Parameters.MulInto(1e18);
        var before = scene.Expert.Adapter.Parameters.Clone();
        var record = new TrainingStep(big, scene.Data, TimeProvider.System).Run(0, scene.Expert);
        Assert.NotNull(record.NonFinite);
        Assert.True(before.EqualTo(scene.Expert.Adapter.Parameters));
    }

    [Fact]
    public void Three_in_a_row_end_the_run_with_the_state_before_them()
    {
        var good = run.Job("three") with { Training = run.Job("").Training with { Steps = 4 } };
        run.Train(good);
        var bad = good with
        {
            Training = good.Training with { Steps = 9 },
            Advanced = new AdvancedOptions { DifferentialGuidance = new DifferentialGuidanceOptions { Enabled = true, Scale = 1e30 } },
        };
        // differential guidance may not change on resume, so the run is made to look as if it had it from the start
        var folder = RunFolder.Open(good.Output, good.Name);
        File.WriteAllText(folder.JobFile, JobWriter.Write(bad));
        var events = new List<RunEvent>();
        var error = Assert.Throws<WanLabException>(() => run.Train(bad, resume: true, also: events.Add));
        File.WriteAllText(folder.JobFile, JobWriter.Write(good));

        Assert.Equal([5, 6, 7], events.OfType<StepSkipped>().Select(e => e.Step));
        foreach (var skipped in events.OfType<StepSkipped>())
        {
            Assert.Contains($"step {skipped.Step}, {skipped.Expert.Name()} expert: " +
                $"the loss is not finite (clip {skipped.Cause.Clips[0]}, timestep", error.Message);
            Assert.Contains(skipped.Cause.Clips[0], (string[])["clip0.mp4", "clip1.mp4", "clip2.mp4"]);
        }
        Assert.Contains("the state after step 4 was saved", error.Message);

        // from there the mended job goes on as if nothing had been
        var whole = run.Train(good with { Name = "three-whole", Training = good.Training with { Steps = 9 } }).Folder;
        var resumed = run.Train(good with { Training = good.Training with { Steps = 9 } }, resume: true).Folder;
        foreach (var expert in Experts.All)
        {
            var (a, b) = (SafetensorsFile.Open(whole.Checkpoint(expert, null)), SafetensorsFile.Open(resumed.Checkpoint(expert, null)));
            Assert.All(a.Entries.Keys, name => Assert.True(a.Read(name).EqualTo(b.Read(name)), name));
        }
        Assert.DoesNotContain("non_finite", File.ReadAllText(resumed.MetricsFile));
        Assert.Equal(3, File.ReadLines(resumed.EventsFile).Count(line => line.Contains("step_skipped")));
    }

    [Fact]
    public void A_good_step_between_starts_the_count_anew()
    {
        var limit = new SkipLimit();
        StepRecord Record(bool good) => new()
        {
            Step = 1,
            Expert = Expert.High,
            Loss = 0,
            Timesteps = [],
            LearningRate = 0,
            GradientNorm = 0,
            MemoryMib = 0,
            Seconds = new Dictionary<string, double>(),
            NonFinite = good ? null : new NonFinite("loss", ["a"], [1]),
        };
        Assert.All((bool[])[false, false, true, false, false, true], good => Assert.Empty(limit.Add(Record(good))));
        Assert.All((bool[])[false, false], good => Assert.Empty(limit.Add(Record(good))));
        Assert.Equal(3, limit.Add(Record(false)).Count);
    }

    private TrainingData WithBrokenLatents(TrainingJob job, Func<Clip, bool> broken)
    {
        var store = new ContentStore(run.Cache, _ => { });
        using var texts = new RunTexts(store, run.Model);
        using var encoder = new ClipEncoder(store, run.Model);
        var dataset = ClipLibrary.Scan(job.Datasets[0], job.TriggerWord);
        foreach (var text in dataset.Texts) texts.Add(text);
        EncodedClip Encode(Clip clip)
        {
            var encoded = encoder.Encode(clip, CancellationToken.None);
            if (!broken(clip)) return encoded;
            var (latent, condition) = encoded.Load(0);
            return new BrokenClip(clip, latent * double.NaN, condition);
        }
        return new TrainingData(job, [[.. dataset.Clips.Select(Encode)]], texts);
    }

    private sealed record BrokenClip(Clip Clip, Tensor Latent, Tensor Condition) : EncodedClip(Clip)
    {
        public override IReadOnlyList<string> Contents => [Clip.Name];

        public override (Tensor Latent, Tensor Condition) Load(double u) => (Latent, Condition);

        public override int Start(double u) => 0;
    }
}
