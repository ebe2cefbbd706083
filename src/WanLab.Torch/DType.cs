namespace WanLab.Torch;

/// <summary>Element types, numbered as libtorch's ScalarType.</summary>
public enum DType
{
    /// <summary>Unsigned 8-bit integer.</summary>
    UInt8 = 0,

    /// <summary>Signed 8-bit integer.</summary>
    Int8 = 1,

    /// <summary>16-bit integer.</summary>
    Int16 = 2,

    /// <summary>32-bit integer.</summary>
    Int32 = 3,

    /// <summary>64-bit integer.</summary>
    Int64 = 4,

    /// <summary>IEEE half precision.</summary>
    Float16 = 5,

    /// <summary>IEEE single precision.</summary>
    Float32 = 6,

    /// <summary>IEEE double precision.</summary>
    Float64 = 7,

    /// <summary>Boolean, one byte.</summary>
    Bool = 11,

    /// <summary>bfloat16.</summary>
    BFloat16 = 15,

    /// <summary>8-bit float with 5 exponent bits; libtorch 2.1 and later.</summary>
    Float8E5M2 = 23,

    /// <summary>8-bit float with 4 exponent bits, finite; libtorch 2.1 and later.</summary>
    Float8E4M3 = 24,
}

/// <summary>Facts about element types.</summary>
internal static class DTypes
{
    /// <summary>Number of bytes that an element takes.</summary>
    public static int Size(this DType dtype) => dtype switch
    {
        DType.UInt8 or DType.Int8 or DType.Bool or DType.Float8E5M2 or DType.Float8E4M3 => 1,
        DType.Int16 or DType.Float16 or DType.BFloat16 => 2,
        DType.Int32 or DType.Float32 => 4,
        DType.Int64 or DType.Float64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, null),
    };

    /// <summary>Whether it is a floating-point type.</summary>
    public static bool IsFloat(this DType dtype) =>
        dtype is DType.Float16 or DType.Float32 or DType.Float64 or DType.BFloat16 or DType.Float8E5M2 or DType.Float8E4M3;
}
