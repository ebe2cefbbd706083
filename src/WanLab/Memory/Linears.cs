namespace WanLab.Memory;

/// <summary>The linear layers of the blocks: nearly all of a large model's weights, and the only ones quantised or offloaded.</summary>
internal static class Linears
{
    /// <summary>Whether a tensor is the matrix of such a layer.</summary>
    /// <param name="part">The part that the tensor belongs to: an expert or the text encoder.</param>
    /// <param name="name">Official name.</param>
    /// <param name="weight">The tensor.</param>
    public static bool Has(ModelPart part, string name, Tensor weight) =>
        weight.Rank == 2 && name.StartsWith("blocks.", StringComparison.Ordinal)
        && (part != ModelPart.TextEncoder
            || name.Contains(".attn.", StringComparison.Ordinal) || name.Contains(".ffn.", StringComparison.Ordinal));
}
