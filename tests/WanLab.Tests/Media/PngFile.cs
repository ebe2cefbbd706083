using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace WanLab.Tests.Media;

/// <summary>Writes PNG files piece by piece.</summary>
internal static class PngFile
{
    /// <summary>A picture whose colours come from a palette, in upright bars of equal width.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <param name="colours">The palette, 0xRRGGBB, a bar for each.</param>
    /// <param name="alpha">How opaque the first colours are (the chunk tRNS); null for a file without it.</param>
    public static void WritePalette(string path, int width, int height, IReadOnlyList<int> colours, byte[]? alpha)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 3); // bits; indexed colours
        byte[] row = [0, .. Enumerable.Range(0, width).Select(x => (byte)(x * colours.Count / width))];
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            for (var y = 0; y < height; y++) zlib.Write(row);
        File.WriteAllBytes(path,
        [
            0x89, .. "PNG\r\n\x1a\n"u8, .. Chunk("IHDR", header),
            .. Chunk("PLTE", [.. colours.SelectMany(c => (byte[])[(byte)(c >> 16), (byte)(c >> 8), (byte)c])]),
            .. alpha is null ? [] : Chunk("tRNS", alpha), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", []),
        ]);
    }

    /// <summary>One chunk, with its length and checksum.</summary>
    public static byte[] Chunk(string name, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. data];
        var (length, sum) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc(body));
        return [.. length, .. body, .. sum];
    }

    private static uint Crc(byte[] data)
    {
        var sum = uint.MaxValue;
        foreach (var value in data)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++) sum = (sum >> 1) ^ ((sum & 1) == 0 ? 0 : 0xEDB88320);
        }
        return ~sum;
    }
}
