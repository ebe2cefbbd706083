namespace WanLab.Media;

/// <summary>Decodes selected frames of a clip with <c>ffmpeg</c>.</summary>
internal static class VideoReader
{
    /// <summary>
    /// Reads frames by number, each scaled (bicubic) and cut as <paramref name="fit"/> says, then mirrored. It takes one pass over
    /// the clip.
    /// </summary>
    /// <param name="path">The clip's file.</param>
    /// <param name="indices">Frame numbers from 0 in display order; in any order, repeats allowed.</param>
    /// <param name="fit">Scale and crop.</param>
    /// <param name="facts">Facts of the clip, which say how its pixels are shown.</param>
    /// <param name="flipX">Mirror left to right.</param>
    /// <param name="flipY">Mirror top to bottom.</param>
    /// <param name="cancellation">Ends the decoder.</param>
    /// <returns>RGB24 bytes, [indices.Count, fit.Height, fit.Width, 3].</returns>
    /// <exception cref="WanLabException">The clip is unreadable or has fewer frames than requested.</exception>
    public static byte[] ReadFrames(string path, IReadOnlyList<int> indices, FrameFit fit, MediaFacts facts, bool flipX = false,
        bool flipY = false, CancellationToken cancellation = default)
    {
        if (indices.Count == 0) return [];
        int[] wanted = [.. indices.Distinct().Order()];
        ArgumentOutOfRangeException.ThrowIfNegative(wanted[0], nameof(indices));

        var frameBytes = checked(fit.Width * fit.Height * 3);
        var result = new byte[checked(frameBytes * indices.Count)];
        var full = Path.GetFullPath(path);
        var format = MediaFormat.Of(path);
        using var process = Ffmpeg.Start("ffmpeg",
        [
            "-nostdin", "-v", "error", .. facts.Conversion?.InputOptions ?? [], .. Ffmpeg.Input(full, format),
            "-map", "0:V:0", "-vf", Filter(wanted, fit, facts, flipX, flipY),
            "-fps_mode", "passthrough", "-frames:v", $"{wanted.Length}", "-pix_fmt", "rgb24", "-f", "rawvideo", "pipe:1",
        ]);
        using var watch = new ProcessWatch(process, Ffmpeg.TimeLimit(full), cancellation);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var got = ReadInto(result, process.StandardOutput.BaseStream, wanted, indices, frameBytes);
        process.WaitForExit();
        if (got == wanted.Length) return result;
        var said = errors.GetAwaiter().GetResult();
        watch.ThrowIfEnded("ffmpeg", said);
        throw new WanLabException(
            $"{path}: expected {wanted.Length} frames (the last one number {wanted[^1]}, counted from 0), got {got}. " +
                $"ffmpeg says: {Ffmpeg.Reason(said, full)}");
    }

    // Frames arrive in ascending order; each is copied to every place that asked for it.
    private static int ReadInto(byte[] result, Stream frames, int[] wanted, IReadOnlyList<int> indices, int frameBytes)
    {
        var frame = new byte[frameBytes];
        for (var got = 0; got < wanted.Length; got++)
        {
            if (frames.ReadAtLeast(frame, frameBytes, throwOnEndOfStream: false) < frameBytes) return got;
            for (var i = 0; i < indices.Count; i++)
                if (indices[i] == wanted[got]) frame.CopyTo(result, i * frameBytes);
        }
        return wanted.Length;
    }

    private static string Filter(int[] wanted, FrameFit fit, MediaFacts facts, bool flipX, bool flipY)
    {
        // The conversion to RGB comes before the crop: with subsampled colour an odd offset would be rounded.
        List<string> steps =
        [
            .. facts.Conversion?.BeforeSelection ?? [],
            $"select='{Selection(wanted)}'",
            .. facts.Conversion?.AfterSelection ?? [],
            .. fit.Cut?.Filters(facts) ?? [],
            $"scale={fit.ScaleWidth}:{fit.ScaleHeight}:flags=bicubic+accurate_rnd+full_chroma_int",
            "format=rgb24",
            $"crop={fit.Width}:{fit.Height}:{fit.X}:{fit.Y}",
        ];
        if (flipX) steps.Add("hflip");
        if (flipY) steps.Add("vflip");
        return string.Join(',', steps);
    }

    // The frame numbers as an ffmpeg expression; consecutive numbers become one term.
    private static string Selection(int[] wanted)
    {
        var terms = new List<string>();
        for (var start = 0; start < wanted.Length;)
        {
            var end = start;
            while (end + 1 < wanted.Length && wanted[end + 1] == wanted[end] + 1) end++;
            terms.Add(start == end ? $"eq(n,{wanted[start]})" : $"between(n,{wanted[start]},{wanted[end]})");
            start = end + 1;
        }
        return string.Join('+', terms);
    }
}
