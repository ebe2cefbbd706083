using WanLab.Models.Weights;
using WanLab.Torch;

namespace WanLab.Models.Transformer;

/// <summary>A frozen linear layer with a place for an adapter.</summary>
internal sealed class AdaptedLinear(string name, FrozenMatrix weight, Tensor bias)
{
    /// <summary>The type it computes in: its weight's.</summary>
    public DType DType { get; } = weight.DType;

    public Tensor Forward(Tensor x, ILinearAdapter? adapter) => weight.Use((name, bias, x, adapter), static (matrix, layer) =>
        layer.adapter?.Forward(layer.name, layer.x, matrix, layer.bias) ?? F.Linear(layer.x, matrix, layer.bias));
}
