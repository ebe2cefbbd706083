using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using WanLab.Torch.Safetensors;

namespace WanLab.Torch.Tests.Safetensors;

public sealed partial class MappingTests : TensorTest, IDisposable
{
    private const int AddressSpace = 9; // RLIMIT_AS
    private readonly TempFolder _folder = new();

    void IDisposable.Dispose()
    {
        _folder.Dispose();
        Dispose();
    }

    [Fact]
    public void A_file_far_larger_than_the_memory_opens()
    {
        var file = SafetensorsFile.Open(Sparse(1L << 40));
        Assert.Equal([1L << 40], file.Entries["x"].Shape);
        Assert.Equal(0, file.Read("x").Narrow(0, (1L << 40) - 4, 4).Sum().Item());
    }

    [Fact]
    public void A_map_that_fails_is_an_error_and_the_process_survives_a_collection()
    {
        var path = Sparse(1L << 40);
        var before = new long[2];
        Assert.Equal(0, getrlimit(AddressSpace, before));
        try
        {
            // Room for everything else that runs meanwhile, but not for the file.
            Assert.Equal(0, setrlimit(AddressSpace, [AddressBytes() + (1L << 38), before[1]]));
            Assert.Contains("bytes cannot be mapped into memory", Fails(path));
        }
        finally
        {
            Assert.Equal(0, setrlimit(AddressSpace, before));
        }
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Equal(0, SafetensorsFile.Open(path).Read("x").Narrow(0, 0, 4).Sum().Item());
    }

    [Fact]
    public void A_mapping_lives_as_long_as_a_tensor_refers_to_it()
    {
        var tensor = Opened();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Equal(0, tensor.Narrow(0, 1 << 20, 1 << 20).Sum().Item());

        Tensor Opened() => SafetensorsFile.Open(Sparse(1 << 22)).Read("x");
    }

    private static string Fails(string path) => Assert.Throws<WanLabException>(() => SafetensorsFile.Open(path)).Message;

    private static long AddressBytes()
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmSize:", StringComparison.Ordinal));
        return long.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;
    }

    private string Sparse(long bytes)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(
            new { x = new { dtype = "U8", shape = new[] { bytes }, data_offsets = new[] { 0, bytes } } });
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        using var stream = File.Create(_folder["x.safetensors"]);
        stream.Write([.. length, .. header]);
        stream.SetLength(8 + header.Length + bytes);
        return _folder["x.safetensors"];
    }

    [LibraryImport("libc")]
    private static partial int getrlimit(int resource, [In, Out] long[] limits);

    [LibraryImport("libc")]
    private static partial int setrlimit(int resource, long[] limits);
}
