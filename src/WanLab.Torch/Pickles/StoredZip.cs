using System.Buffers.Binary;
using System.Text;

namespace WanLab.Torch.Pickles;

/// <summary>
/// The directory of a zip file whose entries are stored without compression, as PyTorch writes them; entries may be larger than 4 GiB.
/// Nothing in the file is trusted: every place is checked against the file's length.
/// </summary>
internal sealed class StoredZip
{
    private const uint LocalMark = 0x04034b50, EntryMark = 0x02014b50, EndMark = 0x06054b50;
    private const uint End64Mark = 0x06064b50, Locator64Mark = 0x07064b50;
    private const int LocalBytes = 30, EntryBytes = 46, EndBytes = 22, Locator64Bytes = 20, End64Bytes = 56;
    private const long MaxDirectory = 256 << 20;

    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly FileStream _file;
    private readonly string _path;

    /// <summary>Reads the directory of an open file.</summary>
    /// <exception cref="WanLabException">The file is no such zip file, or is cut off.</exception>
    public StoredZip(FileStream file, string path)
    {
        (_file, _path) = (file, path);
        var (start, size, count) = Directory();
        if (size is < 0 or > MaxDirectory || start < 0 || start > file.Length - size) throw Bad("its directory lies outside the file");
        var bytes = ReadAt(start, (int)size);
        for (var at = 0; count > 0; count--) at += Add(bytes.AsSpan(at));
    }

    /// <summary>The names of all entries.</summary>
    public IReadOnlyCollection<string> Names => _entries.Keys;

    /// <summary>Number of bytes of an entry; null where there is none of that name.</summary>
    public long? Length(string name) => _entries.TryGetValue(name, out var entry) ? entry.Length : null;

    /// <summary>Place of an entry's first byte in the file.</summary>
    public long Place(string name)
    {
        var entry = _entries[name];
        if (entry.Local < 0 || entry.Local > _file.Length - LocalBytes) throw Bad($"'{name}' lies outside the file");
        var local = ReadAt(entry.Local, LocalBytes);
        if (BinaryPrimitives.ReadUInt32LittleEndian(local) != LocalMark) throw Bad($"there is no '{name}' where its directory says");
        var place = entry.Local + LocalBytes
            + BinaryPrimitives.ReadUInt16LittleEndian(local.AsSpan(26)) + BinaryPrimitives.ReadUInt16LittleEndian(local.AsSpan(28));
        if (place > _file.Length - entry.Length) throw Bad($"'{name}' ends beyond the file (was the download cut off?)");
        return place;
    }

    /// <summary>The bytes of an entry.</summary>
    public byte[] Read(string name, int limit) => Length(name) is { } length && length <= limit
        ? ReadAt(Place(name), (int)length)
        : throw Bad($"its '{name}' has {Length(name)} bytes, more than the {limit} that such a file may have");

    /// <summary>The exception for a file that cannot be read.</summary>
    public WanLabException Bad(string why) =>
        new($"{_path}: is not a readable PyTorch file: {why}. Fetch the file again.");

    private (long Start, long Size, long Count) Directory()
    {
        var tail = ReadAt(Math.Max(0, _file.Length - EndBytes - ushort.MaxValue), (int)Math.Min(_file.Length, EndBytes + ushort.MaxValue));
        var at = tail.Length - EndBytes;
        while (at >= 0 && BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at)) != EndMark) at--;
        if (at < 0) throw Bad("its end is missing (was the download cut off?)");
        var end = tail.AsSpan(at);
        long count = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
        long size = BinaryPrimitives.ReadUInt32LittleEndian(end[12..]);
        long start = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        if (at < Locator64Bytes || BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at - Locator64Bytes)) != Locator64Mark)
            return (start, size, count);
        var place = BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(at - Locator64Bytes + 8));
        if (place < 0 || place > _file.Length - End64Bytes) throw Bad("its directory lies outside the file");
        var end64 = ReadAt(place, End64Bytes).AsSpan();
        if (BinaryPrimitives.ReadUInt32LittleEndian(end64) != End64Mark) throw Bad("its directory cannot be found");
        return (BinaryPrimitives.ReadInt64LittleEndian(end64[48..]), BinaryPrimitives.ReadInt64LittleEndian(end64[40..]),
            BinaryPrimitives.ReadInt64LittleEndian(end64[32..]));
    }

    // Adds the entry at the start of the bytes, and returns how many bytes it takes.
    private int Add(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < EntryBytes || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != EntryMark) throw Bad("its directory is damaged");
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]);
        var method = BinaryPrimitives.ReadUInt16LittleEndian(bytes[10..]);
        long packed = BinaryPrimitives.ReadUInt32LittleEndian(bytes[20..]), length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[24..]);
        var (name, extra, comment) = (BinaryPrimitives.ReadUInt16LittleEndian(bytes[28..]),
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[30..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[32..]));
        long local = BinaryPrimitives.ReadUInt32LittleEndian(bytes[42..]);
        var whole = EntryBytes + name + extra + comment;
        if (whole > bytes.Length) throw Bad("its directory is damaged");
        Widen(bytes.Slice(EntryBytes + name, extra), ref length, ref packed, ref local);
        var text = Encoding.UTF8.GetString(bytes.Slice(EntryBytes, name));
        if (method != 0 || (flags & 1) != 0 || packed != length || length < 0)
            throw Bad($"its '{text}' is compressed or encrypted, which PyTorch never does (an archive that holds the file?)");
        if (!_entries.TryAdd(text, new Entry(local, length))) throw Bad($"it holds '{text}' twice");
        return whole;
    }

    // Numbers that do not fit into 32 bits stand in an extra field, in this order.
    private static void Widen(ReadOnlySpan<byte> extra, ref long length, ref long packed, ref long local)
    {
        while (extra.Length >= 4)
        {
            var (kind, size) = (BinaryPrimitives.ReadUInt16LittleEndian(extra), BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]));
            if (size > extra.Length - 4) return;
            var field = extra.Slice(4, size);
            if (kind == 1)
            {
                Take(ref length, ref field);
                Take(ref packed, ref field);
                Take(ref local, ref field);
            }
            extra = extra[(4 + size)..];
        }

        static void Take(ref long value, ref ReadOnlySpan<byte> field)
        {
            if (value != uint.MaxValue || field.Length < 8) return;
            value = BinaryPrimitives.ReadInt64LittleEndian(field);
            field = field[8..];
        }
    }

    private byte[] ReadAt(long place, int count)
    {
        var bytes = new byte[count];
        _file.Position = place;
        _file.ReadExactly(bytes);
        return bytes;
    }

    private sealed record Entry(long Local, long Length);
}
