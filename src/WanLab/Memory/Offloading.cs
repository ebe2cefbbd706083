using WanLab.Models.Transformer;

namespace WanLab.Memory;

/// <summary>
/// Keeps a share of the experts' and the text encoder's blocks in host memory, the last ones first. Each of their linear layers
/// is copied to the device when it is used, in the forward and in the backward pass. The results are the same.
/// </summary>
/// <param name="transformer">Share of the experts' blocks, 0..1.</param>
/// <param name="textEncoder">Share of the text encoder's blocks, 0..1.</param>
/// <param name="device">Device that the blocks compute on.</param>
/// <param name="inner">Packing of the weights; null if they are not packed.</param>
internal sealed class Offloading(double transformer, double textEncoder, Device device, IWeightPacking? inner) : IWeightPacking
{
    /// <summary>Packing of the weights; null if they are not packed.</summary>
    public IWeightPacking? Inner { get; } = inner;

    /// <summary>
    /// The offloading that a job asks for, combined with the packing of its weights. On the host there is nothing to offload.
    /// </summary>
    public static IWeightPacking? Of(ModelOptions options, Device device, IWeightPacking? inner) =>
        device.IsCpu || options is { LayerOffloading: 0, TextEncoderOffloading: 0 } ? inner
            : new Offloading(options.LayerOffloading, options.TextEncoderOffloading, device, inner);

    /// <inheritdoc/>
    public string Identity(ModelPart part) => Inner?.Identity(part) ?? "";

    /// <inheritdoc/>
    public IWeightPacker? Open(ModelPart part, IReadOnlyList<WeightShape> shapes, WanTransformerConfig config)
    {
        var packer = Inner?.Open(part, shapes, config);
        var share = part switch
        {
            ModelPart.High or ModelPart.Low => transformer,
            ModelPart.TextEncoder => textEncoder,
            _ => 0,
        };
        if (share == 0) return packer;
        var blocks = shapes.Max(shape => BlockOf(shape.Name) ?? -1) + 1;
        return new Packer(part, packer, blocks - (int)Math.Round(share * blocks), device);
    }

    private static int? BlockOf(string name)
    {
        var parts = name.Split('.');
        return parts[0] == "blocks" ? int.Parse(parts[1], CultureInfo.InvariantCulture) : null;
    }

    private sealed class Packer(ModelPart part, IWeightPacker? packer, int first, Device device) : IWeightPacker
    {
        public PackedWeight? Pack(string name, Tensor weight)
        {
            var packed = packer?.Pack(name, weight);
            if (!Linears.Has(part, name, weight) || BlockOf(name) < first) return packed;
            return packed is null ? new HostWeight(weight, device) : new HostWeight(packed, device);
        }

        public void Dispose() => packer?.Dispose();
    }
}
