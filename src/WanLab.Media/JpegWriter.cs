namespace WanLab.Media;

/// <summary>Writes still pictures as .jpg through the <c>ffmpeg</c> program: smaller than .png, but lossy.</summary>
internal static class JpegWriter
{
    private static readonly string[] Output =
        ["-fflags", "+bitexact", "-flags:v", "+bitexact", "-pix_fmt", "yuvj420p", "-c:v", "mjpeg", "-q:v", "4", "-f", "image2pipe"];

    /// <summary>Writes a picture; the file appears only when it is complete.</summary>
    /// <param name="path">The file to write; a missing folder is created.</param>
    /// <param name="pixels">RGB24 bytes [height, width, 3], sRGB.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <exception cref="WanLabException">The bytes do not fill the picture, or ffmpeg fails.</exception>
    public static void Write(string path, ReadOnlySpan<byte> pixels, int width, int height)
    {
        if (pixels.Length != checked(width * height * 3) || pixels.IsEmpty)
            throw new WanLabException($"Cannot write '{path}': {pixels.Length} bytes are not a picture of {width}x{height} RGB.");
        Mp4Writer.Pipe(path, pixels, width, height, 1, Output);
    }

    /// <summary>The bytes of .jpg files for several pictures of one size, made in one run of ffmpeg.</summary>
    /// <param name="pictures">RGB24 bytes [pictures, height, width, 3], sRGB.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <exception cref="WanLabException">The bytes do not fill the pictures, or ffmpeg fails.</exception>
    public static IReadOnlyList<byte[]> Encode(ReadOnlySpan<byte> pictures, int width, int height)
    {
        var size = checked(width * height * 3);
        if (size == 0 || pictures.IsEmpty || pictures.Length % size != 0)
            throw new WanLabException($"{pictures.Length} bytes are no pictures of {width}x{height} RGB.");
        var folder = Directory.CreateTempSubdirectory("wanlab-");
        try
        {
            var file = Path.Combine(folder.FullName, "pictures.jpg");
            Mp4Writer.Pipe(file, pictures, width, height, 1, Output);
            return Split(File.ReadAllBytes(file));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Within a picture, the byte of a mark is followed by zero, so the mark of its end occurs only there.
    private static List<byte[]> Split(ReadOnlySpan<byte> all)
    {
        var files = new List<byte[]>();
        while (all.IndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) is >= 0 and var end)
        {
            files.Add(all[..(end + 2)].ToArray());
            all = all[(end + 2)..];
        }
        return files;
    }
}
