using WanLab.Memory;
using WanLab.Models.Weights;
using WanLab.Testing;
using WanLab.Torch;

namespace WanLab.Tests.Memory;

public sealed class PackedWeightTests : TensorTest
{
    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.BFloat16)]
    public void Eight_bits_take_a_byte_a_weight_and_are_off_by_a_sixteenth_at_most(DType dtype)
    {
        var weight = Draw(96, 128, dtype);
        using var packed = Float8Weight.Pack(weight);

        Assert.Equal(96 * 128 + 96 * 4, packed.Bytes);
        Assert.Equal(dtype, packed.DType);
        var (w, q) = (weight.To(DType.Float32), packed.Unpack().To(DType.Float32));
        // half a step of three bits, or of the smallest numbers below the row's largest / 448 / 64; bf16 rounds once more
        var largest = w.Abs().ToArray<float>().Chunk(128).Select(row => row.Max()).ToArray();
        var bound = w.Abs() * (1 / 16.0 + (dtype == DType.BFloat16 ? 1 / 256.0 : 1e-6)) + Tensor.From(largest, 96, 1) * (1 / 448.0 / 1024);
        Assert.True(((q - w).Abs() - bound).Max().Item() <= 0);
        Assert.True((q - w).Norm([0, 1]).Item() < 0.03 * w.Norm([0, 1]).Item());
        if (dtype == DType.BFloat16) return; // rounded once more, so not what eight bits hold
        using var again = Float8Weight.Pack(q);
        Assert.Equal(0, (again.Unpack() - q).Abs().Max().Item(), 1e-6);
    }

    [Theory]
    [InlineData(128, 64)]
    [InlineData(160, 32)] // the largest power of two that divides a row
    public void Four_bits_are_off_by_half_a_step_of_their_group_at_most(int columns, int group)
    {
        var weight = Draw(40, columns, DType.Float32);
        using var packed = UInt4Weight.Pack(weight);

        Assert.Equal(40 * columns / 2 + 40 * columns / group * (4 + 1), packed.Bytes);
        var error = (packed.Unpack() - weight).Abs().ToArray<float>().Chunk(group);
        foreach (var (values, errors) in weight.ToArray<float>().Chunk(group).Zip(error))
        {
            var step = (Math.Max(values.Max(), 0) - Math.Min(values.Min(), 0)) / 15;
            // zero has a place of its own, and what lies half a step beyond the ends is cut off
            Assert.InRange(errors.Max(), 0, 1.001 * step);
            Assert.InRange(errors.Average(), 0, 0.5 * step);
        }
    }

    [Fact]
    public void Four_bits_in_bf16_follow_the_arithmetic_that_recovery_adapters_are_made_for()
    {
        var weight = Draw(3, 128, DType.BFloat16);
        using var packed = UInt4Weight.Pack(weight);
        Assert.Equal(4.375, packed.Bytes * 8.0 / (3 * 128));

        static float Bf16(double x)
        {
            var bits = BitConverter.SingleToUInt32Bits((float)x);
            return BitConverter.UInt32BitsToSingle((bits + 0x7fff + (bits >> 16 & 1)) & 0xffff0000);
        }
        var expected = weight.To(DType.Float32).ToArray<float>().Chunk(64).SelectMany(group =>
        {
            // number by number, each operation rounded to bf16
            float low = Math.Min(group.Min(), 0), high = Math.Max(group.Max(), 0);
            var scale = Math.Max(Bf16(Bf16(high - low) / 15), 1.1920929e-07f);
            var zero = Math.Clamp(-MathF.Round(Bf16(low / scale)), 0, 15);
            var inverse = Bf16(1 / scale);
            return group.Select(w => Bf16((Math.Clamp(MathF.Round(Bf16(w * inverse)) + zero, 0, 15) - zero) * scale));
        });
        Assert.Equal(expected, packed.Unpack().To(DType.Float32).ToArray<float>());
    }

    [Fact]
    public void Zeros_and_constants_survive()
    {
        var rows = Tensor.Cat([Tensor.Zeros([1, 64]), Tensor.Full([1, 64], 0.3), Tensor.Full([1, 64], -2)], 0);
        foreach (var packed in (PackedWeight[])[Float8Weight.Pack(rows), UInt4Weight.Pack(rows)])
        {
            Assert.Equal(0, packed.Unpack().Narrow(0, 0, 1).Abs().Max().Item());
            Assert.Equal(0, (packed.Unpack() - rows).Abs().Max().Item(), 1e-6);
        }
    }

    [Fact]
    public void A_row_that_does_not_divide_into_groups_is_left_alone()
    {
        Assert.False(UInt4Weight.Fits(Tensor.Zeros([4, 100])));
        Assert.True(UInt4Weight.Fits(Tensor.Zeros([4, 104])));
    }

    [Fact]
    public void A_copy_on_a_device_is_the_same_and_outlives_the_first()
    {
        var weight = Draw(16, 64, DType.Float32);
        foreach (var packed in (PackedWeight[])
        [
            Float8Weight.Pack(weight),
            UInt4Weight.Pack(weight),
            new RecoveredWeight(UInt4Weight.Pack(weight), Draw(2, 64, DType.Float32), Draw(16, 2, DType.Float32)),
            new HostWeight(weight, Device.Cpu),
        ])
        {
            var before = packed.Unpack();
            var copy = packed.To(Device.Cpu);
            Assert.Equal(packed.Bytes, copy.Bytes);
            Assert.Equal(packed.Shape, copy.Shape);
            packed.Dispose();
            Assert.True(copy.Unpack().EqualTo(before));
        }
    }

    private static Tensor Draw(int rows, int columns, DType dtype)
    {
        using var generator = new Generator(7);
        return (Tensor.Randn([rows, columns], generator) * Tensor.Rand([rows, 1], generator) * 0.1).To(dtype);
    }
}
