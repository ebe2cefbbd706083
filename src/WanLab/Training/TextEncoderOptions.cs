namespace WanLab.Training;

/// <summary>When the text encoder is freed before the experts are loaded.</summary>
public enum TextEncoderUnload
{
    /// <summary>Freed if captions are cached.</summary>
    [Word("auto")]
    Auto,

    /// <summary>Always freed.</summary>
    [Word("true")]
    Always,

    /// <summary>Never freed.</summary>
    [Word("false")]
    Never,
}

/// <summary>The <c>training.text_encoder</c> mapping: handling of caption embeddings.</summary>
public sealed record TextEncoderOptions
{
    /// <summary>Whether every caption the run can need, including the empty one, is encoded before training.</summary>
    public bool Cache { get; init; } = true;

    /// <summary>Whether the text encoder is freed before the experts are loaded.</summary>
    public TextEncoderUnload Unload { get; init; } = TextEncoderUnload.Auto;
}
