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
            Assert.True(starts > ClipEncoder.NativeWindows, $"{starts}");
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

    private string Held()
    {
        var folder = run.At("held");
        for (var k = 0; k < 2; k++) run.WriteClip(folder, $"h{k}", 80 + k);
        return folder;
    }
}
