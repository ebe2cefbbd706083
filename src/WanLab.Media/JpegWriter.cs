namespace WanLab.Media;

/// <summary>Writes still pictures as .jpg through the <c>ffmpeg</c> program: smaller than .png, but lossy.</summary>
internal static class JpegWriter
{
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
        Mp4Writer.Pipe(path, pixels, width, height, 1,
            ["-fflags", "+bitexact", "-flags:v", "+bitexact", "-pix_fmt", "yuvj420p", "-c:v", "mjpeg", "-q:v", "4", "-f", "image2pipe"]);
    }
}
