namespace WanLab.Torch.Safetensors;

/// <summary>
/// 8-bit floats of weight files, decoded through a table of their 256 values, so that every libtorch reads them.
/// Formats: E4M3 without infinities (exponent bias 7) and E5M2 (the upper half of IEEE half precision), as in
/// arxiv.org/abs/2209.05433.
/// </summary>
public static class Float8
{
    private const long ChunkElements = 1 << 22; // bounds the fp32 copy that a conversion makes

    /// <summary>What each of the 256 bytes stands for.</summary>
    public static float[] Values(DType format) =>
        [.. Enumerable.Range(0, 256).Select(code => format switch
        {
            DType.Float8E4M3 => E4M3(code),
            DType.Float8E5M2 => (float)BitConverter.UInt16BitsToHalf((ushort)(code << 8)),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
        })];

    /// <summary>Values times scale, computed in fp32 and rounded once to <paramref name="target"/>.</summary>
    /// <param name="raw">The codes on the host, as UInt8 or as the 8-bit float type itself.</param>
    /// <param name="format">How they are to be read.</param>
    /// <param name="scale">Null for 1, a single number, or one for each position of the first axis.</param>
    /// <param name="target">Element type of the result.</param>
    public static Tensor Decode(Tensor raw, DType format, Tensor? scale, DType target)
    {
        using var scope = new TensorScope();
        long[] shape = [.. raw.Shape];
        if (raw.Count == 0) return scope.Keep(Tensor.Empty(shape, target));
        var rows = shape.Length == 0 ? 1 : shape[0];
        var width = raw.Count / rows;
        var codes = (raw.DType == DType.UInt8 ? raw : raw.ViewAs(DType.UInt8)).View(rows, width);
        var factors = scale?.To(DType.Float32).Reshape(-1, 1);
        if (factors is not null && factors.Count != 1) factors.Expect("the scale of 8-bit floats", rows, 1);
        var table = Tensor.From(Values(format), 256);
        var result = Tensor.Empty([rows, width], target);
        var step = Math.Max(1, ChunkElements / width);
        for (var at = 0L; at < rows; at += step)
        {
            using var chunk = new TensorScope();
            var n = Math.Min(step, rows - at);
            var values = table.IndexSelect(0, codes.Narrow(0, at, n).To(DType.Int32).View(-1)).View(n, width);
            if (factors is not null) values *= factors.Count == 1 ? factors : factors.Narrow(0, at, n);
            result.Narrow(0, at, n).CopyInto(values);
        }
        return scope.Keep(result.View(shape));
    }

    private static float E4M3(int code)
    {
        int exponent = code >> 3 & 15, fraction = code & 7;
        if (exponent == 15 && fraction == 7) return float.NaN;
        var size = exponent == 0 ? MathF.ScaleB(fraction, -9) : MathF.ScaleB(8 + fraction, exponent - 10);
        return (code & 0x80) == 0 ? size : -size;
    }
}
