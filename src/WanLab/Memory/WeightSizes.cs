using WanLab.Models.Transformer;

namespace WanLab.Memory;

/// <summary>Computes the memory that a model's weights take, from their sizes only.</summary>
public static class WeightSizes
{
    /// <summary>Number of bytes that one expert takes.</summary>
    /// <param name="config">Sizes of the expert.</param>
    /// <param name="options">Storage of the blocks' linear layers; a recovery adapter counts as a computed one.</param>
    /// <param name="computeBytes">Bytes of a number that the expert computes in.</param>
    public static long OfExpert(WanTransformerConfig config, QuantizationOptions options, int computeBytes)
    {
        var all = config.Shapes().Sum(shape => shape.Count) * computeBytes;
        return all + config.NumLayers * Linears(config).Sum(
            l => Packed(options.Transformer, l.Out, l.In, computeBytes) - l.Out * l.In * computeBytes);
    }

    /// <summary>Number of bytes of one block's linear layers once they are unpacked.</summary>
    public static long OfBlock(WanTransformerConfig config, int computeBytes) => Linears(config).Sum(l => l.Out * l.In * computeBytes);

    private static IEnumerable<(long Out, long In)> Linears(WanTransformerConfig config) =>
        WanTransformerConfig.BlockLinears.Select(config.LinearShape);

    private static long Packed(TransformerQuantization type, long rows, long columns, int computeBytes) => type switch
    {
        TransformerQuantization.Float8 => Float8Weight.SizeOf(rows, columns),
        TransformerQuantization.UInt4 => UInt4Weight.SizeOf(rows, columns, computeBytes),
        TransformerQuantization.UInt4Ara =>
            UInt4Weight.SizeOf(rows, columns, computeBytes) + WeightQuantization.ComputedRank * (rows + columns) * computeBytes,
        _ => rows * columns * computeBytes,
    };
}
