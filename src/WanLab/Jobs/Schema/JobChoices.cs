using WanLab.Adapters;
using WanLab.Datasets;
using WanLab.Diffusion;
using WanLab.Memory;
using WanLab.Models;
using WanLab.Sampling;
using WanLab.Training;
using WanLab.Training.Optimizers;

namespace WanLab.Jobs.Schema;

/// <summary>The words of a job file for each enum's values.</summary>
internal static class JobChoices
{
    public static readonly Choice<ModelArchitecture> Architecture = new(
        ("wan-tiny", ModelArchitecture.WanTiny), ("wan22-i2v-14b", ModelArchitecture.Wan22I2V14B));

    public static readonly Choice<ResidualPrecision> Residual = new(
        ("fp32", ResidualPrecision.Fp32), ("bf16", ResidualPrecision.Bf16));

    public static readonly Choice<TransformerQuantization> Transformer = new(
        ("none", TransformerQuantization.None), ("float8", TransformerQuantization.Float8),
        ("uint4", TransformerQuantization.UInt4), ("uint4+ara", TransformerQuantization.UInt4Ara));

    public static readonly Choice<TextEncoderQuantization> TextEncoder = new(
        ("none", TextEncoderQuantization.None), ("float8", TextEncoderQuantization.Float8), ("uint4", TextEncoderQuantization.UInt4));

    public static readonly Choice<TargetType> Target = new(("lora", TargetType.Lora));

    public static readonly Choice<SaveDType> SaveDType = new(
        ("bf16", Training.SaveDType.Bf16), ("fp16", Training.SaveDType.Fp16), ("fp32", Training.SaveDType.Fp32));

    public static readonly Choice<OptimizerType> Optimizer = new(
        ("adamw", OptimizerType.AdamW), ("adamw8bit", OptimizerType.AdamW8Bit), ("prodigy", OptimizerType.Prodigy));

    public static readonly Choice<LearningRateScheduler> Scheduler = new(
        ("constant", LearningRateScheduler.Constant), ("cosine", LearningRateScheduler.Cosine), ("linear", LearningRateScheduler.Linear));

    public static readonly Choice<LossType> Loss = new(
        ("mse", LossType.Mse), ("mae", LossType.Mae), ("huber", LossType.Huber));

    public static readonly Choice<TimestepType> Timesteps = new(
        ("linear", TimestepType.Linear), ("sigmoid", TimestepType.Sigmoid),
        ("shift", TimestepType.Shift), ("weighted", TimestepType.Weighted));

    public static readonly Choice<TimestepBias> Bias = new(
        ("balanced", TimestepBias.Balanced), ("favor_high_noise", TimestepBias.FavorHighNoise),
        ("favor_low_noise", TimestepBias.FavorLowNoise));

    public static readonly Choice<TextEncoderUnload> Unload = new(
        ("auto", TextEncoderUnload.Auto), ("true", TextEncoderUnload.Always), ("false", TextEncoderUnload.Never));

    public static readonly Choice<FrameSampling> FrameSampling = new(
        ("uniform", Datasets.FrameSampling.Uniform), ("native", Datasets.FrameSampling.Native),
        ("head", Datasets.FrameSampling.Head), ("chunks", Datasets.FrameSampling.Chunks));

    public static readonly Choice<SamplerType> Sampler = new(
        ("unipc", SamplerType.UniPC), ("dpm++", SamplerType.DpmPlusPlus), ("euler", SamplerType.Euler));
}
