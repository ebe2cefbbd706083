namespace WanLab.Torch.Safetensors;

/// <summary>
/// 8-bit floats in weight files, decoded through a table of their 256 values, so that every version of libtorch can read them.
/// Formats: E4M3 without infinities (exponent bias 7) and E5M2 (the upper half of IEEE half precision), as in
/// arxiv.org/abs/2209.05433.
/// </summary>
public static class Float8
{
    /// <summary>The largest E4M3 number.</summary>
    public const float Largest = 448;

    private static readonly Op Bucketize = Op.Find("aten::bucketize", "Tensor");
    private static readonly Op Below = Op.Find("aten::lt", "Scalar");

    /// <summary>The value of each of the 256 codes.</summary>
    public static float[] Values(DType format) =>
        [.. Enumerable.Range(0, 256).Select(code => format switch
        {
            DType.Float8E4M3 => E4M3(code),
            DType.Float8E5M2 => (float)BitConverter.UInt16BitsToHalf((ushort)(code << 8)),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
        })];

    /// <summary>Decodes codes: values times scale, computed in fp32 and rounded once to <paramref name="target"/>.</summary>
    /// <param name="raw">The codes, as UInt8 or as the 8-bit float type itself.</param>
    /// <param name="format">Format of the codes: E4M3 or E5M2.</param>
    /// <param name="scale">Null for 1, a single number, or one number for each position of the first axis.</param>
    /// <param name="target">Element type of the result.</param>
    public static Tensor Decode(Tensor raw, DType format, Tensor? scale, DType target)
    {
        using var scope = new TensorScope();
        long[] shape = [.. raw.Shape];
        if (raw.Count == 0) return scope.Keep(Tensor.Empty(shape, target, raw.Device));
        var rows = shape.Length == 0 ? 1 : shape[0];
        var width = raw.Count / rows;
        var codes = (raw.DType == DType.UInt8 ? raw : raw.ViewAs(DType.UInt8)).View(rows, width);
        var factors = scale?.To(DType.Float32).Reshape(-1, 1);
        if (factors is not null && factors.Count != 1) factors.Expect("the scale of 8-bit floats", rows, 1);
        var table = Tensor.From(Values(format), 256).To(raw.Device);
        var result = Tensor.Empty([rows, width], target, raw.Device);
        var step = Math.Max(1, Chunk(raw.Device) / width);
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

    /// <summary>The nearest E4M3 codes, ties to even; numbers beyond 448 become 448.</summary>
    /// <param name="values">[rows, columns], of any float type.</param>
    /// <param name="scale">Divisor of each row, float32, [rows].</param>
    /// <returns>UInt8, [rows, columns].</returns>
    public static Tensor Encode(Tensor values, Tensor scale)
    {
        using var scope = new TensorScope();
        values.Expect("values for 8-bit floats", -1, -1);
        var (rows, width) = (values.Size(0), values.Size(1));
        // The codes of positive numbers increase with the numbers. A number half way between two belongs to the even one, so the border
        // above an odd code lies just below the middle.
        float[] borders = [.. Enumerable.Range(0, 126).Select(code =>
        {
            var middle = (E4M3(code) + E4M3(code + 1)) / 2;
            return code % 2 == 0 ? middle : MathF.BitDecrement(middle);
        })];
        var table = Tensor.From(borders, borders.Length).To(values.Device);
        var codes = Tensor.Empty([rows, width], DType.UInt8, values.Device);
        var step = Math.Max(1, Chunk(values.Device) / width);
        for (var at = 0L; at < rows; at += step)
        {
            using var chunk = new TensorScope();
            var n = Math.Min(step, rows - at);
            var shares = values.Narrow(0, at, n).To(DType.Float32) / scale.Narrow(0, at, n).Unsqueeze(1);
            var sign = Below.Call(shares, 0L).To(DType.UInt8) * 128;
            codes.Narrow(0, at, n).CopyInto(Bucketize.Call(shares.Abs(), table, true, false).To(DType.UInt8) + sign);
        }
        return scope.Keep(codes);
    }

    // Limits the wider copies that a conversion makes: to what a core's cache holds, or to what keeps a GPU busy.
    private static long Chunk(Device device) => device.IsCpu ? 1 << 17 : 1 << 23;

    private static float E4M3(int code)
    {
        int exponent = code >> 3 & 15, fraction = code & 7;
        if (exponent == 15 && fraction == 7) return float.NaN;
        var size = exponent == 0 ? MathF.ScaleB(fraction, -9) : MathF.ScaleB(8 + fraction, exponent - 10);
        return (code & 0x80) == 0 ? size : -size;
    }
}
