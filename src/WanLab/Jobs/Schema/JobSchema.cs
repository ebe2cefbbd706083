using System.Text.RegularExpressions;
using WanLab.Adapters;
using WanLab.Datasets;
using WanLab.Memory;
using WanLab.Models;
using WanLab.Sampling;
using WanLab.Training;
using WanLab.Training.Validation;

namespace WanLab.Jobs.Schema;

/// <summary>
/// Every key of the job file, one a row: its name, kind of value, and place in the records. Reading, writing
/// and the suggestions for unknown keys all come from these rows; a new key is a new row.
/// </summary>
internal static partial class JobSchema
{
    private static readonly SwitchKind Switch = new();
    private static readonly TextKind Text = new();
    private static readonly PathKind Path = new();
    private static readonly FrameCount Frames = new();
    private static readonly PixelSize Pixels = new();
    private static readonly NumberKind<long> Seed = new(Limits.AtLeast(0));
    private static readonly NumberKind<int> Count = new(Limits.AtLeast(1));
    private static readonly NumberKind<int> CountOr0 = new(Limits.AtLeast(0));
    private static readonly NumberKind<double> Positive = new(Limits.Above0);
    private static readonly NumberKind<double> NotNegative = new(Limits.AtLeast(0));
    private static readonly NumberKind<double> Share = new(Limits.From0To1);
    private static readonly NumberKind<double> Inside = new(Limits.Between0And1);

    private static readonly Mapping<TrainingJob> Job = new(BlankJob)
    {
        { "name", new TextKind(BadName), j => j.Name, (j, v) => j with { Name = v }, "it names the run folder" },
        { "trigger_word", new Optional<string>(Text), j => j.TriggerWord, (j, v) => j with { TriggerWord = v } },
        { "device", new TextKind(BadDevice), j => j.Device, (j, v) => j with { Device = v } },
        { "seed", Seed, j => j.Seed, (j, v) => j with { Seed = v } },
        { "output", new TextKind(t => t.Length == 0 ? "must be a folder, not an empty text" : null), j => j.Output, (j, v) => j with { Output = v } },
    };

    private static readonly Mapping<ModelOptions> Model = new(() => new())
    {
        { "architecture", JobChoices.Architecture, m => m.Architecture, (m, v) => m with { Architecture = v } },
        { "path", new Optional<ModelPath>(new ModelPathKind()), m => m.Path, (m, v) => m with { Path = v } },
        { "low_vram", Switch, m => m.LowVram, (m, v) => m with { LowVram = v } },
        { "layer_offloading", Share, m => m.LayerOffloading, (m, v) => m with { LayerOffloading = v } },
        { "text_encoder_offloading", Share, m => m.TextEncoderOffloading, (m, v) => m with { TextEncoderOffloading = v } },
        { "residual", JobChoices.Residual, m => m.Residual, (m, v) => m with { Residual = v } },
    };

    private static readonly Mapping<QuantizationOptions> Quantization = new(() => new())
    {
        { "transformer", JobChoices.Transformer, q => q.Transformer, (q, v) => q with { Transformer = v } },
        { "ara", new PathKind(QuantizationOptions.ComputedAra), q => q.Ara, (q, v) => q with { Ara = v } },
        { "text_encoder", JobChoices.TextEncoder, q => q.TextEncoder, (q, v) => q with { TextEncoder = v } },
    };

    private static readonly Mapping<MultistageOptions> Multistage = new(() => new())
    {
        { "high_noise", Switch, m => m.HighNoise, (m, v) => m with { HighNoise = v } },
        { "low_noise", Switch, m => m.LowNoise, (m, v) => m with { LowNoise = v } },
        { "switch_every", Count, m => m.SwitchEvery, (m, v) => m with { SwitchEvery = v } },
        { "high_share", Inside, m => m.HighShare, (m, v) => m with { HighShare = v } },
        { "boundary", Inside, m => m.Boundary, (m, v) => m with { Boundary = v } },
    };

    private static readonly Mapping<TargetOptions> Target = new(() => new())
    {
        { "type", JobChoices.Target, t => t.Type, (t, v) => t with { Type = v } },
        { "rank", Count, t => t.Rank, (t, v) => t with { Rank = v } },
        { "alpha", Positive, t => t.Alpha, (t, v) => t with { Alpha = v } },
        { "dropout", new NumberKind<double>(Limits.From0Below1), t => t.Dropout, (t, v) => t with { Dropout = v } },
        { "modules", new ListKind<string>(Text, "[self_attn.q, self_attn.v]"), t => t.Modules, (t, v) => t with { Modules = v } },
    };

    private static readonly Mapping<SaveOptions> Save = new(() => new())
    {
        { "dtype", JobChoices.SaveDType, s => s.DType, (s, v) => s with { DType = v } },
        { "every", Count, s => s.Every, (s, v) => s with { Every = v } },
        { "keep", CountOr0, s => s.Keep, (s, v) => s with { Keep = v } },
    };

    private static readonly Mapping<EmaOptions> Ema = new(() => new())
    {
        { "enabled", Switch, e => e.Enabled, (e, v) => e with { Enabled = v } },
        { "decay", Inside, e => e.Decay, (e, v) => e with { Decay = v } },
    };

    private static readonly Mapping<TextEncoderOptions> TextEncoder = new(() => new())
    {
        { "cache", Switch, t => t.Cache, (t, v) => t with { Cache = v } },
        { "unload", JobChoices.Unload, t => t.Unload, (t, v) => t with { Unload = v } },
    };

    private static readonly Mapping<DopOptions> Dop = new(() => new())
    {
        { "enabled", Switch, d => d.Enabled, (d, v) => d with { Enabled = v } },
        { "multiplier", Positive, d => d.Multiplier, (d, v) => d with { Multiplier = v } },
        { "class", Text, d => d.Class, (d, v) => d with { Class = v } },
    };

    private static readonly Mapping<TrainingOptions> Training = new(() => new())
    {
        { "steps", Count, t => t.Steps, (t, v) => t with { Steps = v } },
        { "batch_size", Count, t => t.BatchSize, (t, v) => t with { BatchSize = v } },
        { "gradient_accumulation", Count, t => t.GradientAccumulation, (t, v) => t with { GradientAccumulation = v } },
        { "optimizer", JobChoices.Optimizer, t => t.Optimizer, (t, v) => t with { Optimizer = v } },
        { "learning_rate", new PerExpertKind(Limits.Above0To1), t => t.LearningRate, (t, v) => t with { LearningRate = v } },
        { "lr_scheduler", JobChoices.Scheduler, t => t.LrScheduler, (t, v) => t with { LrScheduler = v } },
        { "warmup_steps", CountOr0, t => t.WarmupSteps, (t, v) => t with { WarmupSteps = v } },
        { "weight_decay", NotNegative, t => t.WeightDecay, (t, v) => t with { WeightDecay = v } },
        { "max_grad_norm", Positive, t => t.MaxGradNorm, (t, v) => t with { MaxGradNorm = v } },
        { "loss", JobChoices.Loss, t => t.Loss, (t, v) => t with { Loss = v } },
        { "timestep_type", JobChoices.Timesteps, t => t.TimestepType, (t, v) => t with { TimestepType = v } },
        { "shift", Positive, t => t.Shift, (t, v) => t with { Shift = v } },
        { "timestep_bias", JobChoices.Bias, t => t.TimestepBias, (t, v) => t with { TimestepBias = v } },
        { "ema", Ema, t => t.Ema, (t, v) => t with { Ema = v } },
        { "text_encoder", TextEncoder, t => t.TextEncoder, (t, v) => t with { TextEncoder = v } },
        { "dop", Dop, t => t.Dop, (t, v) => t with { Dop = v } },
    };

    private static readonly Mapping<DifferentialGuidanceOptions> DifferentialGuidance = new(() => new())
    {
        { "enabled", Switch, d => d.Enabled, (d, v) => d with { Enabled = v } },
        { "scale", Positive, d => d.Scale, (d, v) => d with { Scale = v } },
    };

    private static readonly Mapping<AdvancedOptions> Advanced = new(() => new())
    {
        { "differential_guidance", DifferentialGuidance, a => a.DifferentialGuidance, (a, v) => a with { DifferentialGuidance = v } },
    };

    private static readonly Mapping<DatasetOptions> Dataset = new(() => new() { Path = "" })
    {
        { "path", Path, d => d.Path, (d, v) => d with { Path = v }, "it names the folder of clips" },
        { "default_caption", Text, d => d.DefaultCaption, (d, v) => d with { DefaultCaption = v } },
        { "caption_dropout_rate", Share, d => d.CaptionDropoutRate, (d, v) => d with { CaptionDropoutRate = v } },
        { "weight", Positive, d => d.Weight, (d, v) => d with { Weight = v } },
        { "repeats", Count, d => d.Repeats, (d, v) => d with { Repeats = v } },
        { "is_regularization", Switch, d => d.IsRegularization, (d, v) => d with { IsRegularization = v } },
        { "flip_x", Switch, d => d.FlipX, (d, v) => d with { FlipX = v } },
        { "flip_y", Switch, d => d.FlipY, (d, v) => d with { FlipY = v } },
        { "resolutions", new ListKind<int>(new NumberKind<int>(Limits.AtLeast(16)), "[512]", mayBeEmpty: false), d => d.Resolutions, (d, v) => d with { Resolutions = v } },
        { "num_frames", Frames, d => d.NumFrames, (d, v) => d with { NumFrames = v } },
        { "frame_sampling", JobChoices.FrameSampling, d => d.FrameSampling, (d, v) => d with { FrameSampling = v } },
        { "cache_latents", Switch, d => d.CacheLatents, (d, v) => d with { CacheLatents = v } },
    };

    private static readonly Mapping<PromptOptions> Prompt = new(() => new() { Prompt = "", Image = "" }, sparse: true)
    {
        { "prompt", Text, p => p.Prompt, (p, v) => p with { Prompt = v }, "it is the text to preview" },
        { "image", Path, p => p.Image, (p, v) => p with { Image = v }, "image-to-video starts from a control image: add 'image: FILE'" },
    };

    private static readonly Mapping<SampleOptions> Sample = SampleKeys();

    private static readonly Mapping<ValidationSigmas> Sigmas = new(() => new())
    {
        { "high", SigmaList("[0.98, 0.92]"), s => s.High, (s, v) => s with { High = v } },
        { "low", SigmaList("[0.85, 0.5]"), s => s.Low, (s, v) => s with { Low = v } },
    };

    private static readonly Mapping<ValidationOptions> Validation = new(() => new())
    {
        { "every", CountOr0, o => o.Every, (o, v) => o with { Every = v } },
        { "holdout", new HoldoutKind(), o => o.Holdout, (o, v) => o with { Holdout = v } },
        { "sigmas", Sigmas, o => o.Sigmas, (o, v) => o with { Sigmas = v } },
    };

    private static readonly Mapping<LoggingOptions> Logging = new(() => new())
    {
        { "tensorboard", Switch, o => o.TensorBoard, (o, v) => o with { TensorBoard = v } },
    };

    /// <summary>The whole file.</summary>
    public static readonly Mapping<TrainingJob> Root = new(BlankJob)
    {
        { "job", Job, j => j, (_, v) => v, "every job needs a name: 'job: {name: NAME}'" },
        { "model", Model, j => j.Model, (j, v) => j with { Model = v } },
        { "quantization", Quantization, j => j.Quantization, (j, v) => j with { Quantization = v } },
        { "multistage", Multistage, j => j.Multistage, (j, v) => j with { Multistage = v } },
        { "target", Target, j => j.Target, (j, v) => j with { Target = v } },
        { "save", Save, j => j.Save, (j, v) => j with { Save = v } },
        { "training", Training, j => j.Training, (j, v) => j with { Training = v } },
        { "advanced", Advanced, j => j.Advanced, (j, v) => j with { Advanced = v } },
        { "datasets", new ListKind<DatasetOptions>(Dataset, "'- path: FOLDER'", mayBeEmpty: false), j => j.Datasets, (j, v) => j with { Datasets = v }, "give at least one folder of clips, as '- path: FOLDER'" },
        { "sample", Sample, j => j.Sample, (j, v) => j with { Sample = v } },
        { "validation", Validation, j => j.Validation, (j, v) => j with { Validation = v } },
        { "logging", Logging, j => j.Logging, (j, v) => j with { Logging = v } },
    };

    /// <summary>Full names of all keys, as <c>training.steps</c> and <c>datasets.N.path</c>.</summary>
    public static IReadOnlyList<string> Paths => [.. Root.Paths("")];

    /// <summary>A job of defaults, without the name that every job must have.</summary>
    public static TrainingJob BlankJob() => new() { Name = "" };

    private static Mapping<SampleOptions> SampleKeys()
    {
        // Each of these rows is a key of the section and an override in a prompt's entry.
        var sample = new Mapping<SampleOptions>(() => new());
        void Both<T>(string name, Kind<T> kind, Func<SampleOptions, T> get, Func<SampleOptions, T, SampleOptions> set,
            Func<PromptOptions, T?> getOwn, Func<PromptOptions, T?, PromptOptions> setOwn) where T : struct
        {
            sample.Add(name, kind, get, set);
            Prompt.Add(name, new OptionalValue<T>(kind), getOwn, setOwn);
        }

        Both("every", CountOr0, s => s.Every, (s, v) => s with { Every = v }, p => p.Every, (p, v) => p with { Every = v });
        Both("skip_first", Switch, s => s.SkipFirst, (s, v) => s with { SkipFirst = v }, p => p.SkipFirst, (p, v) => p with { SkipFirst = v });
        Both("sampler", JobChoices.Sampler, s => s.Sampler, (s, v) => s with { Sampler = v }, p => p.Sampler, (p, v) => p with { Sampler = v });
        Both("steps", Count, s => s.Steps, (s, v) => s with { Steps = v }, p => p.Steps, (p, v) => p with { Steps = v });
        Both("shift", Positive, s => s.Shift, (s, v) => s with { Shift = v }, p => p.Shift, (p, v) => p with { Shift = v });
        Both("width", Pixels, s => s.Width, (s, v) => s with { Width = v }, p => p.Width, (p, v) => p with { Width = v });
        Both("height", Pixels, s => s.Height, (s, v) => s with { Height = v }, p => p.Height, (p, v) => p with { Height = v });
        Both("guidance_scale", new PerExpertKind(Limits.AtLeast(0)), s => s.GuidanceScale, (s, v) => s with { GuidanceScale = v }, p => p.GuidanceScale, (p, v) => p with { GuidanceScale = v });
        Both("seed", Seed, s => s.Seed, (s, v) => s with { Seed = v }, p => p.Seed, (p, v) => p with { Seed = v });
        Both("walk_seed", Switch, s => s.WalkSeed, (s, v) => s with { WalkSeed = v }, p => p.WalkSeed, (p, v) => p with { WalkSeed = v });
        Both("num_frames", Frames, s => s.NumFrames, (s, v) => s with { NumFrames = v }, p => p.NumFrames, (p, v) => p with { NumFrames = v });
        Both("fps", Count, s => s.Fps, (s, v) => s with { Fps = v }, p => p.Fps, (p, v) => p with { Fps = v });
        sample.Add("negative_prompt", Text, s => s.NegativePrompt, (s, v) => s with { NegativePrompt = v });
        Prompt.Add("negative_prompt", new Optional<string>(Text), p => p.NegativePrompt, (p, v) => p with { NegativePrompt = v });
        sample.Add("prompts", new ListKind<PromptOptions>(Prompt, "'- {prompt: TEXT, image: FILE}'"), s => s.Prompts, (s, v) => s with { Prompts = v });
        return sample;
    }

    private static ListKind<double> SigmaList(string example) =>
        new(new NumberKind<double>(Limits.Above0To1), example, mayBeEmpty: false);

    private static string? BadName(string name)
    {
        var illegal = IllegalInName().Matches(name).Select(m => $"'{m.Value}'").Distinct().ToList();
        if (illegal.Count > 0) return $"may hold letters, digits, '_', '-' and '.', but has {string.Join(", ", illegal)}";
        return name.Trim('.').Length == 0 ? $"must hold a letter or digit, to name a folder; not '{name}'" : null;
    }

    private static string? BadDevice(string device) =>
        DeviceName().IsMatch(device) ? null : $"must be auto, cpu, or cuda:N such as cuda:0; not '{device}'";

    [GeneratedRegex("[^A-Za-z0-9_.-]")]
    private static partial Regex IllegalInName();

    [GeneratedRegex(@"\A(?:auto|cpu|cuda(?::[0-9]{1,3})?)\z")]
    private static partial Regex DeviceName();
}
