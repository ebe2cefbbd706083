namespace WanLab.Sampling;

/// <summary>Stages of sampling.</summary>
internal enum SampleStage
{
    /// <summary>Embedding the prompts.</summary>
    Text,

    /// <summary>Encoding the image.</summary>
    Image,

    /// <summary>Opening an expert.</summary>
    Load,

    /// <summary>Removing the noise, one step at a time.</summary>
    Denoise,

    /// <summary>Decoding the frames, one latent frame at a time.</summary>
    Decode,

    /// <summary>Writing the files.</summary>
    Write,
}

/// <summary>The progress of a sampler.</summary>
/// <param name="Stage">The current stage.</param>
/// <param name="Done">Number of parts of the stage that are done; 0 when it starts.</param>
/// <param name="Total">Number of parts of the stage.</param>
internal readonly record struct SampleProgress(SampleStage Stage, int Done, int Total);
