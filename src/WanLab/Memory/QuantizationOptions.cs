namespace WanLab.Memory;

/// <summary>How the transformer's frozen weights are stored.</summary>
public enum TransformerQuantization
{
    /// <summary><c>none</c>: bf16.</summary>
    None,

    /// <summary><c>float8</c>.</summary>
    Float8,

    /// <summary><c>uint4</c>.</summary>
    UInt4,

    /// <summary><c>uint4+ara</c>: 4 bits with an accuracy recovery adapter.</summary>
    UInt4Ara,
}

/// <summary>How the text encoder's weights are stored.</summary>
public enum TextEncoderQuantization
{
    /// <summary><c>none</c>: bf16.</summary>
    None,

    /// <summary><c>float8</c>.</summary>
    Float8,

    /// <summary><c>uint4</c>.</summary>
    UInt4,
}

/// <summary>The <c>quantization</c> section.</summary>
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
    public string Ara { get; init; } = ComputedAra;

    /// <summary>Storage of the text encoder's weights; never follows the transformer's.</summary>
    public TextEncoderQuantization TextEncoder { get; init; } = TextEncoderQuantization.None;
}
