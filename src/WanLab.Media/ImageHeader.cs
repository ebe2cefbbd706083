using System.Buffers.Binary;

namespace WanLab.Media;

/// <summary>Facts of pictures that ffmpeg does not give: the orientation in their EXIF data, and whether they are animated.</summary>
internal static class ImageHeader
{
    private const int LongestExif = 1 << 20;
    private const int MostChunks = 10_000;
    private const ushort OrientationTag = 0x0112;

    /// <summary>The EXIF orientation, 1 to 8; 1 where there is none, and for JPEG, which ffmpeg turns by itself.</summary>
    /// <exception cref="WanLabException">The picture is animated.</exception>
    public static int Examine(string path, Stream file, MediaFormat format) => format.Demuxer switch
    {
        "png_pipe" => Png(path, file),
        "webp_pipe" => WebP(path, file),
        MediaFormat.WholeImage => Exif(Bytes(file, 0, (int)Math.Min(file.Length, LongestExif))),
        "mov" when format.IsImage => HeifTurn.Of(Bytes(file, 0, (int)Math.Min(file.Length, LongestExif))),
        _ => 1,
    };

    /// <summary>The orientation of a TIFF header with its first directory, which is the form of EXIF data.</summary>
    public static int Exif(ReadOnlySpan<byte> data)
    {
        if (data.StartsWith("Exif\0\0"u8)) data = data[6..];
        if (data.Length < 8) return 1;
        var little = data[0] == 'I';
        ushort Two(ReadOnlySpan<byte> at) =>
            little ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);
        uint Four(ReadOnlySpan<byte> at) => little ? BinaryPrimitives.ReadUInt32LittleEndian(at) : BinaryPrimitives.ReadUInt32BigEndian(at);
        if (Two(data[2..]) != 42 || Four(data[4..]) is var first && (first < 8 || first > data.Length - 2)) return 1;
        var directory = data[(int)first..];
        var entries = Math.Min(Two(directory), (directory.Length - 2) / 12);
        for (var k = 0; k < entries; k++)
        {
            var entry = directory.Slice(2 + 12 * k, 12);
            if (Two(entry) == OrientationTag) return Two(entry[8..]) is >= 1 and <= 8 and var orientation ? orientation : 1;
        }
        return 1;
    }

    private static int Png(string path, Stream file)
    {
        var orientation = 1;
        long at = 8;
        for (var k = 0; k < MostChunks && Bytes(file, at, 8) is { Length: 8 } head; k++)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(head);
            var kind = head.AsSpan(4);
            if (kind.SequenceEqual("acTL"u8)) throw Animated(path);
            if (kind.SequenceEqual("eXIf"u8)) orientation = Exif(Bytes(file, at + 8, (int)Math.Min(length, LongestExif)));
            if (kind.SequenceEqual("IEND"u8)) break;
            at += 12L + length;
        }
        return orientation;
    }

    private static int WebP(string path, Stream file)
    {
        long at = 12;
        for (var k = 0; k < MostChunks && Bytes(file, at, 8) is { Length: 8 } head; k++)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4));
            var kind = head.AsSpan(0, 4);
            if (kind.SequenceEqual("ANIM"u8) || kind.SequenceEqual("ANMF"u8)) throw Animated(path);
            if (kind.SequenceEqual("EXIF"u8)) return Exif(Bytes(file, at + 8, (int)Math.Min(length, LongestExif)));
            at += 8L + length + (length & 1);
        }
        return 1;
    }

    private static WanLabException Animated(string path) =>
        new($"{path}: is an animated picture; take a still one, or a clip such as .mp4.");

    private static byte[] Bytes(Stream file, long at, int count)
    {
        if (at >= file.Length) return [];
        file.Position = at;
        var bytes = new byte[count];
        return bytes[..file.ReadAtLeast(bytes, count, throwOnEndOfStream: false)];
    }
}
