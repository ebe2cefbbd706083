namespace WanLab.Models.Transformer;

/// <summary>Changes the output of linear layers, which it knows by their official names.</summary>
public interface ILinearAdapter
{
    /// <summary>The adapted layer's output for x, or null where this layer is not adapted.</summary>
    /// <param name="module">Official name of the layer, such as <c>blocks.0.self_attn.q</c>.</param>
    /// <param name="x">Input of the layer, [..., in], in the weight's type.</param>
    /// <param name="weight">Weight of the layer, [out, in].</param>
    /// <param name="bias">Bias of the layer, [out].</param>
    Tensor? Forward(string module, Tensor x, Tensor weight, Tensor bias);
}
