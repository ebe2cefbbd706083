using WanLab.Models.Transformer;
using WanLab.Torch;

namespace WanLab.Models.Weights;

/// <summary>How the large matrices of a model's parts are held in memory.</summary>
public interface IWeightPacking
{
    /// <summary>Tells one way of holding a part from another, for cache keys and records; empty where the part is held as it is.</summary>
    string Identity(ModelPart part);

    /// <summary>Gets ready to pack a part's matrices; null where it is held as it is.</summary>
    /// <param name="part">The part.</param>
    /// <param name="shapes">All its tensors.</param>
    /// <param name="config">Sizes of the experts.</param>
    /// <exception cref="WanLabException">A file that packing needs does not fit.</exception>
    IWeightPacker? Open(ModelPart part, IReadOnlyList<WeightShape> shapes, WanTransformerConfig config);
}

/// <summary>Packs the matrices of one part.</summary>
public interface IWeightPacker : IDisposable
{
    /// <summary>The packed form of a tensor, or null where it stays as it is.</summary>
    /// <param name="name">Official name.</param>
    /// <param name="weight">The tensor, in the type it computes in.</param>
    PackedWeight? Pack(string name, Tensor weight);
}
