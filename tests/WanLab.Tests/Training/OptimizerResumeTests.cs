using System.Text.Json;
using WanLab.Datasets;
using WanLab.Memory;
using WanLab.Models;
using WanLab.Runs;
using WanLab.Testing;
using WanLab.Torch;
using WanLab.Torch.Safetensors;
using WanLab.Training;
using WanLab.Training.Optimizers;

namespace WanLab.Tests.Training;

public sealed class OptimizerResumeTests(MiniRun run) : TensorTest, IClassFixture<MiniRun>
{
    private TrainingJob Job(string kind)
    {
        var job = run.Job(kind);
        var training = job.Training;
        return kind switch
        {
            "adamw" => job,
            "adamw8bit" => job with { Training = training with { Optimizer = OptimizerType.AdamW8Bit } },
            "prodigy" => job with { Training = training with { Optimizer = OptimizerType.Prodigy, LearningRate = 1 } },
            "ema" => job with { Training = training with { Ema = new EmaOptions { Enabled = true, Decay = 0.9 } } },
            "dropout" => job with { Target = job.Target with { Dropout = 0.2 } },
            "batches" => job with { Training = training with { BatchSize = 2, GradientAccumulation = 2 } },
            "quantised" => job with
            {
                Quantization = new QuantizationOptions
                {
                    Transformer = TransformerQuantization.UInt4Ara,
                    TextEncoder = TextEncoderQuantization.Float8,
                },
                Model = new ModelOptions { LowVram = true }
            },
            "guided" => job with
            {
                TriggerWord = "ohwx",
                Training = training with { Dop = new DopOptions { Enabled = true } },
                Advanced = new AdvancedOptions { DifferentialGuidance = new DifferentialGuidanceOptions { Enabled = true } },
            },
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    [Theory]
    [InlineData("adamw")]
    [InlineData("adamw8bit")]
    [InlineData("prodigy")]
    [InlineData("ema")]
    [InlineData("dropout")]
    [InlineData("batches")]
    [InlineData("guided")]
    [InlineData("quantised")]
    public void A_stopped_run_goes_on_to_the_same_bits(string kind)
    {
        var (_, _, whole) = run.Train(Job(kind) with { Name = $"{kind}-whole" });
        using var stop = new CancellationTokenSource();
        var (stopped, events, _) = run.Train(Job(kind), cancellation: stop.Token, also: e =>
        {
            if (e is StepDone { Record.Step: 3 }) stop.Cancel();
        });
        var (steps, _, resumed) = run.Train(Job(kind), resume: true);

        Assert.Equal(3, stopped);
        Assert.Contains(events, e => e is RunEnded { Stopped: true });
        Assert.Equal(8, steps);
        // the finished adapters, and the whole state: moments, estimates and averages too
        foreach (var expert in Experts.All) Same(whole.Checkpoint(expert, null), resumed.Checkpoint(expert, null));
        Same(State(whole), State(resumed));
        Assert.Equal(Enumerable.Range(1, 8), Records(resumed).Select(r => r.GetProperty("step").GetInt32()));
        Assert.Equal(Records(whole).Select(r => r.GetProperty("loss").GetDouble()),
            Records(resumed).Select(r => r.GetProperty("loss").GetDouble()));
    }

    [Fact]
    public void The_average_is_what_is_saved_and_it_lags_behind()
    {
        var (_, _, folder) = run.Train(Job("ema") with { Name = "average" });
        var state = SafetensorsFile.Open(State(folder));
        foreach (var expert in Experts.All)
        {
            var (average, parameters) = (state.Read($"{expert.Name()}.average"), state.Read($"{expert.Name()}.parameters"));
            var down = SafetensorsFile.Open(folder.Checkpoint(expert, null))
                .Read("diffusion_model.blocks.0.self_attn.q.lora_A.weight")
                .View(-1);
            Assert.True(down.EqualTo(average.Narrow(0, 0, down.Count)));
            Assert.True((average - parameters).Abs().Max().Item() > 1e-3);
        }
    }

    [Fact]
    public void The_average_follows_its_formula()
    {
        using var scene = new StepScene(run, run.Job("formula"));
        using var average = new AdapterAverage(scene.Expert.Adapter, 0.9);
        var expected = scene.Expert.Adapter.Parameters.Clone();
        for (var step = 0; step < 3; step++)
        {
            scene.Step(step);
            average.Update();
            expected = expected * 0.9 + scene.Expert.Adapter.Parameters * 0.1;
        }
        Assert.Equal(0, (expected - average.Adapter.Parameters).Abs().Max().Item(), 1e-6);
    }

    [Theory]
    [InlineData("adamw8bit")]
    [InlineData("ema")]
    public void A_state_of_another_optimizer_or_average_is_refused(string kind)
    {
        run.Train(run.Job($"plain-{kind}"));
        var error = Assert.Throws<WanLabException>(() => run.Train(Job(kind) with { Name = $"plain-{kind}" }, resume: true));
        Assert.Contains(kind == "ema" ? "training.ema.enabled: true (was false)" : $"training.optimizer: {kind} (was adamw)",
            error.Message);
    }

    [Fact]
    public void Batches_of_clips_in_two_shapes_train()
    {
        var clips = run.At("shapes");
        for (var k = 0; k < 2; k++) run.WriteClip(clips, $"short{k}", k);
        var job = Job("batches");
        var (_, events, _) = run.Train(job with
        {
            Name = "shapes",
            Datasets = [job.Datasets[0], job.Datasets[0] with { Path = clips, NumFrames = 9, FrameSampling = FrameSampling.Head }],
        });
        Assert.All(events.OfType<StepDone>(), e => Assert.Equal(4, e.Record.Timesteps.Distinct().Count()));
    }

    private static List<JsonElement> Records(RunFolder folder) =>
        [.. File.ReadLines(folder.MetricsFile).Select(line => JsonDocument.Parse(line).RootElement)];

    private static void Same(string whole, string resumed)
    {
        using var scope = new TensorScope();
        var (a, b) = (SafetensorsFile.Open(whole), SafetensorsFile.Open(resumed));
        Assert.Equal(a.Entries.Keys.Order(), b.Entries.Keys.Order());
        Assert.All(a.Entries.Keys, name => Assert.True(a.Read(name).EqualTo(b.Read(name)), name));
        // The two runs have different names.
        foreach (var (key, value) in a.Metadata.Where(m => m.Key is not ("job" or "modelspec.title" or "ss_output_name")))
            Assert.Equal(value, b.Metadata[key]);
    }

    private static string State(RunFolder folder) => folder.States.Newest(message => Assert.Fail(message))!;
}
