namespace WanLab.Media;

/// <summary>Reads the answer of <c>ffprobe</c>.</summary>
internal sealed class ProbedMedia
{
    // A clip that lacks more than this share of its packets or its time was cut off.
    private const double MostMissing = 0.1;

    private static readonly string[] ScreenCurves =
    [
        "", "unknown", "reserved", "bt709", "smpte170m", "smpte240m", "bt470m", "bt470bg", "gamma22", "gamma28", "iec61966-2-1",
        "iec61966-2-4", "bt1361e", "bt2020-10", "bt2020-12",
    ];

    // Names of curves and primaries that ffmpeg's zscale takes.
    private static readonly string[] KnownCurves = ["smpte2084", "arib-std-b67", "linear", "log100", "log316"];
    private static readonly Dictionary<string, string> WidePrimaries = new()
    {
        ["bt2020"] = "2020",
        ["smpte431"] = "smpte431",
        ["smpte432"] = "smpte432",
    };

    private readonly JsonElement _root, _stream;
    private readonly List<JsonElement> _frames;
    private readonly MediaFormat _format;

    public ProbedMedia(JsonElement root, MediaFormat format, string? complaint)
    {
        (_root, _format, Complaint) = (root, format, complaint);
        _stream = Items(root, "streams").FirstOrDefault();
        _frames = [.. Items(root, "frames")];
    }

    /// <summary>The decoder's complaint in short; null where there is none.</summary>
    public string? Complaint { get; }

    /// <summary>The container.</summary>
    public MediaFormat Format => _format;

    /// <summary>Whether there is a video stream.</summary>
    public bool HasVideo => _stream.ValueKind == JsonValueKind.Object;

    /// <summary>The curve and colours in words.</summary>
    public string LightText => Text(_stream, "color_transfer") switch
    {
        "smpte2084" => "is HDR (PQ)",
        "arib-std-b67" => "is HDR (HLG)",
        var curve when !ScreenCurves.Contains(curve) => $"has the transfer curve {curve}",
        _ => $"has wide colours ({Text(_stream, "color_primaries")})",
    };

    private int Missing => (int)Math.Max(0, (Number(_stream, "nb_read_packets") ?? 0) - _frames.Count);

    private double Promised => Number(_stream, "duration")
        ?? (_root.TryGetProperty("format", out var format) ? Number(format, "duration") : null) ?? 0;

    /// <summary>The number of frames that the header promises, or about that many; at least 1.</summary>
    public int ExpectedFrames => (int)Math.Clamp(
        Number(_stream, "nb_read_packets") ?? Number(_stream, "nb_frames") ?? 1, 1, int.MaxValue);

    /// <summary>The times of the frames, and their average rate.</summary>
    public (double[] Times, double Fps) Times() => _frames.Count == 0 ? ([], 0)
        : FrameClock.Of([.. _frames.Select(frame => Number(frame, "best_effort_timestamp_time"))],
            Ratio(_stream, "avg_frame_rate", '/') is > 0 and var rate ? rate : 0, Promised);

    /// <summary>Places where the decoder complained and gave no frame.</summary>
    public IReadOnlyList<MediaGap> Gaps(double[] times)
    {
        if (Complaint is null || Missing == 0 || times.Length < 3) return [];
        var step = FrameClock.MiddleStep(times);
        return [.. Enumerable.Range(1, times.Length - 1)
            .Select(k => new MediaGap(times[k - 1], times[k], (int)Math.Round((times[k] - times[k - 1]) / step) - 1))
            .Where(gap => gap.Frames > 0 && gap.Frames <= Missing)];
    }

    /// <summary>Why the clip cannot be used; null where it can.</summary>
    /// <remarks>
    /// Headers prove nothing (some promise frames that never existed, or count those that an edit list hides), nor do decoder messages
    /// (some are harmless): a clip is damaged when the decoder complained and much of what the file promises is not there.
    /// </remarks>
    public string? Damage(double[] times, IReadOnlyList<MediaGap> gaps)
    {
        var promisedFrames = Number(_stream, "nb_frames") ?? 0;
        var packets = Number(_stream, "nb_read_packets") ?? promisedFrames;
        var lastTime = _frames.Count == 0 ? 0 : Number(_frames[^1], "best_effort_timestamp_time") ?? Promised;
        var isCut = packets < promisedFrames * (1 - MostMissing) || lastTime < Promised * (1 - MostMissing) - 0.5
            || gaps.Sum(gap => gap.Frames) > MostMissing * (times.Length + gaps.Sum(gap => gap.Frames));
        if (_frames.Count > 0 && !(Complaint is not null && isCut && !_format.IsImage)) return null;
        var promise = promisedFrames > 0 ? FormattableString.Invariant($" of {promisedFrames:0}")
            : Promised > 0 ? FormattableString.Invariant($", the last at {lastTime:0.##} s of {Promised:0.##} s")
            : "";
        return $"only {_frames.Count} frames{promise} decode";
    }

    /// <summary>The work to do on the decoded pixels.</summary>
    public MediaConversion Conversion()
    {
        var isInterlaced = _frames.Any(frame => Number(frame, "interlaced_frame") == 1);
        var (curve, primaries) = (Text(_stream, "color_transfer"), Text(_stream, "color_primaries"));
        var hasScreenCurve = ScreenCurves.Contains(curve);
        var light = !hasScreenCurve && KnownCurves.Contains(curve) ? MediaLight.High
            : hasScreenCurve && WidePrimaries.ContainsKey(primaries) ? MediaLight.WideColour : MediaLight.Standard;
        var isRgb = ((string[])["rgb", "bgr", "gbr", "argb", "abgr"]).Any(start =>
            Text(_stream, "pix_fmt").StartsWith(start, StringComparison.Ordinal));
        var isWide = curve is "smpte2084" or "arib-std-b67" || primaries == "bt2020";
        var codec = HasHiddenAlpha ? AlphaDecoder : "";
        return new MediaConversion
        {
            // ffmpeg turns the stored frames, which would tear the fields of interlaced ones; they are turned afterwards.
            Orientation = _format.Orientation != 1 ? _format.Orientation : isInterlaced ? OrientationOf(Rotation(_stream) ?? 0) : 1,
            IsInterlaced = isInterlaced,
            HasAlpha = codec != "" || HasAlphaFormat(Text(_stream, "pix_fmt")),
            Light = light,
            Transfer = light == MediaLight.High ? curve : "",
            Primaries = light == MediaLight.Standard ? "" : WidePrimaries.TryGetValue(primaries, out var wide) ? wide
                : primaries is not ("" or "unknown" or "reserved") ? "" : isWide ? "2020" : "bt709",
            Matrix = light == MediaLight.Standard || Text(_stream, "color_space") is not ("" or "unknown" or "reserved") ? ""
                : isRgb ? "gbr" : isWide ? "2020_ncl" : "bt709",
            Decoder = codec,
        };
    }

    /// <summary>Sentences about the file for its user.</summary>
    public IEnumerable<string> Remarks(MediaConversion conversion)
    {
        if (conversion.Light != MediaLight.Standard)
            yield return $"{LightText}; its colours are brought to those of an ordinary screen.";
        else if (!ScreenCurves.Contains(Text(_stream, "color_transfer")))
            yield return $"{LightText}, which cannot be converted: its colours are used as they are stored. Convert it to BT.709.";
        if (conversion.IsInterlaced)
            yield return "is interlaced; it is deinterlaced (bwdif), which costs some sharpness.";
        else if (Text(_stream, "field_order") is "tt" or "bb" or "tb" or "bt")
            yield return "is interlaced by its header, but its frames are not marked so and are used as they are; look for combs.";
        if (conversion.HasAlpha) yield return $"has transparent parts; they are laid over {MediaConversion.Backdrop}.";
        else if (HasHiddenAlpha && AlphaDecoder == "")
            yield return "has transparent parts that this ffmpeg cannot read: what lies under them is used as it is.";
        if (_frames.Select(frame => (Number(frame, "width"), Number(frame, "height"))).Distinct().Count() > 1)
            yield return "changes its size on the way; all frames are scaled to that of the first.";
    }

    /// <summary>The size in square pixels as shown.</summary>
    public (int Width, int Height) ShownSize(MediaConversion conversion)
    {
        double width = _stream.GetProperty("width").GetInt32();
        var height = _stream.GetProperty("height").GetInt32();
        var aspect = Ratio(_stream, "sample_aspect_ratio", ':');
        if (aspect is > 0 and not 1) width = Math.Min(Math.Round(width * aspect.Value), int.MaxValue);

        // A video stores its rotation with the stream, a photograph (EXIF) with the frame.
        var rotation = conversion.Orientation != 1 ? conversion.Orientation >= 5 ? 90 : 0
            : Rotation(_stream) ?? _frames.Select(Rotation).FirstOrDefault() ?? 0;
        return Math.Abs((int)Math.Round(rotation / 90)) % 2 == 1 ? (height, (int)width) : ((int)width, height);
    }

    // VP8 and VP9 keep transparency in a second stream, which only the decoders of libvpx read.
    private bool HasHiddenAlpha => _stream.TryGetProperty("tags", out var tags) && Text(tags, "alpha_mode") == "1";

    private string AlphaDecoder => Text(_stream, "codec_name") switch
    {
        "vp8" when Ffmpeg.HasDecoder("libvpx") => "libvpx",
        "vp9" when Ffmpeg.HasDecoder("libvpx-vp9") => "libvpx-vp9",
        _ => "",
    };

    private static bool HasAlphaFormat(string format) =>
        format is "pal8" or "ya8" or "ayuv64le" or "ayuv64be" or "vuya"
        || ((string[])["rgba", "bgra", "argb", "abgr", "yuva", "gbrap", "ya16"])
            .Any(start => format.StartsWith(start, StringComparison.Ordinal));

    private static int OrientationOf(double rotation) =>
        ((int)Math.Round(rotation / 90) % 4 + 4) % 4 switch { 1 => 8, 2 => 3, 3 => 6, _ => 1 };

    private static double? Rotation(JsonElement element) =>
        Items(element, "side_data_list").Select(data => Number(data, "rotation")).FirstOrDefault(r => r is not null);

    private static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.ToString() : "";

    private static double? Number(JsonElement element, string name) =>
        double.TryParse(Text(element, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static double? Ratio(JsonElement element, string name, char separator) =>
        Text(element, name).Split(separator) is [var over, var under]
            && double.TryParse(over, CultureInfo.InvariantCulture, out var a)
            && double.TryParse(under, CultureInfo.InvariantCulture, out var b) && b != 0
            ? a / b : null;
}
