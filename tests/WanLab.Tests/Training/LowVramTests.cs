using WanLab.Adapters;
using WanLab.Datasets;
using WanLab.Memory;
using WanLab.Models;
using WanLab.Models.Vae;
using WanLab.Runs;
using WanLab.Sampling;
using WanLab.Testing;
using WanLab.Torch;
using WanLab.Torch.Safetensors;
using WanLab.Training;
using WanLab.Training.Optimizers;
using WanLab.Training.Validation;

namespace WanLab.Tests.Training;

public sealed class LowVramTests(MiniRun run) : TensorTest, IClassFixture<MiniRun>
{
    [Theory]
    [InlineData(TransformerQuantization.None, true)]
    [InlineData(TransformerQuantization.UInt4Ara, true)]
    [InlineData(TransformerQuantization.None, false)] // the other expert is opened for previews only
    public void A_run_with_one_expert_at_a_time_ends_at_the_same_bits(TransformerQuantization quantization, bool both)
    {
        var job = run.Job("x") with
        {
            Multistage = new MultistageOptions { SwitchEvery = 2, LowNoise = both },
            Quantization = new QuantizationOptions { Transformer = quantization },
            Training = run.Job("x").Training with { Optimizer = OptimizerType.AdamW8Bit, Ema = new EmaOptions { Enabled = true } },
            Validation = new ValidationOptions { Every = 3, Holdout = Clips() },
            Sample = new SampleOptions
            {
                Every = 4,
                Steps = 2,
                Width = 32,
                Height = 32,
                NumFrames = 5,
                SkipFirst = false,
                Prompts = [new PromptOptions { Prompt = "a red cube", Image = run.At("images/still.mp4") }],
            },
        };
        var name = $"{quantization}-{both}";
        var (_, events, together) = run.Train(job with { Name = $"together-{name}" });
        var (steps, apartEvents, apart) = run.Train(job with { Name = $"apart-{name}", Model = new ModelOptions { LowVram = true } });

        Assert.Equal(8, steps);
        foreach (var expert in both ? Experts.All : [Expert.High])
        {
            var (a, b) = (SafetensorsFile.Open(together.Checkpoint(expert, null)), SafetensorsFile.Open(apart.Checkpoint(expert, null)));
            Assert.All(a.Entries.Keys, key => Assert.True(a.Read(key).EqualTo(b.Read(key)), key));
        }
        Assert.Equal(events.OfType<ValidationDone>().Select(e => e.Record.Loss),
            apartEvents.OfType<ValidationDone>().Select(e => e.Record.Loss));
        Assert.Equal(3, apartEvents.OfType<SampleSaved>().Count());
        Assert.Equal(Frames(together), Frames(apart));
        // every turn but the first of a run brings its expert to the device: so says the split of the seconds
        Assert.DoesNotContain(events.OfType<StepDone>(), e => e.Record.Seconds.ContainsKey("switch"));
        Assert.Contains(apartEvents.OfType<StepDone>(), e => e.Record.Seconds.ContainsKey("switch"));
    }

    [Fact]
    public void A_run_may_go_on_with_one_expert_at_a_time_and_without_its_caches()
    {
        var job = run.Job("both") with { Datasets = [run.Job("x").Datasets[0] with { FrameSampling = FrameSampling.Head }] };
        var (_, _, whole) = run.Train(job);
        using var stop = new CancellationTokenSource();
        run.Train(job with { Name = "changed" }, cancellation: stop.Token, also: e =>
        {
            if (e is StepDone { Record.Step: 3 }) stop.Cancel();
        });
        var (_, events, changed) = run.Train(job with
        {
            Name = "changed",
            Model = new ModelOptions { LowVram = true },
            Datasets = [job.Datasets[0] with { CacheLatents = false }],
            Training = job.Training with { TextEncoder = new TextEncoderOptions { Cache = false } },
        }, resume: true);

        Assert.Equal(["datasets.0.cache_latents", "model.low_vram", "training.text_encoder.cache"],
            events.OfType<RunResumed>().Single().Changes.Select(c => c.Key).Order());
        foreach (var expert in Experts.All)
        {
            var (a, b) = (SafetensorsFile.Open(whole.Checkpoint(expert, null)), SafetensorsFile.Open(changed.Checkpoint(expert, null)));
            Assert.All(a.Entries.Keys, key => Assert.True(a.Read(key).EqualTo(b.Read(key)), key));
        }
    }

    [Fact]
    public void Only_the_expert_whose_turn_it_is_has_its_model_open()
    {
        var job = run.Job("one") with { Model = new ModelOptions { LowVram = true } };
        var before = Runtime.LiveTensors;
        using (var experts = new TrainedExperts(job, run.Model, Experts.All))
        {
            var waiting = Runtime.LiveTensors;
            Assert.DoesNotContain(experts.All, e => e.IsOnDevice);
            Assert.Equal(Expert.High, experts.Open(Expert.High).Expert);
            var one = Runtime.LiveTensors - waiting;
            Assert.Equal(MiniRun.Config.Shapes().Count, one);
            Assert.Equal([true, false], experts.All.Select(e => e.IsOnDevice));
            Assert.Throws<InvalidOperationException>(() => experts.All.Last().Model);
            experts.Open(Expert.Low);
            Assert.Equal([false, true], experts.All.Select(e => e.IsOnDevice));
            Assert.Equal(one, Runtime.LiveTensors - waiting);
        }
        Assert.Equal(before, Runtime.LiveTensors);
    }

    [Fact]
    public void What_is_trained_moves_between_devices_to_the_bit()
    {
        using var scene = new StepScene(run, run.Job("moves") with
        {
            Training = run.Job("x").Training with
            {
                Optimizer = OptimizerType.Prodigy,
                LearningRate = 1,
                Ema = new EmaOptions { Enabled = true },
            }
        });
        scene.Step(0);
        var (adapter, options) = (scene.Expert.Adapter, scene.Job.Training);
        using var first = new TrainedAdapter(WanLab.Adapters.LoraAdapter.From(adapter.Modules), options);
        first.Adapter.Gradients.CopyInto(adapter.Gradients);
        first.Update(1);
        using var moved = first.To(Device.Cpu);
        moved.Adapter.Gradients.CopyInto(adapter.Gradients);
        first.Adapter.Gradients.CopyInto(adapter.Gradients);
        first.Update(1);
        moved.Update(1);
        Assert.All(first.State.Zip(moved.State), pair => Assert.True(pair.First.Tensor.EqualTo(pair.Second.Tensor), pair.First.Name));
        Assert.Equal(first.Optimizer.Numbers, moved.Optimizer.Numbers);
    }

    [Fact]
    public void Packed_weights_can_wait_on_the_host()
    {
        var model = run.Model.WithPacking(WeightQuantization.Of(new QuantizationOptions { Transformer = TransformerQuantization.UInt4 }));
        using var shelf = new ExpertShelf(model, Expert.High, waits: true);
        using var opened = model.OpenExpert(Expert.High);
        for (var k = 0; k < 2; k++)
        {
            using var expert = shelf.Open();
            Assert.Equal(opened.Bytes, expert.Bytes);
            using var generator = new Generator(1);
            var (x, y, text) = (Tensor.Randn([1, 16, 1, 4, 4], generator), Tensor.Randn([1, 20, 1, 4, 4], generator),
                Tensor.Randn([1, 3, 16], generator));
            var t = Tensor.From([920.0], 1);
            Assert.True(opened.Forward(x, y, t, opened.EmbedText(text)).EqualTo(expert.Forward(x, y, t, expert.EmbedText(text))));
        }
    }

    private string Clips()
    {
        var folder = run.At("held");
        if (!Directory.Exists(folder))
            for (var k = 0; k < 2; k++) run.WriteClip(folder, $"h{k}", 80 + k);
        return folder;
    }

    private static List<byte[]> Frames(RunFolder folder) =>
        [.. Directory.GetFiles(Path.Combine(folder.Path, "samples"), "*.mp4", SearchOption.AllDirectories).Order()
            .Select(File.ReadAllBytes)];
}
