using WanLab.Adapters;
using WanLab.Diffusion;
using WanLab.Models;
using WanLab.Models.Transformer;
using WanLab.Models.Vae;
using WanLab.Testing;
using WanLab.Torch;
using WanLab.Training;

namespace WanLab.Tests.Training;

/// <summary>The step's gradients against the definition: two models, the whole graph, torch's autograd.</summary>
public sealed class GuidanceTests(MiniRun run) : TensorTest, IClassFixture<MiniRun>
{
    public static TheoryData<bool, bool, bool, int> Cases => new()
    {
        // preservation, differential guidance, captions with the trigger word, batch size
        { false, true, true, 1 },
        { true, false, true, 1 },
        { true, false, false, 1 }, // the class prompts are the captions: one pass serves both terms
        { true, true, true, 2 },
        { true, true, false, 2 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Loss_and_gradients_are_those_of_two_models(bool dop, bool guidance, bool trigger, int batchSize)
    {
        var plain = run.Job("guidance");
        var job = plain with
        {
            TriggerWord = "ohwx",
            Training = plain.Training with
            {
                BatchSize = batchSize,
                GradientAccumulation = 2,
                MaxGradNorm = 1e9,
                TimestepType = TimestepType.Weighted,
                Dop = new DopOptions { Enabled = dop, Multiplier = 0.7, Class = "toy" },
            },
            Advanced = new AdvancedOptions { DifferentialGuidance = new DifferentialGuidanceOptions { Enabled = guidance, Scale = 3 } },
            Datasets = [plain.Datasets[0] with { IsRegularization = !trigger, CaptionDropoutRate = 0 }],
        };
        using var scene = new StepScene(run, job);
        using var adapter = LoraAdapter.From(scene.Expert.Adapter.Modules);
        using var frozen = run.Model.OpenExpert(Expert.Low);
        using var trained = run.Model.OpenExpert(Expert.Low);

        var (velocity, preservation) = (0.0, 0.0);
        for (var part = 0; part < 2; part++)
        {
            var batch = scene.Data.At(10 + part, Expert.Low);
            Assert.Equal(dop && !trigger, batch.ClassIsCaption);
            Assert.Equal(batchSize, batch.Clips.Count);
            Tensor Predict(WanLab.Models.Transformer.WanTransformer model, Tensor text, ILinearAdapter? lora)
            {
                var sigma = Tensor.From([.. batch.Sigmas.Select(s => (float)s)], batchSize, 1, 1, 1, 1);
                var noisy = batch.Clean_BCFHW * (1 - sigma) + batch.Noise_BCFHW * sigma;
                return model.Forward(noisy, batch.Condition_BCFHW, Tensor.From([.. batch.Sigmas.Select(Timestep.Of)], batchSize),
                    model.EmbedText(text), lora);
            }

            var target = batch.Noise_BCFHW - batch.Clean_BCFHW;
            if (guidance)
            {
                var before = Predict(frozen, batch.Text_BTE, null);
                target = before + (target - before) * 3;
            }
            var error = Predict(trained, batch.Text_BTE, adapter) - target;
            // 0.2700781 is the bell's mean over the low-noise expert's range, up to 0.9.
            var bell = Tensor.From(
                [.. batch.Sigmas.Select(s => (float)((Math.Exp(-2 * Math.Pow(s - 0.5, 2)) - Math.Exp(-0.5)) / 0.2700781))], batchSize);
            var loss = ((error * error).View(batchSize, -1).Mean([1]) * bell).Mean();
            velocity += loss.Item() / 2;
            if (dop)
            {
                var apart = Predict(trained, batch.ClassText_BTE!, adapter) - Predict(frozen, batch.ClassText_BTE!, null);
                var held = (apart * apart).Mean() * 0.7;
                preservation += held.Item() / 2;
                loss += held;
            }
            (loss * 0.5).Backward();
        }

        var record = scene.Step(5); // its parts are positions 10 and 11
        Assert.Equal(velocity + preservation, record.Loss, 1e-4 * record.Loss);
        Assert.Equal(dop ? preservation : (double?)null, record.LossParts?["preservation"],
            (a, b) => a is null ? b is null : Math.Abs(a.Value - b!.Value) < 1e-4 * a);
        Assert.Equal(dop, preservation > 1e-3);
        var largest = adapter.Gradients.Abs().Max().Item();
        Assert.True(largest > 1e-3, $"largest gradient {largest}");
        Assert.Equal(0, (adapter.Gradients - scene.Expert.Adapter.Gradients).Abs().Max().Item(), 2e-5 * largest);
        Assert.Equal(adapter.Gradients.Norm([0]).Item(), record.GradientNorm, 1e-4 * record.GradientNorm);
        Assert.Equal(dop || guidance, record.Seconds.ContainsKey("base"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Both_guidance_terms_share_the_base_model_s_prediction_where_their_texts_are_one(bool trigger)
    {
        var plain = run.Job("share");
        var job = plain with
        {
            TriggerWord = "ohwx",
            Training = plain.Training with { Dop = new DopOptions { Enabled = true, Class = "toy" } },
            Datasets = [plain.Datasets[0] with { IsRegularization = !trigger, CaptionDropoutRate = 0 }],
        };
        using var scene = new StepScene(run, job);
        var batch = scene.Data.At(0, Expert.Low);
        var passes = new BatchPasses(scene.Expert, batch, scene.Expert.Adapter);

        var first = passes.Base(batch.Text_BTE);
        Assert.Same(first, passes.Base(batch.Text_BTE));
        Assert.Equal(!trigger, ReferenceEquals(first, passes.Base(batch.ClassText_BTE!)));
    }

    [Fact]
    public void Class_prompts_have_the_class_for_the_trigger_word()
    {
        var job = run.Job("class") with
        {
            TriggerWord = "ohwx",
            Training = new TrainingOptions { Dop = new DopOptions { Enabled = true, Class = "toy" } },
        };
        Assert.Equal("toy turns, the toy stops", TrainingData.ClassPrompt("ohwx turns, the ohwx stops", job));
    }

    [Fact]
    public void At_a_scale_of_1_the_target_stays()
    {
        using var generator = new Generator(1);
        var (target, prediction) = (Tensor.Randn([40], generator), Tensor.Randn([40], generator));
        Assert.Equal(0, (Guidance.MoveTarget(target, prediction, 1) - target).Abs().Max().Item(), 1e-6);
    }
}
