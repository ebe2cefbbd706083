using WanLab.Datasets;
using WanLab.Encodings;
using WanLab.Models;
using WanLab.Runs;
using WanLab.Testing;
using WanLab.Torch;
using WanLab.Torch.Safetensors;
using WanLab.Training;
using WanLab.Training.Validation;

namespace WanLab.Tests.Training;

/// <summary>Clips and captions that are not cached: encoded anew each time.</summary>
public sealed class LiveEncodingTests(MiniRun run) : TensorTest, IClassFixture<MiniRun>
{
    [Fact]
    public void A_run_without_any_cache_ends_at_the_same_bits()
    {
        var job = run.Job("cached");
        job = job with
        {
            TriggerWord = "ohwx",
            Datasets = [job.Datasets[0] with { FrameSampling = FrameSampling.Head, CaptionDropoutRate = 0.3 }],
            Training = job.Training with { Dop = new DopOptions { Enabled = true, Class = "toy" } },
            Validation = new ValidationOptions { Every = 4, Holdout = Held() },
        };
        var (_, events, cached) = run.Train(job);
        var (_, liveEvents, live) = run.Train(Live(job, "live"));

        Assert.Equal(0, liveEvents.OfType<DataReady>().Single().Encoded + liveEvents.OfType<DataReady>().Single().FromCache);
        foreach (var expert in Experts.All)
        {
            var (a, b) = (SafetensorsFile.Open(cached.Checkpoint(expert, null)), SafetensorsFile.Open(live.Checkpoint(expert, null)));
            Assert.All(a.Entries.Keys, key => Assert.True(a.Read(key).EqualTo(b.Read(key)), key));
        }
        Assert.Equal(events.OfType<ValidationDone>().Select(e => e.Record.Loss),
            liveEvents.OfType<ValidationDone>().Select(e => e.Record.Loss));
    }

    [Fact]
    public void Nothing_encoded_is_written_to_the_cache()
    {
        var cache = run.At("empty-cache");
        using var prepared = Preparation.Run(Live(run.Job("none"), "none"), run.Model, cache, _ => { }, default);
        Assert.True(prepared.Texts.IsOpen); // needed at every step
        using var scope = new Torch.TensorScope();
        Assert.Equal(2, prepared.Data.At(0, Expert.High).Clean_BCFHW.Size(2));
        // Facts of the clips are kept, as JSON.
        Assert.All(Directory.GetFiles(cache, "*", SearchOption.AllDirectories), file => Assert.Equal('{', File.ReadAllText(file)[0]));
    }

    [Fact]
    public void A_native_window_may_start_anywhere_and_resumes_exactly()
    {
        var folder = run.At("long");
        for (var k = 0; k < 2; k++) run.WriteClip(folder, $"l{k}", 90 + k, frames: 40);
        var job = run.Job("windows") with { Datasets = [run.Job("x").Datasets[0] with { Path = folder, CacheLatents = false }] };
        using (var prepared = Preparation.Run(job, run.Model, run.Cache, _ => { }, default))
        {
            var clip = Assert.IsType<LiveClip>(prepared.HeldOut.Concat(Clips(prepared, job)).First());
            var starts = Enumerable.Range(0, 100).Select(k => clip.Clip.PickFrames(k / 100.0)[0]).Distinct().Count();
            Assert.InRange(starts, 30, 36); // the windows of 5 frames in a clip of 40 at 16 fps
        }

        var (_, _, whole) = run.Train(job);
        using var stop = new CancellationTokenSource();
        run.Train(job with { Name = "stopped" }, cancellation: stop.Token, also: e =>
        {
            if (e is StepDone { Record.Step: 3 }) stop.Cancel();
        });
        var (_, _, resumed) = run.Train(job with { Name = "stopped" }, resume: true);
        var (a, b) = (SafetensorsFile.Open(whole.Checkpoint(Expert.Low, null)), SafetensorsFile.Open(resumed.Checkpoint(Expert.Low, null)));
        Assert.All(a.Entries.Keys, key => Assert.True(a.Read(key).EqualTo(b.Read(key)), key));
    }

    [Fact]
    public void Native_windows_are_the_same_bits_cached_or_not()
    {
        var job = Long("kept");
        var (_, events, cached) = run.Train(job);
        var (_, _, live) = run.Train(Live(job, "not-kept"));
        Assert.Equal(Figures(live), Figures(cached));
        AssertSame(live, cached);
        // Every window that was drawn, each once, and no other.
        var items = RunReader.Open(cached).Steps.SelectMany(step => step.Items).ToList();
        var (_, again, _) = run.Train(job with { Name = "again" });
        Assert.Equal(0, again.OfType<DataReady>().Single().Encoded);
        var windows = events.OfType<PreparationProgress>().Last(p => p.Stage == "Encoding windows");
        Assert.Equal((windows.Total, items.Select(item => (item.Clip, item.Start)).Distinct().Count()), (windows.Done, windows.Total));
        Assert.True(windows.Total > 5, $"{windows.Total}");
    }

    [Fact]
    public void A_job_may_ask_for_a_few_windows_of_each_clip_cached_or_not()
    {
        var job = Long("few") with { };
        job = job with { Datasets = [job.Datasets[0] with { NativeWindows = 2 }], Training = job.Training with { Steps = 24 } };
        var (_, _, cached) = run.Train(job);
        var (_, _, live) = run.Train(Live(job, "few-live"));
        Assert.Equal(Figures(live), Figures(cached));
        var starts = RunReader.Open(cached).Steps.SelectMany(step => step.Items).GroupBy(item => item.Clip, item => item.Start);
        Assert.All(starts, clip => Assert.Equal(2, clip.Distinct().Count()));
        Assert.All(starts, clip => Assert.True(clip.Min() < 18 && clip.Max() >= 18, $"{clip.Key}: one in each half"));
    }

    [Fact]
    public void Windows_beyond_the_bound_are_encoded_when_they_are_drawn_to_the_same_bits()
    {
        var job = Long("bounded");
        var warnings = new List<RunEvent>();
        var size = DrawnWindows.BytesOf(ClipLibrary.Scan(job.Datasets[0]).Clips[0]);
        using var bounded = Preparation.Run(job, run.Model, run.At("small-cache"), warnings.Add, default, windowBytes: 3 * size);
        using var all = Preparation.Run(job, run.Model, run.Cache, _ => { }, default);
        Assert.Equal(3, warnings.OfType<PreparationProgress>().Last(p => p.Stage == "Encoding windows").Total);
        Assert.Contains(warnings.OfType<RunWarning>(), w => w.Message.Contains("than the 3 that were encoded", StringComparison.Ordinal));
        using var scope = new Torch.TensorScope();
        for (var position = 0; position < 8; position++)
        {
            var (a, b) = (bounded.Data.At(position, Expert.High), all.Data.At(position, Expert.High));
            Assert.True(a.Clean_BCFHW.EqualTo(b.Clean_BCFHW) && a.Condition_BCFHW.EqualTo(b.Condition_BCFHW), $"{position}");
        }
    }

    [Fact]
    public void An_extended_run_encodes_the_windows_that_are_new()
    {
        var job = Long("extended");
        run.Train(job with { Training = job.Training with { Steps = 4 } });
        var (_, events, extended) = run.Train(job, resume: true);
        Assert.InRange(events.OfType<DataReady>().Single().Encoded, 0, 4);
        var (_, _, whole) = run.Train(job with { Name = "not-extended" });
        AssertSame(whole, extended);
    }

    [Fact]
    public void A_clip_whose_windows_cannot_be_encoded_is_left_out()
    {
        var job = Long("one-bad");
        var (events, broken) = (new List<RunEvent>(), "");
        using var prepared = Preparation.Run(job, run.Model, run.At("bad-cache"), e =>
        {
            events.Add(e);
            if (broken != "" || e is not PreparationProgress { Stage: "Encoding clips" }) return;
            broken = Path.Combine(job.Datasets[0].Path, "l1.mp4"); // after it was read for the first time
            File.WriteAllText(broken, "");
        }, default);
        Assert.Equal(broken, Assert.Single(events.OfType<DataReady>().Single().LeftOut).Path);
        using var scope = new Torch.TensorScope();
        for (var position = 0; position < 8; position++)
            Assert.Equal("l0.mp4", Assert.Single(prepared.Data.At(position, Expert.High).Clips).Name);
    }

    [Theory]
    [InlineData(true, TextEncoderUnload.Auto, false)]
    [InlineData(true, TextEncoderUnload.Always, false)]
    [InlineData(true, TextEncoderUnload.Never, true)]
    [InlineData(false, TextEncoderUnload.Auto, true)]
    [InlineData(false, TextEncoderUnload.Never, true)]
    public void The_text_encoder_stays_only_where_it_is_asked_to_or_needed(bool cache, TextEncoderUnload unload, bool stays)
    {
        var job = run.Job("stays") with
        {
            Training = run.Job("x").Training with { TextEncoder = new TextEncoderOptions { Cache = cache, Unload = unload } },
        };
        using var prepared = Preparation.Run(job, run.Model, run.Cache, _ => { }, default);
        Assert.Equal(stays, prepared.Texts.IsOpen);
    }

    private static IEnumerable<EncodedClip> Clips(PreparedData prepared, TrainingJob job) =>
        ClipLibrary.Scan(job.Datasets[0]).Clips.Select(prepared.Clips!.Live);

    private static TrainingJob Live(TrainingJob job, string name) => job with
    {
        Name = name,
        Datasets = [job.Datasets[0] with { CacheLatents = false }],
        Training = job.Training with { TextEncoder = new TextEncoderOptions { Cache = false } },
    };

    private TrainingJob Long(string name)
    {
        var folder = run.At($"clips of {name}");
        for (var k = 0; k < 2; k++) run.WriteClip(folder, $"l{k}", 90 + k, frames: 40);
        var job = run.Job(name);
        return job with { Datasets = [job.Datasets[0] with { Path = folder }] };
    }

    private static List<(int, double, double)> Figures(RunFolder folder) =>
        [.. RunReader.Open(folder).Steps.Select(step => (step.Step, step.Loss, step.GradientNorm))];

    private static void AssertSame(RunFolder expected, RunFolder actual)
    {
        foreach (var expert in Experts.All)
        {
            var (a, b) = (SafetensorsFile.Open(expected.Checkpoint(expert, null)), SafetensorsFile.Open(actual.Checkpoint(expert, null)));
            Assert.All(a.Entries.Keys, key => Assert.True(a.Read(key).EqualTo(b.Read(key)), key));
        }
    }

    private string Held()
    {
        var folder = run.At("held");
        for (var k = 0; k < 2; k++) run.WriteClip(folder, $"h{k}", 80 + k);
        return folder;
    }
}
