using System.Buffers.Binary;
using System.Text;
using WanLab.Testing;
using WanLab.Torch.Safetensors;

namespace WanLab.Torch.Tests.Safetensors;

public sealed class SafetensorsTests : TensorTest
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wanlab-").FullName;

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.BFloat16)]
    [InlineData(DType.Float16)]
    [InlineData(DType.Int64)]
    [InlineData(DType.UInt8)]
    public void Tensors_come_back_with_type_shape_and_values(DType dtype) => InFolder(() =>
    {
        var x = Tensor.Arange(0, 6).View(2, 3).To(dtype);
        SafetensorsWriter.Write(At("a.safetensors"), [new("x", x), new("empty", Tensor.Zeros([0, 4]))],
            new Dictionary<string, string> { ["k"] = "v" });

        var file = SafetensorsFile.Open(At("a.safetensors"));
        Assert.True(file.Read("x").EqualTo(x));
        Assert.Equal([0, 4], file.Read("empty").Shape);
        Assert.Equal("v", file.Metadata["k"]);
        Assert.Equal(["a.safetensors"], Directory.GetFiles(_folder).Select(Path.GetFileName));
    });

    [Fact]
    public void Shards_open_as_one() => InFolder(() =>
    {
        SafetensorsWriter.Write(At("m-1.safetensors"), [new("a", Tensor.Full([1], 1))]);
        SafetensorsWriter.Write(At("m-2.safetensors"), [new("b", Tensor.Full([1], 2))]);
        File.WriteAllText(At("m.safetensors.index.json"), """{"weight_map":{"a":"m-1.safetensors","b":"m-2.safetensors"}}""");

        var weights = WeightFiles.Open(_folder);
        Assert.Equal(3, weights.Read("a").Item() + weights.Read("b").Item());

        File.Delete(At("m-2.safetensors"));
        File.WriteAllText(At("m-1.safetensors"), "<html>");
        var why = Fails(() => WeightFiles.Open(_folder));
        Assert.Contains("names the shard m-2.safetensors", why);
        Assert.Contains("m-1.safetensors: is a web page", why);

        File.WriteAllText(At("m.safetensors.index.json"), """{"weight_map":{"a":"../m-1.safetensors"}}""");
        Assert.Contains("which is not a file's name", Fails(() => WeightFiles.Open(_folder)));
    });

    [Fact]
    public void The_plain_name_is_taken_next_to_variants_as_diffusers_does() => InFolder(() =>
    {
        SafetensorsWriter.Write(At("model.fp16.safetensors"), [new("x", Tensor.Full([1], 16))]);
        SafetensorsWriter.Write(At("model.safetensors"), [new("x", Tensor.Full([1], 32))]);
        File.WriteAllText(At("._model.safetensors"), "a Mac's side file");
        Assert.Equal(32, WeightFiles.Open(_folder).Read("x").Item());

        SafetensorsWriter.Write(At("other.safetensors"), [new("x", Tensor.Full([1], 1))]);
        Assert.Contains("several candidates", Fails(() => WeightFiles.Open(_folder)));
    });

    [Fact]
    public void Parts_without_their_index_are_reported() => InFolder(() =>
    {
        SafetensorsWriter.Write(At("m-00001-of-00002.safetensors"), [new("a", Tensor.Full([1], 1))]);
        SafetensorsWriter.Write(At("m-00002-of-00002.safetensors"), [new("b", Tensor.Full([1], 2))]);
        Assert.Contains("whose index (a .safetensors.index.json) is missing", Fails(() => WeightFiles.Open(_folder)));
    });

    [Theory]
    [InlineData("""{"x":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", 8, "holds 8 bytes of data")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"y":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12,
        "'x' and 'y' overlap")]
    [InlineData("""{"x":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "takes 12 bytes, its offsets say 8")]
    [InlineData("""{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,8]}}""", 8, "impossible shape")]
    [InlineData("""{"x":{"dtype":"F32","shape":[4611686018427387904,4611686018427387904],"data_offsets":[0,8]}}""", 8, "impossible shape")]
    [InlineData("""{"x":{"dtype":"F99","shape":[1],"data_offsets":[0,4]}}""", 4, "type 'F99'")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1]}}""", 4, "header cannot be read")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", 4, "lies at bytes -4..0")]
    [InlineData("""[1,2]""", 0, "not a JSON object")]
    [InlineData("""{"x":""", 0, "header cannot be read")]
    public void A_lying_header_is_refused(string header, int dataBytes, string why) => InFolder(() =>
    {
        File.WriteAllBytes(At("a.safetensors"), [.. Length(header.Length), .. Encoding.UTF8.GetBytes(header), .. new byte[dataBytes]]);
        Assert.Contains(why, Fails(() => SafetensorsFile.Open(At("a.safetensors"))));
    });

    [Fact]
    public void A_truncated_file_is_refused() => InFolder(() =>
    {
        SafetensorsWriter.Write(At("a.safetensors"), [new("x", Tensor.Zeros([100]))]);
        var bytes = File.ReadAllBytes(At("a.safetensors"));
        foreach (var length in new[] { 0, 5, 8, 40, bytes.Length - 1 })
        {
            File.WriteAllBytes(At("a.safetensors"), bytes[..length]);
            Assert.Contains("a.safetensors", Fails(() => SafetensorsFile.Open(At("a.safetensors"))));
        }
    });

    [Fact]
    public void A_huge_header_is_refused_without_reading_it() => InFolder(() =>
    {
        File.WriteAllBytes(At("a.safetensors"), [.. Length(long.MaxValue), 1, 2, 3]);
        Assert.Contains("its header claims 9223372036854775807 bytes", Fails(() => SafetensorsFile.Open(At("a.safetensors"))));
    });

    [Fact]
    public void Pickled_files_are_refused_by_name_and_by_content() => InFolder(() =>
    {
        Assert.Contains("could run code", Fails(() => SafetensorsFile.Open(At("model.pth"))));
        File.WriteAllBytes(At("a.safetensors"), [.. "PK\x3\x4"u8, .. new byte[64]]);
        var why = Fails(() => SafetensorsFile.Open(At("a.safetensors")));
        Assert.Contains("a pickled PyTorch file", why);
        Assert.Contains($"wanlab convert {At("a.safetensors")} --out", why);
    });

    [Fact]
    public void A_missing_tensor_or_file_is_named() => InFolder(() =>
    {
        Assert.Contains("no such file", Fails(() => SafetensorsFile.Open(At("none.safetensors"))));
        SafetensorsWriter.Write(At("a.safetensors"), [new("x", Tensor.Zeros([1]))]);
        Assert.Contains("has no tensor 'y'", Fails(() => SafetensorsFile.Open(At("a.safetensors")).Read("y")));
    });

    [Fact]
    public void An_unwritable_place_is_an_error_that_names_it() => InFolder(() =>
    {
        File.WriteAllText(At("file"), "");
        Assert.Contains("cannot be written",
            Fails(() => SafetensorsWriter.Write(At("file/a.safetensors"), [new("x", Tensor.Zeros([1]))])));
    });

    private static byte[] Length(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }

    private static string Fails(Action action) => Assert.Throws<WanLabException>(action).Message;

    private string At(string name) => Path.Combine(_folder, name);

    private void InFolder(Action test)
    {
        try
        {
            test();
        }
        finally
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
