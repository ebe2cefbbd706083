using WanLab.Content;
using WanLab.Models.Transformer;

namespace WanLab.Memory;

/// <summary>
/// Applies the <c>quantization</c> section: the linear layers of the experts' and the text encoder's blocks are held in 8 or
/// 4 bits and unpacked for each use. Everything else, less than a hundredth of a large model, stays as it is.
/// </summary>
internal sealed class WeightQuantization : IWeightPacking
{
    /// <summary>Rank of a computed recovery adapter.</summary>
    public const int ComputedRank = 16;

    private readonly string _araIdentity;

    private WeightQuantization(QuantizationOptions options)
    {
        Options = options;
        _araIdentity = options.Transformer != TransformerQuantization.UInt4Ara ? ""
            : IsComputed ? $" computed/{ComputedRank}"
            : $" {new FileHashes().Of(options.Ara)}";
    }

    /// <summary>The options of the job.</summary>
    public QuantizationOptions Options { get; }

    private bool IsComputed => Options.Ara == QuantizationOptions.ComputedAra;

    /// <summary>The quantisation that a job asks for; null where nothing is quantised.</summary>
    /// <exception cref="WanLabException">The recovery adapter's file cannot be read.</exception>
    public static WeightQuantization? Of(QuantizationOptions options) =>
        options is { Transformer: TransformerQuantization.None, TextEncoder: TextEncoderQuantization.None }
            ? null
            : new WeightQuantization(options);

    /// <summary>The quantisation of a model's weights; null where they are not quantised.</summary>
    public static QuantizationOptions? OptionsOf(IWeightPacking? packing) => packing switch
    {
        WeightQuantization quantization => quantization.Options,
        Offloading offloading => OptionsOf(offloading.Inner),
        _ => null,
    };

    /// <inheritdoc/>
    public string Identity(ModelPart part) => part switch
    {
        ModelPart.High or ModelPart.Low when Options.Transformer != TransformerQuantization.None => $"{Options.Transformer}{_araIdentity}",
        ModelPart.TextEncoder when Options.TextEncoder != TextEncoderQuantization.None => $"{Options.TextEncoder}",
        _ => "",
    };

    /// <inheritdoc/>
    public IWeightPacker? Open(ModelPart part, IReadOnlyList<WeightShape> shapes, WanTransformerConfig config)
    {
        if (Identity(part).Length == 0) return null;
        if (part == ModelPart.TextEncoder) return new TextEncoderPacker(Options.TextEncoder);
        if (Options.Transformer != TransformerQuantization.UInt4Ara) return new TransformerPacker(Options.Transformer);
        return IsComputed ? new TransformerPacker(Options.Transformer, computed: true)
            : new TransformerPacker(Options.Transformer,
                RecoveryAdapter.Open(Options.Ara, config, part == ModelPart.High ? Expert.High : Expert.Low));
    }

    private static PackedWeight? FourBits(Tensor weight) => UInt4Weight.Fits(weight) ? UInt4Weight.Pack(weight) : null;

    private sealed class TextEncoderPacker(TextEncoderQuantization type) : IWeightPacker
    {
        public PackedWeight? Pack(string name, Tensor weight) =>
            !Linears.Has(ModelPart.TextEncoder, name, weight) ? null
            : type == TextEncoderQuantization.Float8 ? Float8Weight.Pack(weight) : FourBits(weight);

        public void Dispose()
        {
        }
    }

    private sealed class TransformerPacker(TransformerQuantization type, RecoveryAdapter? recovery = null,
        bool computed = false) : IWeightPacker
    {
        public PackedWeight? Pack(string name, Tensor weight)
        {
            if (!Linears.Has(ModelPart.High, name, weight)) return null;
            if (type == TransformerQuantization.Float8) return Float8Weight.Pack(weight);
            var correction = recovery?.Find(name, weight.DType, weight.Device);
            // Layers that the file leaves out were not quantised when the adapter was made.
            if ((recovery is not null && correction is null) || FourBits(weight) is not { } packed) return null;
            return correction is var (down, up) ? new RecoveredWeight(packed, down, up)
                : computed ? Computed(weight, packed)
                : packed;
        }

        public void Dispose() => recovery?.Dispose();

        private static RecoveredWeight Computed(Tensor weight, PackedWeight packed)
        {
            using var scope = new TensorScope();
            var (down, up) = LowRank.Of(weight.To(DType.Float32) - packed.Unpack().To(DType.Float32), ComputedRank, seed: 0);
            return new RecoveredWeight(packed, scope.Keep(down.To(weight.DType)), scope.Keep(up.To(weight.DType)));
        }
    }
}
