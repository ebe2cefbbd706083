namespace WanLab.Media;

/// <summary>Looks whether any pixel of a file that could be transparent is so.</summary>
internal static class Transparency
{
    /// <summary>Decodes the file's transparency until a pixel is not opaque.</summary>
    /// <exception cref="WanLabException">The file cannot be decoded.</exception>
    public static bool IsUsed(string path, MediaFormat format, MediaConversion conversion, CancellationToken cancellation)
    {
        var full = Path.GetFullPath(path);
        using var process = Ffmpeg.Start("ffmpeg",
        [
            "-nostdin", "-v", "error", .. conversion.InputOptions, .. Ffmpeg.Input(full, format), "-map", "0:V:0",
            "-vf", "format=rgba,alphaextract", "-fps_mode", "passthrough", .. format.IsImage ? (string[])["-frames:v", "1"] : [],
            "-pix_fmt", "gray", "-f", "rawvideo", "pipe:1",
        ]);
        using var watch = new ProcessWatch(process, Ffmpeg.TimeLimit(full), cancellation);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var buffer = new byte[1 << 16];
        for (int got; (got = process.StandardOutput.BaseStream.Read(buffer)) > 0;)
            if (buffer.AsSpan(0, got).ContainsAnyExcept(byte.MaxValue)) return true;
        process.WaitForExit();
        watch.ThrowIfEnded("ffmpeg", errors.GetAwaiter().GetResult());
        return false;
    }
}
