using WanLab.Models;
using WanLab.Testing;
using WanLab.Torch;
using WanLab.Training.Optimizers;

namespace WanLab.Tests.Training.Optimizers;

public sealed class DynamicCodeTests : TensorTest
{
    public static TheoryData<bool> Both => [true, false];

    [Theory]
    [MemberData(nameof(Both))]
    public void Every_value_has_a_byte_of_its_own(bool signed)
    {
        var code = signed ? DynamicCode.Signed : DynamicCode.Unsigned;
        var bytes = Tensor.From([.. Enumerable.Range(0, 256).Select(k => (byte)k)], 256);
        var values = code.Decode(bytes).ToArray<float>();
        Assert.Equal(values.Distinct().Order(), values);
        Assert.Equal((signed ? -0.993f : 0f, 1f), ((float)Math.Round(values[0], 3), values[^1]));
        Assert.Contains(0f, values);
        Assert.True(bytes.EqualTo(code.Encode(code.Decode(bytes), Tensor.Zeros([256]))));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void A_number_becomes_one_of_the_values_around_it(bool signed)
    {
        var code = signed ? DynamicCode.Signed : DynamicCode.Unsigned;
        float[] numbers = [.. Enumerable.Range(0, 2000).Select(k => (float)Math.Pow(10, -6 * CounterRandom.Uniform(1, "numbers", k)))];
        if (signed) numbers = [.. numbers, .. numbers.Select(n => -0.99f * n)];
        var values = code.Decode(Tensor.From([.. Enumerable.Range(0, 256).Select(k => (byte)k)], 256)).ToArray<float>();
        using var generator = new Generator(1);
        var back = code.Decode(code.Encode(Tensor.From(numbers, numbers.Length), Tensor.Rand([numbers.Length], generator)))
            .ToArray<float>();
        foreach (var (number, kept) in numbers.Zip(back))
        {
            Assert.True(kept == values.Last(v => v <= number) || kept == values.First(v => v >= number), $"{number} became {kept}");
            if (Math.Abs(number) > 0.1) Assert.Equal(number, kept, (signed ? 0.9 / 64 : 0.9 / 128) * 1.01);
        }
    }

    [Fact]
    public void A_root_above_0_never_becomes_0()
    {
        var codes = DynamicCode.Unsigned.Encode(Tensor.From([0f, 1e-30f, 1e-9f], 3), Tensor.Full([3], 0.999)).ToArray<byte>();
        Assert.Equal([0, 1, 1], codes);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Rounding_keeps_the_mean(bool signed)
    {
        var code = signed ? DynamicCode.Signed : DynamicCode.Unsigned;
        using var generator = new Generator(1);
        foreach (var number in new[] { 0.5003, 0.0217, 3.3e-4 })
        {
            var back = code.Decode(code.Encode(Tensor.Full([40_000], number), Tensor.Rand([40_000], generator)));
            Assert.Equal(2, back.ToArray<float>().Distinct().Count());
            Assert.Equal(number, back.To(DType.Float64).Mean().Item(), 2e-3 * number);
        }
    }
}
