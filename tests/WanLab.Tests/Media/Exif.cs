using System.Buffers.Binary;

namespace WanLab.Tests.Media;

/// <summary>Pictures with an EXIF orientation. Stored: top left red, top right green, bottom left blue, bottom right white.</summary>
internal static class Exif
{
    public static void Write(string path, string kind, byte orientation)
    {
        BarClips.Convert(
        [
            "-f", "lavfi", "-i", "color=c=0xFF0000:size=32x24", "-f", "lavfi", "-i", "color=c=0x00C000:size=32x24", "-f", "lavfi", "-i",
            "color=c=0x0000FF:size=32x24", "-f", "lavfi", "-i", "color=c=white:size=32x24", "-filter_complex",
            "[0][1]hstack[t];[2][3]hstack[b];[t][b]vstack", "-frames:v", "1", .. kind == "webp" ? (string[])["-lossless", "1"] : [], path,
        ]);
        var bytes = File.ReadAllBytes(path);
        byte[] exif = [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0];
        File.WriteAllBytes(path, kind switch
        {
            "png" => [.. bytes[..33], .. PngFile.Chunk("eXIf", exif), .. bytes[33..]], // behind the header
            "webp" => WebP(bytes, exif),
            "tiff" => Tiff(bytes, orientation),
            _ => [.. bytes[..2], 0xFF, 0xE1, 0, (byte)(exif.Length + 8), .. "Exif\0\0"u8, .. exif, .. bytes[2..]],
        });
    }

    private static byte[] WebP(byte[] simple, byte[] exif)
    {
        // The extended form: a header with the flag for EXIF and the size less one, the picture, then the data.
        byte[] chunks =
        [
            .. "WEBP"u8, .. "VP8X"u8, 10, 0, 0, 0, 8, 0, 0, 0, 63, 0, 0, 47, 0, 0, .. simple[12..],
            .. "EXIF"u8, (byte)exif.Length, 0, 0, 0, .. exif,
        ];
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, chunks.Length);
        return [.. "RIFF"u8, .. length, .. chunks];
    }

    // The orientation takes the place of a tag that nobody needs (XResolution); the 12-byte entries stay in ascending order.
    private static byte[] Tiff(byte[] bytes, byte orientation)
    {
        var directory = (int)BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4)) + 2;
        var entries = bytes[directory..(directory + 12 * bytes[directory - 2])].Chunk(12).Where(entry => entry is not [0x1A, 1, ..]);
        byte[][] all = [.. entries, [0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]];
        all.OrderBy(entry => BinaryPrimitives.ReadUInt16LittleEndian(entry)).SelectMany(entry => entry).ToArray().CopyTo(bytes, directory);
        return bytes;
    }
}
