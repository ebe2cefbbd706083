using WanLab.Models.Transformer;
using WanLab.Models.Umt5;
using WanLab.Models.Vae;

namespace WanLab.Tiny.Pretraining;

/// <summary>Everything that determines the embedded model's weights. The defaults are those it was made with.</summary>
internal sealed record PretrainingOptions
{
    /// <summary>The seed of all randomness.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>
    /// The device to train on: cpu or cuda:N. Other devices round differently, and so does another number of <see cref="Workers"/>.
    /// </summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Number of scenes that are rendered and used for training.</summary>
    public int Clips { get; init; } = 6000;

    /// <summary>Number of the first scenes that the VAE is trained on.</summary>
    public int VaeClips { get; init; } = 1000;

    /// <summary>Side of the clips in pixels, a multiple of 16.</summary>
    public int Side { get; init; } = 64;

    /// <summary>Frames per clip, at 16 a second.</summary>
    public int Frames { get; init; } = 17;

    /// <summary>Number of threads that share a batch.</summary>
    public int Workers { get; init; } = 2;

    /// <summary>Sizes of the VAE; its latent statistics are measured.</summary>
    public WanVaeConfig Vae { get; init; } = new() { Dim = 16, LatentsMean = new double[16], LatentsStd = [.. Enumerable.Repeat(1.0, 16)] };

    /// <summary>Sizes of both experts.</summary>
    public WanTransformerConfig Transformer { get; init; } =
        new() { Dim = 160, FfnDim = 640, FreqDim = 64, TextDim = 64, NumHeads = 5, NumLayers = 8, TextLen = 64 };

    /// <summary>Sizes of the text encoder.</summary>
    public Umt5Config TextEncoder { get; init; } =
        new() { VocabSize = 768, Dim = 64, DimAttn = 64, DimFfn = 128, NumHeads = 4, NumLayers = 2 };

    /// <summary>The first training of the VAE.</summary>
    public PhaseOptions VaePhase { get; init; } = new() { Steps = 3550, Batch = 64, LearningRate = 2e-3, WeightDecay = 0 };

    /// <summary>The crops that the VAE is trained on.</summary>
    public IReadOnlyList<CropOptions> Crops { get; init; } =
    [
        new() { Until = 0.45, Frames = 1, Side = 32, BatchShare = 4 },
        new() { From = 0.45, Until = 0.85, Share = 0.6, Frames = 5, Side = 32 },
        new() { From = 0.45, Until = 0.85, Share = 0.4, Frames = 9, Side = 32, BatchShare = 0.5 },
        new() { From = 0.85, Frames = 17, Side = 64, BatchShare = 0.25 },
    ];

    /// <summary>Share of the VAE's crops that are recoloured, so that it can reproduce looks that no scene has.</summary>
    public double RecolourShare { get; init; } = 0.15;

    /// <summary>Weight of the difference between neighbouring pixels' errors, which keeps edges sharp.</summary>
    public double EdgeWeight { get; init; } = 0.5;

    /// <summary>Weight of the mean KL divergence of a latent's numbers from standard normal ones.</summary>
    public double KlWeight { get; init; } = 1e-4;

    /// <summary>First training, of one transformer on all timesteps together with the text encoder; both experts start from it.</summary>
    public PhaseOptions SharedPhase { get; init; } = new() { Steps = 7500, Batch = 128, LearningRate = 1e-3, AverageDecay = 0.999 };

    /// <summary>Training of the high-noise expert on its own range of timesteps.</summary>
    public PhaseOptions HighPhase { get; init; } = new() { Steps = 1750, Batch = 128, LearningRate = 4e-4, AverageDecay = 0.999 };

    /// <summary>Training of the low-noise expert on its own range of timesteps.</summary>
    public PhaseOptions LowPhase { get; init; } = new() { Steps = 2400, Batch = 128, LearningRate = 4e-4, AverageDecay = 0.999 };

    /// <summary>A last training of the VAE's decoder on whole clips. The encoder and thus the experts' latents stay.</summary>
    public PhaseOptions DecoderPhase { get; init; } = new()
    {
        Steps = 350,
        Batch = 16,
        LearningRate = 6e-4,
        Warmup = 20,
        WeightDecay = 0,
        AverageDecay = 0.98,
    };

    /// <summary>Noise on the latents that the decoder is trained on, because the experts' latents are not exact either.</summary>
    public double DecoderNoise { get; init; } = 0.05;

    /// <summary>Probability of the empty caption.</summary>
    public double CaptionDropout { get; init; } = 0.1;

    /// <summary>The sigma that separates the experts' ranges.</summary>
    public double Boundary { get; init; } = 0.9;

    /// <summary>Shift of the training timesteps' density.</summary>
    public double Shift { get; init; } = 5;

    /// <summary>Returns the options with another number of steps in every phase.</summary>
    /// <param name="share">Share of the steps, above 0.</param>
    public PretrainingOptions Scaled(double share) => this with
    {
        VaePhase = VaePhase.Scaled(share),
        SharedPhase = SharedPhase.Scaled(share),
        HighPhase = HighPhase.Scaled(share),
        LowPhase = LowPhase.Scaled(share),
        DecoderPhase = DecoderPhase.Scaled(share),
    };
}

/// <summary>A size of crop that the VAE is trained on, and the part of the training where it is used.</summary>
internal sealed record CropOptions
{
    /// <summary>Part of the training, 0..1, from which it is used.</summary>
    public double From { get; init; }

    /// <summary>Part of the training, 0..1, up to which it is used.</summary>
    public double Until { get; init; } = 1;

    /// <summary>Frequency relative to the other crops in use.</summary>
    public double Share { get; init; } = 1;

    /// <summary>Number of frames: 1 + 4n.</summary>
    public int Frames { get; init; } = 5;

    /// <summary>Side in pixels, a multiple of 8.</summary>
    public int Side { get; init; } = 32;

    /// <summary>Share of the phase's batch that fits into a step.</summary>
    public double BatchShare { get; init; } = 1;
}
