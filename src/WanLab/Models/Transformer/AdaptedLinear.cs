using WanLab.Adapters;
using WanLab.Torch;

namespace WanLab.Models.Transformer;

/// <summary>A frozen linear layer with a place for an adapter.</summary>
internal sealed class AdaptedLinear(string name, Tensor weight, Tensor bias)
{
    /// <summary>The type it computes in: its weight's.</summary>
    public DType DType { get; } = weight.DType;

    public Tensor Forward(Tensor x, ILinearAdapter? adapter) => adapter?.Forward(name, x, weight, bias) ?? F.Linear(x, weight, bias);
}
