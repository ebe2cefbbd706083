namespace WanLab.Training;

/// <summary>Whether the text encoder is freed before the experts are loaded.</summary>
public enum TextEncoderUnload
{
    /// <summary><c>auto</c>: where captions are cached.</summary>
    Auto,

    /// <summary><c>true</c>.</summary>
    Always,

    /// <summary><c>false</c>.</summary>
    Never,
}

/// <summary>The <c>training.text_encoder</c> mapping.</summary>
public sealed record TextEncoderOptions
{
    /// <summary>Encode every caption the run can need, the empty one included, before training.</summary>
    public bool Cache { get; init; } = true;

    /// <summary>Whether the encoder is freed before the experts are loaded.</summary>
    public TextEncoderUnload Unload { get; init; } = TextEncoderUnload.Auto;
}
