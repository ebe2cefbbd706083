namespace WanLab.Torch;

// Arithmetic, reductions and comparisons.
public sealed partial class Tensor
{
    private static readonly Op AddTensor = Op.Find("aten::add", "Tensor");
    private static readonly Op AddScalar = Op.Find("aten::add", "Scalar");
    private static readonly Op SubTensor = Op.Find("aten::sub", "Tensor");
    private static readonly Op SubScalar = Op.Find("aten::sub", "Scalar");
    private static readonly Op RsubScalar = Op.Find("aten::rsub", "Scalar");
    private static readonly Op MulTensor = Op.Find("aten::mul", "Tensor");
    private static readonly Op MulScalar = Op.Find("aten::mul", "Scalar");
    private static readonly Op DivTensor = Op.Find("aten::div", "Tensor");
    private static readonly Op DivScalar = Op.Find("aten::div", "Scalar");
    private static readonly Op NegOp = Op.Find("aten::neg");
    private static readonly Op MatMulOp = Op.Find("aten::matmul");
    private static readonly Op SqrtOp = Op.Find("aten::sqrt");
    private static readonly Op RsqrtOp = Op.Find("aten::rsqrt");
    private static readonly Op AbsOp = Op.Find("aten::abs");
    private static readonly Op ExpOp = Op.Find("aten::exp");
    private static readonly Op SinOp = Op.Find("aten::sin");
    private static readonly Op CosOp = Op.Find("aten::cos");
    private static readonly Op ClampOp = Op.Find("aten::clamp");
    private static readonly Op ClampMinOp = Op.Find("aten::clamp_min");
    private static readonly Op RoundOp = Op.Find("aten::round");
    private static readonly Op PowOp = Op.Find("aten::pow", "Tensor_Scalar");
    private static readonly Op SumOp = Op.Find("aten::sum");
    private static readonly Op SumAxesOp = Op.Find("aten::sum", "dim_IntList");
    private static readonly Op MeanOp = Op.Find("aten::mean");
    private static readonly Op MeanAxesOp = Op.Find("aten::mean", "dim");
    private static readonly Op MaxOp = Op.Find("aten::max");
    private static readonly Op MinOp = Op.Find("aten::min");
    private static readonly Op NormOp = Op.Find("aten::norm", "ScalarOpt_dim");
    private static readonly Op EqualOp = Op.Find("aten::equal");
    private static readonly Op AddInPlace = Op.Find("aten::add_", "Tensor");
    private static readonly Op MulScalarInPlace = Op.Find("aten::mul_", "Scalar");
    private static readonly Op MulTensorInPlace = Op.Find("aten::mul_", "Tensor");
    private static readonly Op AddcmulInPlace = Op.Find("aten::addcmul_");
    private static readonly Op AddcdivInPlace = Op.Find("aten::addcdiv_");
    private static readonly Op CopyInPlace = Op.Find("aten::copy_");
    private static readonly Op ZeroInPlace = Op.Find("aten::zero_");

    /// <summary>Sum, with broadcasting.</summary>
    public static Tensor operator +(Tensor a, Tensor b) => AddTensor.Call(a, b);

    /// <summary>Adds a number to every element.</summary>
    public static Tensor operator +(Tensor a, double b) => AddScalar.Call(a, b);

    /// <summary>Difference, with broadcasting.</summary>
    public static Tensor operator -(Tensor a, Tensor b) => SubTensor.Call(a, b);

    /// <summary>Subtracts a number from every element.</summary>
    public static Tensor operator -(Tensor a, double b) => SubScalar.Call(a, b);

    /// <summary>Subtracts every element from a number.</summary>
    public static Tensor operator -(double a, Tensor b) => RsubScalar.Call(b, a);

    /// <summary>Elementwise product, with broadcasting.</summary>
    public static Tensor operator *(Tensor a, Tensor b) => MulTensor.Call(a, b);

    /// <summary>Multiplies every element by a number.</summary>
    public static Tensor operator *(Tensor a, double b) => MulScalar.Call(a, b);

    /// <summary>Multiplies every element by a number.</summary>
    public static Tensor operator *(double a, Tensor b) => MulScalar.Call(b, a);

    /// <summary>Elementwise quotient, with broadcasting.</summary>
    public static Tensor operator /(Tensor a, Tensor b) => DivTensor.Call(a, b);

    /// <summary>Divides every element by a number.</summary>
    public static Tensor operator /(Tensor a, double b) => DivScalar.Call(a, b);

    /// <summary>Negates every element.</summary>
    public static Tensor operator -(Tensor a) => NegOp.Call(a);

    /// <summary>Matrix product over the last two axes, the others broadcast.</summary>
    public Tensor MatMul(Tensor other) => MatMulOp.Call(this, other);

    /// <summary>Square root of every element.</summary>
    public Tensor Sqrt() => SqrtOp.Call(this);

    /// <summary>One over the square root of every element.</summary>
    public Tensor Rsqrt() => RsqrtOp.Call(this);

    /// <summary>Absolute value of every element.</summary>
    public Tensor Abs() => AbsOp.Call(this);

    /// <summary>Exponential of every element.</summary>
    public Tensor Exp() => ExpOp.Call(this);

    /// <summary>Sine of every element.</summary>
    public Tensor Sin() => SinOp.Call(this);

    /// <summary>Cosine of every element.</summary>
    public Tensor Cos() => CosOp.Call(this);

    /// <summary>Limits every element to [low, high].</summary>
    public Tensor Clamp(double low, double high) => ClampOp.Call(this, low, high);

    /// <summary>Raises every element to at least <paramref name="low"/>.</summary>
    public Tensor ClampMin(double low) => ClampMinOp.Call(this, low);

    /// <summary>Rounds every element, half to even.</summary>
    public Tensor Round() => RoundOp.Call(this);

    /// <summary>Raises every element to a power.</summary>
    public Tensor Pow(double exponent) => PowOp.Call(this, exponent);

    /// <summary>Sum of all elements.</summary>
    public Tensor Sum() => SumOp.Call(this);

    /// <summary>Sum over axes.</summary>
    public Tensor Sum(long[] axes, bool keep = false) => SumAxesOp.Call(this, axes, keep);

    /// <summary>Mean of all elements.</summary>
    public Tensor Mean() => MeanOp.Call(this);

    /// <summary>Mean over axes.</summary>
    public Tensor Mean(long[] axes, bool keep = false) => MeanAxesOp.Call(this, axes, keep);

    /// <summary>Largest element.</summary>
    public Tensor Max() => MaxOp.Call(this);

    /// <summary>Smallest element.</summary>
    public Tensor Min() => MinOp.Call(this);

    /// <summary>Euclidean norm over axes.</summary>
    public Tensor Norm(long[] axes, bool keep = false) => NormOp.Call(this, 2.0, axes, keep);

    /// <summary>Whether the shapes and all elements are equal.</summary>
    public bool EqualTo(Tensor other) => EqualOp.CallNumber(this, other) != 0;

    /// <summary>Adds in place: this += scale * other.</summary>
    public Tensor AddInto(Tensor other, double scale = 1)
    {
        AddInPlace.Run(this, other, scale);
        return this;
    }

    /// <summary>Multiplies in place: this *= factor.</summary>
    public Tensor MulInto(double factor)
    {
        MulScalarInPlace.Run(this, factor);
        return this;
    }

    /// <summary>Multiplies in place, element by element: this *= factor.</summary>
    public Tensor MulInto(Tensor factor)
    {
        MulTensorInPlace.Run(this, factor);
        return this;
    }

    /// <summary>Adds a product in place: this += scale * a * b.</summary>
    public Tensor AddcmulInto(Tensor a, Tensor b, double scale)
    {
        AddcmulInPlace.Run(this, a, b, scale);
        return this;
    }

    /// <summary>Adds a quotient in place: this += scale * a / b.</summary>
    public Tensor AddcdivInto(Tensor a, Tensor b, double scale)
    {
        AddcdivInPlace.Run(this, a, b, scale);
        return this;
    }

    /// <summary>Overwrites this with the values of a tensor of the same (or a broadcastable) shape, converting type and device.</summary>
    public Tensor CopyInto(Tensor source)
    {
        CopyInPlace.Run(this, source);
        return this;
    }

    /// <summary>Overwrites this with zeros.</summary>
    public Tensor ZeroInto()
    {
        ZeroInPlace.Run(this);
        return this;
    }
}
