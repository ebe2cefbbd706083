using WanLab.Media;

namespace WanLab.Curation.Editing.Applying;

/// <summary>
/// The arguments of ffmpeg that write a part of a clip: the same frames and pixels that training would read of the original.
/// </summary>
internal static class PartCommand
{
    /// <summary>Stands for the original in a recorded command.</summary>
    public const string Source = "SOURCE";

    /// <summary>Stands for the new file in a recorded command.</summary>
    public const string Target = "TARGET";

    private const int FineTicks = 90000;

    // Forms that H.264 stores as they are; deeper ones are cut to 10 bits, and said to be.
    private static readonly string[] Exact =
    [
        "yuv420p", "yuvj420p", "yuv422p", "yuvj422p", "yuv444p", "yuvj444p", "nv12", "nv16", "yuv420p10le", "yuv422p10le", "yuv444p10le",
        "gray", "gray10le",
    ];

    /// <summary>Whether the lossless form keeps every bit of a clip.</summary>
    public static bool IsExact(ClipHeader header, MediaFacts facts) =>
        IsRgb(header, facts) || Exact.Contains(header.PixelFormat);

    /// <summary>Whether frames lose their times on the way, as filters that need neighbours or layers number them.</summary>
    public static bool IsNumbered(MediaFacts facts) => facts.Conversion is { IsInterlaced: true } or { HasAlpha: true };

    /// <summary>The arguments, with SOURCE and TARGET in place of the files.</summary>
    public static IReadOnlyList<string> Of(PlannedFile file, ClipHeader header, ApplyOptions options)
    {
        var (part, facts) = (file.Part!, file.Facts!);
        var isNumbered = IsNumbered(facts);
        var (over, under) = isNumbered ? (1, FineTicks) : header.Ticks;
        var area = part.Crop ?? new PixelArea(0, 0, facts.Width, facts.Height);
        List<string> filters =
        [
            .. facts.Conversion?.BeforeSelection ?? [],
            $"select='between(n,{part.First},{part.End - 1})'",
            .. facts.Conversion?.AfterSelection ?? [],
            isNumbered
                ? FormattableString.Invariant($"settb=1/{FineTicks},setpts=round(N*{FineTicks}/{facts.Fps:R})")
                : "setpts=PTS-STARTPTS",
            .. new PictureCut(area.X, area.Y, area.Width, area.Height).Filters(facts),
            "setsar=1",
            .. Form(header, facts, options.Lossless),
        ];
        return
        [
            "-nostdin", "-hide_banner", "-v", "error", "-y", .. facts.Conversion?.InputOptions ?? [], Source,
            "-map", "0:V:0", "-map_metadata", "-1", "-map_chapters", "-1", "-vf", string.Join(',', filters),
            "-fps_mode", "passthrough", "-enc_time_base", $"{over}:{under}",
            "-frames:v", $"{part.End - part.First}",
            .. Codec(header, facts, options),
            // If ffmpeg chose the number of threads, the file would depend on the machine.
            "-threads", "4", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-movflags", "+faststart", "-f", "mp4", Target,
        ];
    }

    private static bool IsRgb(ClipHeader header, MediaFacts facts) =>
        header.IsRgb || facts.Conversion is { HasAlpha: true } or { Light: not MediaLight.Standard };

    private static string[] Form(ClipHeader header, MediaFacts facts, bool lossless)
    {
        if (IsRgb(header, facts))
            return lossless ? ["format=rgb24"]
                : ["scale=flags=bicubic+accurate_rnd+full_chroma_int:out_color_matrix=bt709:out_range=tv", "format=yuv420p"];
        if (!lossless) return ["format=yuv420p|yuvj420p"];
        return [$"format={(Exact.Contains(header.PixelFormat) ? header.PixelFormat : "yuv444p10le")}"];
    }

    private static string[] Codec(ClipHeader header, MediaFacts facts, ApplyOptions options)
    {
        var isRgb = IsRgb(header, facts);
        string[] codec = options.Lossless
            ? ["-c:v", isRgb ? "libx264rgb" : "libx264", "-preset", "medium", "-qp", "0"]
            : ["-c:v", "libx264", "-profile:v", "high", "-preset", "slow", "-crf", options.Quality.ToString(CultureInfo.InvariantCulture)];
        // Other pixels keep the colours that their frames are marked with, or have none, as the original: both are then read alike.
        return isRgb && !options.Lossless
            ? [.. codec, "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"]
            : codec;
    }
}
