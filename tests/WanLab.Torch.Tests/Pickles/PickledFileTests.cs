using System.IO.Compression;
using System.Runtime.InteropServices;
using WanLab.Torch.Pickles;
using WanLab.Torch.Safetensors;

namespace WanLab.Torch.Tests.Pickles;

public sealed class PickledFileTests : TensorTest, IDisposable
{
    private static readonly float[] Numbers = [.. Enumerable.Range(0, 6).Select(n => n + 0.5f)];
    private readonly TempFolder _folder = new();

    void IDisposable.Dispose()
    {
        _folder.Dispose();
        Dispose();
    }

    [Fact]
    public void A_state_dict_becomes_a_safetensors_file_with_the_same_tensors()
    {
        var pickle = new PickleText().Map(
            p => p.Text("a.weight").Tensor("0", "FloatStorage", 6, 0, [2, 3], [3, 1]),
            p => p.Text("b").Tensor("1", "BFloat16Storage", 2, 0, [2], [1]),
            p => p.Text("steps").Number(70000),
            p => p.Text("scalar").Tensor("2", "LongStorage", 1, 0, [], []));
        var bytes = PickleText.File(pickle.Bytes,
            ("0", Floats(Numbers)), ("1", [0x80, 0x3f, 0, 0x40]), ("2", [7, 0, 0, 0, 0, 0, 0, 0]));
        using (var file = Open(bytes))
            file.WriteSafetensors(_folder["out.safetensors"]);

        var read = SafetensorsFile.Open(_folder["out.safetensors"]);
        Assert.Equal(["a.weight", "b", "scalar"], read.Entries.Keys);
        Assert.Equal("pt", read.Metadata["format"]);
        Assert.True(read.Read("a.weight").EqualTo(Tensor.From(Numbers, 2, 3)));
        Assert.True(read.Read("b").EqualTo(Tensor.From([1f, 2f], 2).To(DType.BFloat16)));
        Assert.Equal((7, 0), (read.Read("scalar").Item(), read.Read("scalar").Rank));
        Assert.Equal(["in.pth", "out.safetensors"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Views_of_one_storage_are_written_as_they_look()
    {
        var pickle = new PickleText().Map(
            p => p.Text("transposed").Tensor("0", "FloatStorage", 6, 0, [3, 2], [1, 3]),
            p => p.Text("row").Tensor("0", "FloatStorage", 6, 3, [3], [1]),
            p => p.Text("repeated").Tensor("0", "FloatStorage", 6, 1, [2, 1], [0, 1]));
        using (var file = Open(PickleText.File(pickle.Bytes, ("0", Floats(Numbers))))) file.WriteSafetensors(_folder["out.safetensors"]);
        var read = SafetensorsFile.Open(_folder["out.safetensors"]);
        Assert.Equal([0.5f, 3.5f, 1.5f, 4.5f, 2.5f, 5.5f], read.Read("transposed").ToArray<float>());
        Assert.Equal([3.5f, 4.5f, 5.5f], read.Read("row").ToArray<float>());
        Assert.Equal([1.5f, 1.5f], read.Read("repeated").ToArray<float>());
    }

    [Fact]
    public void A_file_that_torch_itself_wrote_gives_its_numbers_to_the_bit()
    {
        // torch.save of {"epoch": 3, "loss": 0.5, "state_dict": OrderedDict(...), "name": "x"}; base = torch.arange(6.).reshape(2, 3) + 0.5
        using (var file = PickledFile.Open(Path.Combine(Repository.Root, "tests/WanLab.Torch.Tests/Pickles/torch-1.13.pth")))
            file.WriteSafetensors(_folder["out.safetensors"]);

        var read = SafetensorsFile.Open(_folder["out.safetensors"]);
        Same("fp32", Tensor.From(Numbers, 2, 3)); // base
        Same("fp32.transposed", Tensor.From([0.5f, 3.5f, 1.5f, 4.5f, 2.5f, 5.5f], 3, 2)); // base.t()
        Same("fp32.row", Tensor.From([3.5f, 4.5f, 5.5f], 3)); // base[1]
        Same("fp32.column", Tensor.From([2.5f, 5.5f], 2)); // base[:, 2]
        Same("bf16", Tensor.From([1f, -2.5f, 3.140625f], 3).To(DType.BFloat16));
        Same("fp16", Tensor.From([0.333251953125f, -65504f], 2).To(DType.Float16));
        Same("fp16.strided", Tensor.From([0f, 2f, 4f, 6f], 2, 2).To(DType.Float16)); // torch.arange(8.).half().reshape(2, 4)[:, ::2]
        Same("parameter", Tensor.From([0.25f], 1, 1)); // torch.nn.Parameter
        Same("none", Tensor.From(Array.Empty<float>(), 0, 3));
        Assert.Equal([1L, -9007199254740993], read.Read("int64").ToArray<long>()); // not a double
        Assert.Equal([true, false], read.Read("bool").ToArray<bool>());
        Assert.Equal((16, 0), (read.Read("scalar").Item(), read.Read("scalar").Rank));
        Assert.Equal(12, read.Entries.Count);

        void Same(string name, Tensor expected)
        {
            var tensor = read.Read(name);
            Assert.Equal((expected.DType, expected.ShapeText), (tensor.DType, tensor.ShapeText));
            Assert.True(tensor.EqualTo(expected), name);
        }
    }

    [Theory]
    [InlineData("state_dict")]
    [InlineData("model")]
    public void A_state_dict_inside_a_checkpoint_is_found(string name)
    {
        var pickle = new PickleText().Map(
            p => p.Text("epoch").Number(3),
            p => p.Text(name).Map(q => q.Text("x").Tensor("0", "FloatStorage", 6, 0, [6], [1])));
        using var file = Open(PickleText.File(pickle.Bytes, ("0", Floats(Numbers))));
        Assert.Equal("x", Assert.Single(file.Tensors).Key);
        Assert.Equal(24, file.Bytes);
    }

    [Theory]
    [InlineData("os", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("torch", "load")]
    [InlineData("numpy.core.multiarray", "scalar")]
    public void A_name_that_could_run_code_is_refused_by_name(string module, string name)
    {
        var pickle = new PickleText().Global(module, name).Text("touch /tmp/x").Raw(0x85, (byte)'R');
        Assert.Contains($"refused: its pickle asks for '{module}.{name}'", Fails(PickleText.File(pickle.Bytes)));
    }

    [Theory]
    [InlineData('i', "instruction 0x69")] // INST calls a class
    [InlineData('o', "instruction 0x6f")] // OBJ as well
    [InlineData('\x81', "instruction 0x81")] // NEWOBJ too
    [InlineData('\x82', "instruction 0x82")] // EXT1 names a registered object
    [InlineData('P', "instruction 0x50")] // PERSID in text
    public void An_instruction_that_tensors_do_not_need_is_refused(char code, string why) =>
        Assert.Contains(why, Fails(PickleText.File(new PickleText().Raw((byte)'(').Raw((byte)code).Bytes)));

    [Fact]
    public void A_tensor_beyond_its_storage_or_larger_than_the_file_is_refused()
    {
        Assert.Contains("reaches beyond its storage", Fails(One(6, 0, [7], [1])));
        Assert.Contains("reaches beyond its storage", Fails(One(6, 1, [2, 3], [3, 1])));
        Assert.Contains("take 24 bytes, but should take 28", Fails(One(7, 0, [7], [1])));
        Assert.Contains("far more than it has", Fails(One(6, 0, [1L << 40], [0])));
        Assert.Contains("impossible shape", Fails(One(6, 0, [1L << 40, 1L << 40], [0, 0])));
        Assert.Contains("are missing", Fails(PickleText.File(
            new PickleText().Map(p => p.Text("x").Tensor("9", "FloatStorage", 6, 0, [6], [1])).Bytes, ("0", Floats(Numbers)))));
    }

    [Fact]
    public void Files_of_other_kinds_are_called_by_their_names()
    {
        Assert.Contains("before version 1.6", Fails([0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9]));
        Assert.Contains("is a GGUF file", Fails([.. "GGUF"u8, 3, 0, 0, 0, 1, 0, 0, 0]));
        Assert.Contains("is a web page", Fails([.. "<!DOCTYPE html><html>"u8]));
        Assert.Contains("is a safetensors file already", Fails([2, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}']));
        Assert.Contains("no such file", Assert.Throws<WanLabException>(() => PickledFile.Open(_folder["none.pth"])).Message);

        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true)) archive.CreateEntry("a.txt").Open().Dispose();
        Assert.Contains("a zip archive without a data.pkl", Fails(zip.ToArray()));
    }

    [Fact]
    public void A_file_that_was_cut_off_is_refused_wherever_it_ends()
    {
        var whole = One(6, 0, [6], [1]);
        for (var length = 0; length < whole.Length; length += 7) Assert.NotEmpty(Fails(whole[..length]));
    }

    [Fact]
    public void A_compressed_archive_is_refused_before_anything_is_unpacked()
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = archive.CreateEntry("archive/data.pkl", CompressionLevel.SmallestSize).Open())
            entry.Write(new byte[1 << 20]);
        Assert.Contains("compressed or encrypted", Fails(zip.ToArray()));
    }

    private static byte[] One(long count, long offset, long[] shape, long[] strides) => PickleText.File(
        new PickleText().Map(p => p.Text("x").Tensor("0", "FloatStorage", count, offset, shape, strides)).Bytes, ("0", Floats(Numbers)));

    private static byte[] Floats(float[] values) => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    private PickledFile Open(byte[] bytes)
    {
        File.WriteAllBytes(_folder["in.pth"], bytes);
        return PickledFile.Open(_folder["in.pth"]);
    }

    private string Fails(byte[] bytes) => Assert.Throws<WanLabException>(() => Open(bytes)).Message;
}
