using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace WanLab.Torch.Tests.Pickles;

/// <summary>Writes PyTorch files as torch.save does, instruction by instruction.</summary>
internal sealed class PickleText
{
    private readonly List<byte> _bytes = [0x80, 2];

    public byte[] Bytes => [.. _bytes, (byte)'.'];

    public PickleText Raw(params ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public PickleText Global(string module, string name) => Raw(Encoding.UTF8.GetBytes($"c{module}\n{name}\n"));

    public PickleText Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        return Raw((byte)'X').Raw(length).Raw(bytes);
    }

    public PickleText Number(long number)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        return number is >= 0 and < 256 ? Raw((byte)'K', (byte)number) : Raw(0x8a, 8).Raw(bytes);
    }

    public PickleText Numbers(params ReadOnlySpan<long> numbers)
    {
        Raw((byte)'(');
        foreach (var number in numbers) Number(number);
        return Raw((byte)'t');
    }

    /// <summary>A dictionary as torch writes a state_dict: its items, then its attributes.</summary>
    public PickleText Map(params ReadOnlySpan<Action<PickleText>> items)
    {
        Global("collections", "OrderedDict").Raw((byte)')', (byte)'R', (byte)'(');
        foreach (var item in items) item(this);
        return Raw((byte)'u').Raw((byte)'}').Raw((byte)'b');
    }

    public PickleText Tensor(string storage, string type, long count, long offset, long[] shape, long[] strides)
    {
        Global("torch._utils", "_rebuild_tensor_v2").Raw((byte)'(', (byte)'(').Text("storage").Global("torch", type).Text(storage);
        Text("cpu").Number(count).Raw((byte)'t', (byte)'Q').Number(offset).Numbers(shape).Numbers(strides);
        return Raw(0x89).Global("collections", "OrderedDict").Raw((byte)')', (byte)'R', (byte)'t', (byte)'R');
    }

    /// <summary>The whole file: the pickle and the storages, stored in a zip.</summary>
    public static byte[] File(byte[] pickle, params ReadOnlySpan<(string Key, byte[] Bytes)> storages)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add("archive/data.pkl", pickle);
            Add("archive/byteorder", "little"u8.ToArray());
            foreach (var (key, bytes) in storages) Add($"archive/data/{key}", bytes);
            Add("archive/version", "3\n"u8.ToArray());

            void Add(string name, byte[] bytes)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(bytes);
            }
        }
        return stream.ToArray();
    }
}
