using WanLab.Torch;

namespace WanLab.Parity;

/// <summary>The difference between one output and the official one.</summary>
/// <param name="Case">Name of the golden case.</param>
/// <param name="Output">Name of the output.</param>
/// <param name="Error">Largest absolute difference divided by the expected output's largest absolute value; infinite where shapes
/// differ or a value is not finite.</param>
/// <param name="Note">A remark on the comparison for the reader; empty in the usual case.</param>
internal sealed record ParityResult(string Case, string Output, double Error, string Note = "")
{
    /// <summary>Compares a computed tensor with the expected one.</summary>
    /// <param name="golden">The golden case.</param>
    /// <param name="output">The output's name in the case.</param>
    /// <param name="actual">The computed tensor.</param>
    /// <param name="allowance">Difference that each element may have before it counts, in the output's shape; null for none.</param>
    public static ParityResult Compare(GoldenCase golden, string output, Tensor actual, Tensor? allowance = null)
    {
        using var scope = new TensorScope();
        var expected = golden[output].To(Device.Cpu, DType.Float64);
        if (!expected.Shape.SequenceEqual(actual.Shape)) return new ParityResult(golden.Name, output, double.PositiveInfinity);
        var difference = (actual.To(Device.Cpu, DType.Float64) - expected).Abs();
        var error = (allowance is null ? difference : (difference - allowance.To(Device.Cpu)).ClampMin(0)).Max().Item();
        var scale = expected.Abs().Max().Item();
        double Relative(double e) => e == 0 ? 0 : double.IsNaN(e / scale) ? double.PositiveInfinity : e / scale;
        var strict = Relative(difference.Max().Item());
        return new ParityResult(golden.Name, output, Relative(error),
            allowance is not null && strict > 1e-5 ? $"{strict:0.0e+00} where the gradient is below float32 rounding" : "");
    }
}
