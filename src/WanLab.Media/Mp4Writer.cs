namespace WanLab.Media;

/// <summary>Writes clips as H.264 in .mp4, in a profile that every browser plays, through the <c>ffmpeg</c> program.</summary>
internal static class Mp4Writer
{
    private const int EncodedRate = 16;
    private const int Precision = 1000;
    private const int PlayedTicks = EncodedRate * Precision;

    /// <summary>
    /// Writes a clip without sound. The file appears only when it is complete; a failed write leaves an older file as it was.
    /// The same frames give the same file with the same version of ffmpeg.
    /// </summary>
    /// <param name="path">The file to write; a missing folder is created.</param>
    /// <param name="frames">RGB24 bytes [frames, height, width, 3], sRGB.</param>
    /// <param name="width">Pixels across; even.</param>
    /// <param name="height">Pixels down; even.</param>
    /// <param name="fps">Frames per second.</param>
    /// <param name="quality">Constant rate factor from 1 (best, largest) to 51.</param>
    /// <exception cref="WanLabException">A size is odd, the bytes do not fill whole frames, or ffmpeg fails.</exception>
    public static void Write(string path, ReadOnlySpan<byte> frames, int width, int height, double fps = 16, int quality = 18)
    {
        if (width <= 0 || height <= 0 || width % 2 != 0 || height % 2 != 0)
            throw new WanLabException(
                $"Cannot write '{path}': its size is {width}x{height}, and H.264 video needs even numbers of pixels. " +
                    $"Use {Even(width)}x{Even(height)}.");
        var size = (long)width * height * 3;
        if (frames.Length == 0 || frames.Length % size != 0)
            throw new WanLabException(
                $"Cannot write '{path}': {frames.Length} bytes are not one or more whole frames of {width}x{height} RGB " +
                    $"({size} bytes each).");
        if (!(fps > 0) || double.IsInfinity(fps))
            throw new WanLabException(
                $"Cannot write '{path}': {fps.ToString(CultureInfo.InvariantCulture)} frames a second is not a positive number.");
        // Quality 0 would be lossless, in a profile that browsers do not play.
        if (quality is < 1 or > 51)
            throw new WanLabException($"Cannot write '{path}': quality {quality} is outside 1 (best) to 51.");

        // The encoder spends bits by time, so the pictures would depend on the rate. They are encoded at one rate, and their times are
        // stretched afterwards.
        var rate = Math.Max(1, (long)Math.Round(fps * Precision));
        Pipe(path, frames, width, height, EncodedRate,
        [
            "-an", "-vf", "scale=flags=bicubic+accurate_rnd+full_chroma_int:out_color_matrix=bt709:out_range=tv,format=yuv420p",
            "-c:v", "libx264", "-profile:v", "high", "-preset", "medium", "-crf", quality.ToString(CultureInfo.InvariantCulture),
            // Stated explicitly, so that players do not guess; the pixels above are encoded accordingly.
            "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv",
            // If ffmpeg chose the number of threads, the file would depend on the machine.
            "-threads", "4", "-fflags", "+bitexact", "-flags:v", "+bitexact",
            .. Container(rate),
        ], fps == EncodedRate ? null :
        [
            "-c", "copy", "-bsf:v", $"setts=pts=PTS*{PlayedTicks}/{rate}:dts=DTS*{PlayedTicks}/{rate}:duration={PlayedTicks}",
            "-fflags", "+bitexact", .. Container(rate),
        ]);

        // Whole ticks for a frame at either rate: Precision x fps of them as it is encoded, PlayedTicks as it is played.
        static string[] Container(long rate) =>
            ["-video_track_timescale", $"{EncodedRate * rate}", "-movflags", "+faststart", "-f", "mp4"];
    }

    /// <summary>
    /// Passes RGB24 frames to ffmpeg with the given output arguments and moves the finished file into place; if there are arguments of
    /// a second pass, its input is what the first wrote.
    /// </summary>
    /// <exception cref="WanLabException">ffmpeg fails (the message quotes it), or the file cannot be moved into place.</exception>
    internal static void Pipe(string path, ReadOnlySpan<byte> frames, int width, int height, double fps, IEnumerable<string> output,
        IEnumerable<string>? second = null)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full)
            ?? throw new WanLabException($"Cannot write '{path}': it names a folder, not a file.");
        var unfinished = UnfinishedFile.In(folder);
        var first = second is null ? unfinished : UnfinishedFile.In(folder);
        try
        {
            Directory.CreateDirectory(folder);
            Encode(path, first, frames, width, height, fps, output);
            if (second is not null) Copy(path, first, unfinished, second);
            UnfinishedFile.Publish(unfinished, full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"Cannot write '{path}': {e.Message} Check the folder and its permissions.", e);
        }
        finally
        {
            UnfinishedFile.Delete(first);
            UnfinishedFile.Delete(unfinished);
        }
    }

    private static void Encode(string path, string target, ReadOnlySpan<byte> frames, int width, int height, double fps,
        IEnumerable<string> output)
    {
        using var process = Ffmpeg.Start("ffmpeg",
        [
            "-hide_banner", "-loglevel", "error", "-y",
            "-f", "rawvideo", "-pix_fmt", "rgb24", "-video_size", $"{width}x{height}",
            "-framerate", fps.ToString("R", CultureInfo.InvariantCulture), "-i", "pipe:0",
            .. output, target,
        ], writesInput: true);
        var complaints = process.StandardError.ReadToEndAsync();
        var chatter = process.StandardOutput.ReadToEndAsync();
        try
        {
            process.StandardInput.BaseStream.Write(frames);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // ffmpeg stopped before it had read everything; its exit code and message, below, say why.
        }
        process.WaitForExit();
        chatter.GetAwaiter().GetResult();
        var said = complaints.GetAwaiter().GetResult().Trim();
        if (process.ExitCode != 0) throw Failed(path, process.ExitCode, said);
    }

    private static void Copy(string path, string source, string target, IEnumerable<string> output)
    {
        var result = Ffmpeg.Run("ffmpeg", ["-hide_banner", "-loglevel", "error", "-y", "-f", "mp4", "-i", source, .. output, target]);
        if (result.ExitCode != 0) throw Failed(path, result.ExitCode, result.Errors.Trim());
    }

    private static WanLabException Failed(string path, int code, string said) =>
        new($"Cannot write '{path}': ffmpeg ended with code {code} and said: {said}");

    private static int Even(int value) => Math.Max(2, value + (value & 1));
}
