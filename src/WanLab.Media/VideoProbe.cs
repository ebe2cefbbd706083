namespace WanLab.Media;

/// <summary>Examines clips and images with <c>ffprobe</c>.</summary>
internal static class VideoProbe
{
    private const string HeaderEntries =
        "stream=codec_name,width,height,sample_aspect_ratio,avg_frame_rate,nb_frames,nb_read_packets,duration,pix_fmt,field_order,"
        + "color_space,color_transfer,color_primaries:stream_tags=alpha_mode:stream_side_data=rotation:format=duration";

    private const string FrameEntries = ":frame=best_effort_timestamp_time,interlaced_frame,width,height:frame_side_data=rotation";

    private const int LongestSide = 1 << 16;

    /// <summary>Decodes the clip's first video stream once and returns everything about it that changes what is trained.</summary>
    /// <param name="path">The clip's or image's file.</param>
    /// <param name="cancellation">Ends the decoder.</param>
    /// <exception cref="WanLabException">The file is missing, unreadable, cut off, without frames or no clip; the message quotes
    /// ffprobe's reason.</exception>
    internal static MediaFacts Probe(string path, CancellationToken cancellation = default)
    {
        var (format, output, errors) = Ask(path, HeaderEntries + FrameEntries, cancellation);
        var full = Path.GetFullPath(path);
        using var json = JsonDocument.Parse(output);
        var found = new ProbedMedia(json.RootElement, format, Ffmpeg.Reason(errors, full) is var reason && string.IsNullOrWhiteSpace(errors)
            ? null : reason);
        if (!found.HasVideo) throw new WanLabException($"{path}: holds no video. Leave it out of the folder or replace it.");
        return Facts(path, found, errors, cancellation);
    }

    /// <summary>The header of a file, without decoding a frame, as the JSON of ffprobe.</summary>
    /// <exception cref="WanLabException">The file is missing or unreadable.</exception>
    internal static (MediaFormat Format, string Json) Header(string path, CancellationToken cancellation)
    {
        var (format, output, _) = Ask(path, HeaderEntries, cancellation);
        return (format, output);
    }

    /// <summary>The facts that follow from a file's header and its frames.</summary>
    /// <exception cref="WanLabException">The clip is damaged, without frames or no clip.</exception>
    internal static MediaFacts Facts(string path, ProbedMedia found, string errors, CancellationToken cancellation)
    {
        var (times, fps) = found.Times();
        var gaps = found.Gaps(times);
        if (found.Damage(times, gaps) is { } damage)
            throw new WanLabException($"{path}: is damaged or cut off: {damage}. "
                + $"ffprobe says: {Ffmpeg.Reason(errors, Path.GetFullPath(path))}. " +
                "Copy or export the clip again.");

        var conversion = found.Conversion();
        if (conversion.HasAlpha && !Transparency.IsUsed(path, found.Format, conversion, cancellation))
            conversion = conversion with { HasAlpha = false };
        if (conversion.Light != MediaLight.Standard && !Ffmpeg.HasFilter("zscale"))
            throw new WanLabException($"{path}: {found.LightText}, and this ffmpeg has no filter zscale to bring it to a " +
                "screen's colours. Install an ffmpeg with zimg (Debian's has it), or convert the clip to BT.709.");
        var (width, height) = found.ShownSize(conversion);
        if (width is < 1 or > LongestSide || height is < 1 or > LongestSide)
            throw new WanLabException($"{path}: is shown at {width}x{height} pixels, which is no picture. Export it with square pixels.");
        return new MediaFacts
        {
            Width = width,
            Height = height,
            FrameTimes = times,
            Fps = fps,
            IsVariable = FrameClock.IsVariable(times),
            Gaps = gaps,
            DecoderMessage = found.Complaint,
            Conversion = conversion.IsPlain ? null : conversion,
            Remarks = [.. found.Remarks(conversion)],
        };
    }

    private static (MediaFormat Format, string Json, string Errors) Ask(string path, string entries, CancellationToken cancellation)
    {
        var full = Path.GetFullPath(path);
        if (!File.Exists(full)) throw new WanLabException($"{path}: there is no such file.");
        var format = MediaFormat.Of(path);
        var (exitCode, output, errors) = Ffmpeg.Run("ffprobe",
            [
                "-v", "error", "-select_streams", "V:0", "-count_packets", "-show_entries", entries, "-of", "json",
                // A picture's first frame is the picture; what follows in the file is a thumbnail or a second view.
                .. format.IsImage ? (string[])["-read_intervals", "%+#1"] : [], .. Ffmpeg.Input(full, format),
            ], limit: Ffmpeg.TimeLimit(full), cancellation: cancellation);
        if (exitCode != 0)
            throw new WanLabException($"{path}: cannot be read as a clip or image. ffprobe says: {Ffmpeg.Reason(errors, full)}");
        return (format, output, errors);
    }
}
