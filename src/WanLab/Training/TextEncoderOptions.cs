using WanLab.Options;

namespace WanLab.Training;

/// <summary>Whether the text encoder is freed before the experts are loaded.</summary>
public enum TextEncoderUnload
{
    /// <summary>It is where captions are cached.</summary>
    [Word("auto")]
    Auto,

    /// <summary>It always is.</summary>
    [Word("true")]
    Always,

    /// <summary>It never is.</summary>
    [Word("false")]
    Never,
}

/// <summary>The <c>training.text_encoder</c> mapping: handling of caption embeddings.</summary>
public sealed record TextEncoderOptions
{
    /// <summary>Encode every caption the run can need, the empty one included, before training.</summary>
    public bool Cache { get; init; } = true;

    /// <summary>Whether the encoder is freed before the experts are loaded.</summary>
    public TextEncoderUnload Unload { get; init; } = TextEncoderUnload.Auto;
}
