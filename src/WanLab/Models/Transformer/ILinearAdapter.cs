using WanLab.Torch;

namespace WanLab.Models.Transformer;

/// <summary>Changes what linear layers compute, by their official names.</summary>
public interface ILinearAdapter
{
    /// <summary>The adapted layer's output for x, or null where this layer is not adapted.</summary>
    /// <param name="module">Official name, such as <c>blocks.0.self_attn.q</c>.</param>
    /// <param name="x">[..., in], in the weight's type.</param>
    /// <param name="weight">[out, in].</param>
    /// <param name="bias">[out].</param>
    Tensor? Forward(string module, Tensor x, Tensor weight, Tensor bias);
}
