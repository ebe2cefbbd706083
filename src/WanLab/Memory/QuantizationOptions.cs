namespace WanLab.Memory;

/// <summary>Storage formats of the transformer's frozen weights.</summary>
public enum TransformerQuantization
{
    /// <summary>16 bits (bf16).</summary>
    [Word("none")]
    None,

    /// <summary>8 bits, floating point.</summary>
    [Word("float8")]
    Float8,

    /// <summary>4 bits, with a scale for each group.</summary>
    [Word("uint4")]
    UInt4,

    /// <summary>4 bits with an accuracy recovery adapter.</summary>
    [Word("uint4+ara")]
    UInt4Ara,
}

/// <summary>Storage formats of the text encoder's weights.</summary>
public enum TextEncoderQuantization
{
    /// <summary>16 bits (bf16).</summary>
    [Word("none")]
    None,

    /// <summary>8 bits, floating point.</summary>
    [Word("float8")]
    Float8,

    /// <summary>4 bits, with a scale for each group.</summary>
    [Word("uint4")]
    UInt4,
}

/// <summary>The <c>quantization</c> section: how the frozen weights are stored.</summary>
public sealed record QuantizationOptions
{
    /// <summary>
    /// Value of <see cref="Ara"/> that has the adapter computed from the quantisation error (rank 16). Errors of rounding have no
    /// pattern, so it makes good only about 64 / width of their energy: a good part in the tiny model, a hundredth in the real one.
    /// An adapter that was trained for it does better.
    /// </summary>
    public const string ComputedAra = "computed";

    /// <summary>Storage of the transformer's weights.</summary>
    public TransformerQuantization Transformer { get; init; } = TransformerQuantization.None;

    /// <summary>Safetensors file of an accuracy recovery adapter, or <see cref="ComputedAra"/>.</summary>
    [FilePath(Word = ComputedAra)]
    public string Ara { get; init; } = ComputedAra;

    /// <summary>Storage of the text encoder's weights; never follows the transformer's.</summary>
    public TextEncoderQuantization TextEncoder { get; init; } = TextEncoderQuantization.None;
}
