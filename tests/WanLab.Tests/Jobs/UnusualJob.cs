using WanLab.Datasets;
using WanLab.Diffusion;
using WanLab.Diffusion.Solvers;
using WanLab.Memory;
using WanLab.Models;
using WanLab.Sampling;
using WanLab.Torch;
using WanLab.Torch.Safetensors;
using WanLab.Training;
using WanLab.Training.Optimizers;
using WanLab.Training.Validation;

namespace WanLab.Tests.Jobs;

/// <summary>A job in which no key has its default.</summary>
internal static class UnusualJob
{
    public static TrainingJob Value => new()
    {
        Name = "unusual",
        TriggerWord = "ohwx",
        Device = "cuda:1",
        Seed = 7,
        Output = "elsewhere",
        Model = new()
        {
            Architecture = ModelArchitecture.Wan22I2V14B,
            Path = new() { High = "/h", Low = "/l", Vae = "/v", TextEncoder = "/t", Tokenizer = "/k" },
            LowVram = true,
            LayerOffloading = 0.25,
            TextEncoderOffloading = 1,
            Residual = ResidualPrecision.Bf16,
        },
        Quantization = new()
        {
            Transformer = TransformerQuantization.UInt4Ara,
            Ara = "/ara.safetensors",
            TextEncoder = TextEncoderQuantization.Float8,
        },
        Multistage = new() { HighNoise = false, LowNoise = false, SwitchEvery = 1, HighShare = 0.36, Boundary = 0.875 },
        Target = new() { Rank = 32, Alpha = 8, Dropout = 0.1, Modules = ["self_attn.q", "*.ffn.0"] },
        Save = new() { DType = SaveDType.Fp16, Every = 100, Keep = 0 },
        Training = new()
        {
            Steps = 3,
            BatchSize = 2,
            GradientAccumulation = 4,
            Optimizer = OptimizerType.Prodigy,
            LearningRate = new(1, 0.5),
            LrScheduler = LearningRateScheduler.Cosine,
            WarmupSteps = 5,
            WeightDecay = 0,
            MaxGradNorm = 0.3,
            Loss = LossType.Huber,
            TimestepType = TimestepType.Shift,
            Shift = 3,
            TimestepBias = TimestepBias.FavorLowNoise,
            Ema = new() { Enabled = true, Decay = 0.999 },
            TextEncoder = new() { Cache = false, Unload = TextEncoderUnload.Never },
            Dop = new() { Enabled = true, Multiplier = 0.5, Class = "woman" },
        },
        Advanced = new() { DifferentialGuidance = new() { Enabled = true, Scale = 2 } },
        Datasets =
        [
            new()
            {
                Path = "/clips", DefaultCaption = "a walk", CaptionDropoutRate = 0, Weight = 0.5, Repeats = 2,
                IsRegularization = true, FlipX = true, FlipY = true, Resolutions = [256, 768], NumFrames = 1,
                FrameSampling = FrameSampling.Chunks, CacheLatents = false,
                NativeWindows = 3,
            },
            new() { Path = "/more" },
        ],
        Sample = new()
        {
            Every = 0,
            SkipFirst = false,
            Sampler = Solver.Euler,
            Steps = 4,
            Shift = 8,
            Width = 480,
            Height = 832,
            GuidanceScale = new(4, 3),
            Seed = 1,
            WalkSeed = true,
            NumFrames = 81,
            Fps = 24,
            NegativePrompt = "blurry",
            Prompts =
            [
                new()
                {
                    Prompt = "[trigger]: walks",
                    Image = "/start.png",
                    Settings = new()
                    {
                        Every = 500, SkipFirst = true, Sampler = Solver.DpmPlusPlus,
                        Steps = 6, Shift = 3, Width = 512, Height = 512, GuidanceScale = 1, Seed = 2, WalkSeed = false,
                        NumFrames = 17, Fps = 8, NegativePrompt = "",
                    },
                },
                new() { Prompt = "", Image = "/end.png" },
            ],
        },
        Validation = new() { Every = 0, Holdout = 0.2, Sigmas = new() { High = [1], Low = [0.1, 0.2] } },
        Logging = new() { TensorBoard = true },
    };
}
