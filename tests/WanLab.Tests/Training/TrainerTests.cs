using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using WanLab.Adapters;
using WanLab.Datasets;
using WanLab.Media;
using WanLab.Models;
using WanLab.Runs;
using WanLab.Sampling;
using WanLab.Testing;
using WanLab.Torch.Safetensors;
using WanLab.Training;
using WanLab.Training.Validation;

namespace WanLab.Tests.Training;

public sealed class TrainerTests(MiniRun run) : TensorTest, IClassFixture<MiniRun>
{
    [Fact]
    public void A_run_writes_metrics_checkpoints_and_both_adapters()
    {
        var (steps, events, folder) = run.Train(run.Job("whole"));

        Assert.Equal(8, steps);
        var records = File.ReadLines(folder.MetricsFile).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], records.Select(r => r.GetProperty("step").GetInt32()));
        Assert.Equal("high,high,low,low,high,high,low,low", string.Join(',', records.Select(r => r.GetProperty("expert").GetString())));
        Assert.All(records, r =>
        {
            var t = r.GetProperty("timesteps")[0].GetDouble();
            Assert.True(r.GetProperty("expert").GetString() == "high" ? t is >= 900 and <= 1000 : t is >= 0 and <= 900);
            Assert.True(r.GetProperty("loss").GetDouble() > 0 && r.GetProperty("gradient_norm").GetDouble() > 0);
        });
        Assert.Equal([4, 8], folder.CheckpointSteps());
        foreach (var expert in Experts.All)
        {
            var file = SafetensorsFile.Open(folder.Checkpoint(expert, null));
            Assert.Equal(60, file.Entries.Count);
            Assert.Contains("diffusion_model.blocks.2.ffn.2.lora_B.weight", file.Entries.Keys);
            Assert.Equal("8", file.Metadata["step"]);
            Assert.True(file.Read("diffusion_model.blocks.0.self_attn.q.lora_B.weight").Abs().Max().Item() > 0);
        }
        Assert.Contains(events, e => e is RunEnded { Stopped: false });
    }

    [Fact]
    public void The_seconds_of_metrics_leave_nothing_out()
    {
        // a clock that moves on by a second whenever it is read: every reading between two steps must be booked somewhere
        var clock = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(1) };
        var marks = new List<long>();
        var job = run.Job("split") with { Validation = new() { Every = 4, Holdout = run.At("images-held") } };
        run.WriteClip(run.At("images-held"), "h", 80);
        var folder = RunFolder.Open(job.Output, job.Name);
        new Trainer(job, run.Model, folder, new TrainerRuntime
        {
            CacheFolder = run.Cache,
            Time = clock,
            Report = e =>
            {
                if (e is not StepDone) return;
                clock.AutoAdvanceAmount = TimeSpan.Zero; // this reading is the test's
                marks.Add(clock.GetTimestamp());
                clock.AutoAdvanceAmount = TimeSpan.FromSeconds(1);
            },
        }).Run(CancellationToken.None);

        var seconds = File.ReadLines(folder.MetricsFile).Select(line => JsonDocument.Parse(line).RootElement
            .GetProperty("seconds")
            .EnumerateObject()
            .ToDictionary(p => p.Name, p => p.Value.GetDouble())).ToList();
        for (var k = 1; k < seconds.Count; k++)
            Assert.Equal(clock.GetElapsedTime(marks[k - 1], marks[k]).TotalSeconds, seconds[k].Values.Sum(), 1e-6);
        Assert.All(seconds, s => Assert.True(s.Keys.Intersect(["commands", "data", "forward", "backward", "optimizer"]).Count() == 5));
        Assert.Equal([false, false, false, false, true, false, false, false],
            seconds.Select(s => s.ContainsKey("checkpoint") && s.ContainsKey("validation")));
    }

    [Fact]
    public void A_second_run_takes_everything_from_the_cache()
    {
        run.Train(run.Job("first") with { Training = run.Job("").Training with { Steps = 1 } });
        var (_, events, _) = run.Train(run.Job("second") with { Training = run.Job("").Training with { Steps = 1 } });

        var ready = events.OfType<DataReady>().Single();
        Assert.Equal(0, ready.Encoded);
        Assert.True(ready.FromCache > 3);
    }

    [Fact]
    public void Only_the_newest_checkpoints_are_kept()
    {
        var job = run.Job("keep") with { Save = run.Job("").Save with { Every = 2 } };
        var (_, _, folder) = run.Train(job);
        Assert.Equal([6, 8], folder.CheckpointSteps());

        folder.Pin(6);
        run.Train(job with { Training = job.Training with { Steps = 14 } }, resume: true);
        Assert.Equal([6, 12, 14], folder.CheckpointSteps());
    }

    [Fact]
    public void Metrics_name_the_items_of_every_step()
    {
        var job = run.Job("items") with { Training = run.Job("").Training with { BatchSize = 2 } };
        job = job with { Datasets = [job.Datasets[0] with { CaptionDropoutRate = 0.5 }] };
        var (_, _, folder) = run.Train(job);

        var steps = RunReader.Open(folder).Steps;
        Assert.All(steps, step => Assert.Equal(2, step.Items.Count));
        var items = steps.SelectMany(step => step.Items).ToList();
        var files = Directory.GetFiles(job.Datasets[0].Path, "*.mp4").Select(Path.GetFileName);
        Assert.Equal(files.Order(), items.Select(item => item.Clip).Distinct().Order());
        Assert.All(items, item => Assert.True(item is { Dataset: 0, Start: >= 0 }));
        Assert.Contains(items, item => item.CaptionDropped);
        Assert.Contains(items, item => !item.CaptionDropped);
    }

    [Fact]
    public void One_expert_alone_can_train()
    {
        var (_, events, folder) = run.Train(run.Job("low-only") with { Multistage = new MultistageOptions { HighNoise = false } });
        Assert.All(events.OfType<StepDone>(), e => Assert.Equal(Expert.Low, e.Record.Expert));
        Assert.False(File.Exists(folder.Checkpoint(Expert.High, null)));
        Assert.True(File.Exists(folder.Checkpoint(Expert.Low, null)));
    }

    [Fact]
    public void Bad_clips_are_reported_and_left_out()
    {
        var clips = run.At("some-bad");
        run.WriteClip(clips, "good", 1);
        run.WriteClip(clips, "truncated", 2);
        File.WriteAllBytes(Path.Combine(clips, "truncated.mp4"), File.ReadAllBytes(Path.Combine(clips, "truncated.mp4"))[..600]);
        run.WriteClip(clips, "short", 3, frames: 3);
        run.WriteClip(clips, "silent", 4);
        File.Delete(Path.Combine(clips, "silent.txt"));
        var job = run.Job("some-bad");
        var (steps, events, _) = run.Train(job with { Datasets = [job.Datasets[0] with { Path = clips }] }, allowMissing: true);

        Assert.Equal(8, steps);
        var ready = events.OfType<DataReady>().Single();
        Assert.Equal(1, ready.Clips);
        Assert.Equal(["short.mp4", "silent.mp4", "truncated.mp4"], ready.LeftOut.Select(p => Path.GetFileName(p.Path)).Order());
    }

    [Fact]
    public void A_failing_preview_is_an_event_and_training_goes_on()
    {
        var job = run.Job("previews") with
        {
            Sample = new SampleOptions
            {
                Every = 4,
                Steps = 2,
                Width = 32,
                Height = 32,
                NumFrames = 5,
                Prompts = [new PromptOptions { Prompt = "a red cube", Image = run.At("images/still.mp4") }],
            },
        };
        var (steps, events, folder) = run.Train(job, also: e =>
        {
            // something in the way of the first preview's file
            if (e is StepDone { Record.Step: 3 }) Directory.CreateDirectory(RunFolder.Open(job.Output, job.Name).Sample(4, 0) + ".mp4");
        });

        Assert.Equal(8, steps);
        Assert.Single(events.OfType<SampleFailed>(), e => e.Step == 4);
        var saved = Assert.Single(events.OfType<SampleSaved>());
        Assert.Equal(5, WanLab.Media.VideoProbe.Probe(saved.File).FrameCount);
        Assert.Equal(folder.Sample(8, 0) + ".mp4", saved.File);
    }

    [Fact]
    public void A_preview_without_its_image_is_refused_before_anything_is_opened()
    {
        var job = run.Job("no-image") with
        {
            Sample = new SampleOptions { Every = 4, Prompts = [new PromptOptions { Prompt = "a cube", Image = run.At("none.png") }] },
        };
        var events = new List<RunEvent>();
        Assert.Contains("none.png' does not exist", Assert.Throws<WanLabException>(() => run.Train(job, also: events.Add)).Message);
        Assert.Empty(events);
    }

    [Fact]
    public void An_unwritable_output_is_refused()
    {
        File.WriteAllText(run.At("file"), "");
        Assert.Contains("job.output: the run folder",
            Assert.Throws<WanLabException>(() => run.Train(run.Job("x") with { Output = run.At("file") })).Message);
    }

    [Fact]
    public void A_resumed_run_of_another_layout_is_refused()
    {
        run.Train(run.Job("layout") with { Target = new TargetOptions { Rank = 4, Modules = ["self_attn.q"] } });
        TargetOptions[] others =
        [
            new() { Rank = 8, Modules = ["self_attn.q"] },
            new() { Rank = 4, Modules = ["self_attn.k"] }, // as many parameters
            new() { Rank = 4, Alpha = 8, Modules = ["self_attn.q"] },
        ];
        foreach (var other in others)
            Assert.Contains("target.",
                Assert.Throws<WanLabException>(() => run.Train(run.Job("layout") with { Target = other }, resume: true)).Message);
    }

    [Fact]
    public void A_module_pattern_that_fits_nothing_is_refused_before_anything_is_encoded()
    {
        var events = new List<RunEvent>();
        var job = run.Job("pattern") with { Target = new TargetOptions { Modules = ["self_attn.query"] } };
        Assert.Contains("'self_attn.query' matches no linear layer",
            Assert.Throws<WanLabException>(() => run.Train(job, also: events.Add)).Message);
        Assert.Empty(events);
    }

    [Fact]
    public void A_run_stopped_while_preparing_leaves_nothing_to_keep()
    {
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => run.Train(run.Job("early"), cancellation: stop.Token, also: e => stop.Cancel()));
        Assert.False(RunFolder.Open(run.At("runs"), "early").HasRun);
        Assert.True(run.Train(run.Job("early")).Folder.HasRun);
    }

    [Fact]
    public void Metrics_that_can_not_be_written_end_the_run_with_a_reason()
    {
        var job = run.Job("metrics");
        var file = RunFolder.At(job.Output, job.Name).MetricsFile;
        Assert.Contains("metrics.jsonl: cannot be written", Assert.Throws<WanLabException>(() => run.Train(job, also: e =>
        {
            if (e is not StepDone { Record.Step: 2 }) return;
            File.Delete(file);
            Directory.CreateDirectory(file);
        })).Message);
    }

    [Fact]
    public void A_clip_is_warned_of_once()
    {
        var job = run.Job("warned") with
        {
            Datasets = [run.Job("").Datasets[0] with { FrameSampling = FrameSampling.Uniform, FlipX = true }],
        };
        var (_, events, _) = run.Train(job);
        Assert.Equal(3, events.OfType<RunWarning>().Count(w => w.Message.Contains("times as fast as life")));
        Assert.Equal(3, events.OfType<RunWarning>().Count(w => w.Message.Contains("native keeps the speed")));
    }

    [Fact]
    public void A_setting_without_effect_on_this_device_is_told_in_the_run()
    {
        var job = run.Job("offloading") with { Model = new ModelOptions { LayerOffloading = 0.5 } };
        var (_, events, folder) = run.Train(job);
        Assert.Single(events.OfType<RunWarning>(), w => w.Message.StartsWith("model.layer_offloading: has no effect on the CPU"));
        Assert.Contains("has no effect on the CPU", File.ReadAllText(folder.EventsFile));
    }

    [Fact]
    public void The_finished_adapter_reads_back_as_it_was()
    {
        var (_, _, folder) = run.Train(run.Job("read-back"));
        using var contents = LoraFile.Read(folder.Checkpoint(Expert.High, null), MiniRun.Config);
        Assert.Equal(30, contents.Modules.Count);
    }
}
