using WanLab.Torch.Interop;

namespace WanLab.Torch;

/// <summary>One argument of an operator call; made by implicit conversion.</summary>
internal readonly struct Arg
{
    internal readonly ValueTag Tag;
    internal readonly long Int;
    internal readonly double Double;
    internal readonly object? Object;

    private Arg(ValueTag tag, long i = 0, double d = 0, object? o = null)
    {
        Tag = tag;
        Int = i;
        Double = d;
        Object = o;
    }

    /// <summary>An absent optional argument.</summary>
    public static Arg None => default;

    /// <summary>A tensor; null stands for an absent one.</summary>
    public static implicit operator Arg(Tensor? value) => value is null ? default : new(ValueTag.Tensor, o: value);

    /// <summary>A list of tensors.</summary>
    public static implicit operator Arg(Tensor[] value) => new(ValueTag.TensorList, o: value);

    /// <summary>An integer.</summary>
    public static implicit operator Arg(long value) => new(ValueTag.Int, value);

    /// <summary>A floating-point number.</summary>
    public static implicit operator Arg(double value) => new(ValueTag.Double, d: value);

    /// <summary>A boolean.</summary>
    public static implicit operator Arg(bool value) => new(ValueTag.Bool, value ? 1 : 0);

    /// <summary>A list of integers.</summary>
    public static implicit operator Arg(long[] value) => new(ValueTag.IntList, o: value);

    /// <summary>A list of floating-point numbers.</summary>
    public static implicit operator Arg(double[] value) => new(ValueTag.DoubleList, o: value);

    /// <summary>A string.</summary>
    public static implicit operator Arg(string value) => new(ValueTag.String, o: System.Text.Encoding.UTF8.GetBytes(value));

    /// <summary>An element type.</summary>
    public static implicit operator Arg(DType value) => new(ValueTag.Int, (long)value);

    /// <summary>A device.</summary>
    public static implicit operator Arg(Device value) => new(ValueTag.Device, value.Packed);

    /// <summary>A random generator.</summary>
    public static implicit operator Arg(Generator value) => new(ValueTag.Generator, o: value);
}
