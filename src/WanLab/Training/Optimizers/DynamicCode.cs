namespace WanLab.Training.Optimizers;

/// <summary>
/// Numbers in [-1, 1] or [0, 1] as one byte each, in the values of dynamic tree quantisation (Dettmers et al., "8-bit Optimizers via
/// Block-wise Quantization", ICLR 2022, section 2.1): seven decades, each with half as many values as the one above it, so
/// that large numbers are exact to a few per cent and small ones keep their order of magnitude.
/// </summary>
internal sealed class DynamicCode
{
    private const int Decades = 7;

    private static readonly Op Bucketize = Op.Find("aten::bucketize", "Tensor");
    private static readonly Op Less = Op.Find("aten::lt", "Tensor");
    private static readonly Op Above = Op.Find("aten::gt", "Scalar");
    private static readonly Op Maximum = Op.Find("aten::maximum");
    private static readonly float[] UnsignedValues = Values(signed: false);
    private static readonly float[] SignedValues = Values(signed: true);

    private readonly float[] _values;
    private readonly bool _signed;

    private readonly Lazy<byte[]> _starts;

    private DynamicCode(bool signed)
    {
        (_signed, _values) = (signed, signed ? SignedValues : UnsignedValues);
        _starts = new(() => [.. Enumerable.Range(0, 1 << 16).Select(Start)]);
    }

    /// <summary>The code for numbers in [-1, 1].</summary>
    public static DynamicCode Signed { get; } = new(signed: true);

    /// <summary>The code for numbers in [0, 1]. Only 0 itself becomes 0, so that dividing by a number stays finite.</summary>
    public static DynamicCode Unsigned { get; } = new(signed: false);

    /// <summary>The 256 values, ascending.</summary>
    public Tensor Table => On(_values, Device.Cpu);

    /// <summary>
    /// For each value of a float's upper 16 bits, the byte of the last code value at or below every float that begins with them: the
    /// start of a search.
    /// </summary>
    public Tensor Starts => Tensor.From(_starts.Value, _starts.Value.Length);

    /// <summary>Converts bytes to numbers, float32.</summary>
    public Tensor Decode(Tensor codes) => On(_values, codes.Device).IndexSelect(0, codes.View(-1).To(DType.Int32)).View([.. codes.Shape]);

    /// <summary>
    /// The byte of one of the two values around each number; the upper one is chosen with the probability that makes their mean
    /// equal to the number. <paramref name="u"/>, uniform in [0, 1), decides.
    /// </summary>
    public Tensor Encode(Tensor x, Tensor u)
    {
        var below = Bucketize.Call(x, On(_values[1..], x.Device), true, true);
        float[] gaps = [.. _values.Zip(_values.Skip(1), (a, b) => b - a), 1];
        var share = (x - Decode(below)) / On(gaps, x.Device).IndexSelect(0, below.View(-1)).View([.. x.Shape]);
        var codes = below + Less.Call(u, share);
        if (!_signed) codes = Maximum.Call(codes, Above.Call(x, 0L).To(DType.Int32));
        return codes.To(DType.UInt8);
    }

    private byte Start(int upper)
    {
        var negative = upper >= 1 << 15;
        var lowest = BitConverter.Int32BitsToSingle((upper << 16) | (negative ? 0xffff : 0));
        var at = Array.BinarySearch(_values, lowest); // NaN counts as less than all
        return (byte)Math.Max(0, at >= 0 ? at : ~at - 1);
    }

    private static Tensor On(float[] values, Device device) => Tensor.From(values, values.Length).To(device);

    // Each decade's numbers are the middles of equal parts of (0.1, 1]; 0 and 1 are added as values.
    private static float[] Values(bool signed)
    {
        List<double> values = [0, 1];
        for (var decade = 0; decade < Decades; decade++)
        {
            var count = (signed ? 64 : 128) >> decade;
            for (var k = 0; k < count; k++)
            {
                var value = (0.1 + 0.9 * (k + 0.5) / count) * Math.Pow(10, -decade);
                values.Add(value);
                if (signed) values.Add(-value);
            }
        }
        return [.. values.Order().Select(v => (float)v)];
    }
}
