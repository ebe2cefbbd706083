using WanLab.Models.Weights;
using WanLab.Torch;

namespace WanLab.Memory;

/// <summary>The linear layers of blocks: nearly all of a large model's weights, and all that is quantised or offloaded.</summary>
internal static class Linears
{
    /// <summary>Whether a tensor is the matrix of one.</summary>
    /// <param name="part">Whose tensor: an expert's or the text encoder's.</param>
    /// <param name="name">Official name.</param>
    /// <param name="weight">The tensor.</param>
    public static bool Has(ModelPart part, string name, Tensor weight) =>
        weight.Rank == 2 && name.StartsWith("blocks.", StringComparison.Ordinal)
        && (part != ModelPart.TextEncoder
            || name.Contains(".attn.", StringComparison.Ordinal) || name.Contains(".ffn.", StringComparison.Ordinal));
}
