using System.Text;
using WanLab.Models;
using WanLab.Testing;
using WanLab.Torch.Safetensors;

namespace WanLab.Torch.Tests.Safetensors;

public sealed class Float8Tests : TensorTest
{
    [Theory]
    [InlineData(DType.Float8E4M3, 0x00, 0f)]
    [InlineData(DType.Float8E4M3, 0x01, 0.001953125f)]
    [InlineData(DType.Float8E4M3, 0x07, 0.013671875f)]
    [InlineData(DType.Float8E4M3, 0x08, 0.015625f)]
    [InlineData(DType.Float8E4M3, 0x38, 1f)]
    [InlineData(DType.Float8E4M3, 0x3c, 1.5f)]
    [InlineData(DType.Float8E4M3, 0x7e, 448f)]
    [InlineData(DType.Float8E4M3, 0x7f, float.NaN)]
    [InlineData(DType.Float8E4M3, 0xb8, -1f)]
    [InlineData(DType.Float8E5M2, 0x01, 1.52587890625e-05f)]
    [InlineData(DType.Float8E5M2, 0x3c, 1f)]
    [InlineData(DType.Float8E5M2, 0x3d, 1.25f)]
    [InlineData(DType.Float8E5M2, 0x7b, 57344f)]
    [InlineData(DType.Float8E5M2, 0xfc, float.NegativeInfinity)]
    public void Codes_stand_for_the_values_of_their_format(DType format, int code, float value) =>
        Assert.Equal(value, Float8.Values(format)[code]);

    [Fact]
    public void A_scale_is_one_number_or_one_a_row()
    {
        var raw = Tensor.From((byte[])[0x38, 0x3c, 0xb8, 0x40], 2, 2);

        Assert.Equal([0.5f, 0.75f, -0.5f, 1f], Float8.Decode(raw, DType.Float8E4M3, Tensor.Full([], 0.5), DType.Float32).ToArray<float>());
        Assert.Equal([0.5f, 0.75f, -2f, 4f],
            Float8.Decode(raw, DType.Float8E4M3, Tensor.From([0.5f, 2f], 2), DType.Float32).ToArray<float>());
        Assert.Equal([1f, 1.5f, -1f, 2f], Float8.Decode(raw, DType.Float8E4M3, null, DType.BFloat16).To(DType.Float32).ToArray<float>());
        Assert.Throws<TorchException>(() => Float8.Decode(raw, DType.Float8E4M3, Tensor.Zeros([3]), DType.Float32));
    }

    [Fact]
    public void Long_tensors_are_decoded_in_chunks_without_a_seam()
    {
        var codes = new byte[3 * (1 << 21) + 5];
        for (var k = 0; k < codes.Length; k++) codes[k] = (byte)(k * 7 % 120);
        var values = Float8.Values(DType.Float8E4M3);

        Assert.Equal(codes.Select(c => values[c]),
            Float8.Decode(Tensor.From(codes, codes.Length), DType.Float8E4M3, null, DType.Float32).ToArray<float>());
    }

    [Fact]
    public void A_file_gives_codes_that_decode()
    {
        var path = Path.GetTempFileName();
        try
        {
            var header =
                """{"x":{"dtype":"F8_E4M3","shape":[2,1],"data_offsets":[0,2]},"y":{"dtype":"F8_E5M2","shape":[0],"data_offsets":[2,2]}}""";
            File.WriteAllBytes(path, [(byte)header.Length, 0, 0, 0, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(header), 0x38, 0x40]);

            var file = SafetensorsFile.Open(path);
            Assert.Equal(DType.Float8E4M3, file.Entries["x"].DType);
            Assert.Equal(Runtime.HasFloat8 ? DType.Float8E4M3 : DType.UInt8, file.Read("x").DType);
            Assert.Equal([1f, 2f], Float8.Decode(file.Read("x"), DType.Float8E4M3, null, DType.Float32).ToArray<float>());
            Assert.Equal([0], Float8.Decode(file.Read("y"), DType.Float8E5M2, null, DType.Float32).Shape);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Every_finite_number_is_encoded_as_itself()
    {
        var values = Float8.Values(DType.Float8E4M3);
        int[] codes = [.. Enumerable.Range(0, 256).Where(code => float.IsFinite(values[code]) && code != 0x80)]; // -0 is written as 0
        var encoded = Float8.Encode(Tensor.From([.. codes.Select(code => values[code])], 1, codes.Length), Tensor.Full([1], 1));
        Assert.Equal(codes.Select(code => (byte)code), encoded.ToArray<byte>());
    }

    [Fact]
    public void Numbers_between_two_go_to_the_nearer_and_from_the_middle_to_the_even_one()
    {
        var values = Float8.Values(DType.Float8E4M3);
        var numbers = new List<float>();
        var expected = new List<byte>();
        for (var code = 0; code < 126; code++)
        {
            float a = values[code], b = values[code + 1];
            numbers.AddRange([a + (b - a) * 0.49f, (a + b) / 2, a + (b - a) * 0.51f]);
            expected.AddRange([(byte)code, (byte)(code + code % 2), (byte)(code + 1)]);
        }
        numbers.AddRange([500, 1e9f]);
        expected.AddRange([126, 126]);
        var encoded = Float8.Encode(Tensor.From([.. numbers, .. numbers.Select(x => -x)], 2, numbers.Count), Tensor.Full([2], 1))
            .ToArray<byte>();
        Assert.Equal(expected, encoded[..numbers.Count]);
        Assert.Equal(expected.Select(code => (byte)(code | 0x80)), encoded[numbers.Count..].Select(code => (byte)(code | 0x80)));
    }

    [Fact]
    public void Each_row_has_its_scale()
    {
        var encoded = Float8.Encode(Tensor.From([448f, 224f, 7f, 3.5f], 2, 2), Tensor.From([1f, 1 / 64f], 2));
        Assert.Equal([448f, 224f, 448f, 224f], encoded.ToArray<byte>().Select(code => Float8.Values(DType.Float8E4M3)[code]));
    }
}
