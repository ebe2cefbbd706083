using System.Text;
using WanLab.Models;

namespace WanLab.Tests.Runs.TensorBoard;

/// <summary>One event of a file: the fields that were there.</summary>
internal sealed record BoardEvent
{
    public double WallTime { get; init; }

    public long Step { get; init; }

    public string? FileVersion { get; init; }

    public bool IsStart { get; init; }

    public IReadOnlyList<(string Tag, float Value)> Scalars { get; init; } = [];
}

/// <summary>Reads event files as TensorBoard does, checksums included; written apart from the writer.</summary>
internal static class EventFile
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(n =>
    {
        var c = (uint)n;
        for (var bit = 0; bit < 8; bit++) c = (c & 1) != 0 ? 0x82F63B78 ^ (c >> 1) : c >> 1; // Castagnoli, reflected
        return c;
    })];

    public static List<BoardEvent> Read(string file)
    {
        using var reader = new BinaryReader(File.OpenRead(file));
        var events = new List<BoardEvent>();
        while (reader.BaseStream.Position < reader.BaseStream.Length)
        {
            var length = reader.ReadBytes(8);
            Assert.Equal(Masked(length), reader.ReadUInt32());
            var data = reader.ReadBytes((int)BitConverter.ToUInt64(length));
            Assert.Equal(Masked(data), reader.ReadUInt32());
            events.Add(Event(data));
        }
        return events;
    }

    public static uint Crc32C(byte[] data) => ~data.Aggregate(~0u, (crc, b) => Table[(crc ^ b) & 0xff] ^ (crc >> 8));

    private static uint Masked(byte[] data)
    {
        var crc = Crc32C(data);
        return unchecked(((crc >> 15) | (crc << 17)) + 0xa282ead8u);
    }

    private static BoardEvent Event(byte[] data)
    {
        var e = new BoardEvent();
        foreach (var (field, value) in Fields(data))
        {
            e = field switch
            {
                1 => e with { WallTime = BitConverter.ToDouble((byte[])value) },
                2 => e with { Step = (long)(ulong)value },
                3 => e with { FileVersion = Encoding.UTF8.GetString((byte[])value) },
                5 => e with { Scalars = [.. Fields((byte[])value).Select(v => Scalar((byte[])v.Value))] },
                7 => e with { IsStart = Fields((byte[])value).Single() is (1, 1UL) },
                _ => throw new InvalidDataException($"field {field}"),
            };
        }
        return e;
    }

    private static (string, float) Scalar(byte[] data)
    {
        var fields = Fields(data).ToDictionary(f => f.Field, f => (byte[])f.Value);
        return (Encoding.UTF8.GetString(fields[1]), BitConverter.ToSingle(fields[2]));
    }

    private static IEnumerable<(int Field, object Value)> Fields(byte[] data)
    {
        using var reader = new BinaryReader(new MemoryStream(data));
        while (reader.BaseStream.Position < data.Length)
        {
            var key = reader.Read7BitEncodedInt();
            yield return (key >> 3, (key & 7) switch
            {
                0 => (ulong)reader.Read7BitEncodedInt64(),
                1 => reader.ReadBytes(8),
                2 => reader.ReadBytes(reader.Read7BitEncodedInt()),
                5 => reader.ReadBytes(4),
                _ => throw new InvalidDataException($"wire type {key & 7}"),
            });
        }
    }
}
