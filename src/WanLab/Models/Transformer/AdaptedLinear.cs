namespace WanLab.Models.Transformer;

/// <summary>A frozen linear layer that an adapter may change.</summary>
internal sealed class AdaptedLinear(string name, FrozenMatrix weight, Tensor bias)
{
    /// <summary>The type that the layer computes in: that of its weight.</summary>
    public DType DType { get; } = weight.DType;

    public Tensor Forward(Tensor x, ILinearAdapter? adapter) => weight.Use((name, bias, x, adapter), static (matrix, layer) =>
        layer.adapter?.Forward(layer.name, layer.x, matrix, layer.bias) ?? F.Linear(layer.x, matrix, layer.bias));
}
