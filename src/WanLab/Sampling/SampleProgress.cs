namespace WanLab.Sampling;

/// <summary>What a sampler is at.</summary>
public enum SampleStage
{
    /// <summary>Embeds the prompts.</summary>
    Text,

    /// <summary>Encodes the image.</summary>
    Image,

    /// <summary>Gets an expert.</summary>
    Load,

    /// <summary>Takes the noise away, a step at a time.</summary>
    Denoise,

    /// <summary>Decodes the frames, a latent frame at a time.</summary>
    Decode,

    /// <summary>Writes the files.</summary>
    Write,
}

/// <summary>How far a sampler is.</summary>
/// <param name="Stage">What it is at.</param>
/// <param name="Done">Parts of it that are done; 0 when it starts.</param>
/// <param name="Total">Parts it has.</param>
public readonly record struct SampleProgress(SampleStage Stage, int Done, int Total);
