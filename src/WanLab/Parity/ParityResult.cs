using WanLab.Torch;

namespace WanLab.Parity;

/// <summary>How far one output is from the official one.</summary>
/// <param name="Case">Name of the golden case.</param>
/// <param name="Output">Name of the output.</param>
/// <param name="Error">Largest absolute difference divided by the expected output's largest absolute value; infinite where shapes differ or a value is not finite.</param>
public sealed record ParityResult(string Case, string Output, double Error)
{
    /// <summary>Compares a computed tensor with the expected one.</summary>
    public static ParityResult Compare(GoldenCase golden, string output, Tensor actual)
    {
        using var scope = new TensorScope();
        var expected = golden[output].To(DType.Float64);
        if (!expected.Shape.SequenceEqual(actual.Shape)) return new ParityResult(golden.Name, output, double.PositiveInfinity);
        var error = (actual.To(DType.Float64) - expected).Abs().Max().Item();
        var scale = expected.Abs().Max().Item();
        var relative = error == 0 ? 0 : error / scale;
        return new ParityResult(golden.Name, output, double.IsNaN(relative) ? double.PositiveInfinity : relative);
    }
}
