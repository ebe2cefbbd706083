using WanLab.Models.Transformer;

namespace WanLab.Models.Weights;

/// <summary>The form in which the large matrices of a model's parts are held in memory.</summary>
internal interface IWeightPacking
{
    /// <summary>Text that identifies the form of a part, for cache keys and records; empty if the part is held as it is.</summary>
    string Identity(ModelPart part);

    /// <summary>Prepares to pack a part's matrices; null if the part is held as it is.</summary>
    /// <param name="part">The part to pack.</param>
    /// <param name="shapes">All tensors of the part.</param>
    /// <param name="config">Sizes of the experts.</param>
    /// <exception cref="WanLabException">A file that packing needs does not fit.</exception>
    IWeightPacker? Open(ModelPart part, IReadOnlyList<WeightShape> shapes, WanTransformerConfig config);
}

/// <summary>Packs the matrices of one part.</summary>
internal interface IWeightPacker : IDisposable
{
    /// <summary>The packed form of a tensor, or null if it stays as it is.</summary>
    /// <param name="name">Official name of the tensor.</param>
    /// <param name="weight">The tensor in the type that it computes in.</param>
    PackedWeight? Pack(string name, Tensor weight);
}
