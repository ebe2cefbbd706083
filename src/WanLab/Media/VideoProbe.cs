namespace WanLab.Media;

/// <summary>Examines clips and images with <c>ffprobe</c>.</summary>
internal static class VideoProbe
{
    private const string Entries =
        "stream=width,height,sample_aspect_ratio,avg_frame_rate,nb_frames,duration:stream_side_data=rotation"
        + ":frame=best_effort_timestamp_time:frame_side_data=rotation:format=duration";

    /// <summary>Decodes the clip's first video stream once and returns its size, frames and times.</summary>
    /// <exception cref="WanLabException">The file is missing, unreadable, cut off or without frames; the message quotes ffprobe's
    /// reason.</exception>
    internal static VideoInfo Probe(string path)
    {
        var full = Path.GetFullPath(path);
        if (!File.Exists(full)) throw new WanLabException($"{path}: there is no such file.");
        var (exitCode, output, errors) = Ffmpeg.Run("ffprobe",
            ["-v", "error", "-select_streams", "V:0", "-show_entries", Entries, "-of", "json", full]);
        if (exitCode != 0)
            throw new WanLabException($"{path}: cannot be read as a clip or image. ffprobe says: {Ffmpeg.Reason(errors, full)}");

        using var json = JsonDocument.Parse(output);
        var root = json.RootElement;
        if (Items(root, "streams").FirstOrDefault() is not { ValueKind: JsonValueKind.Object } stream)
            throw new WanLabException($"{path}: holds no video. Leave it out of the folder or replace it.");
        var frames = Items(root, "frames").ToList();
        RefuseDamaged(path, full, root, stream, frames, errors);

        var (width, height) = ShownSize(stream, frames[0]);
        var (times, fps) = Times(stream, frames);
        return new VideoInfo
        {
            Width = width,
            Height = height,
            FrameTimes = times,
            Fps = fps,
            DecoderMessage = string.IsNullOrWhiteSpace(errors) ? null : Ffmpeg.Reason(errors, full),
        };
    }

    // Headers prove nothing (some promise frames that never existed), nor do decoder messages (some are
    // harmless): a clip is damaged when the decoder complained and gave less than the header promises.
    private static void RefuseDamaged(string path, string full, JsonElement root, JsonElement stream, List<JsonElement> frames,
        string errors)
    {
        var promisedFrames = Number(stream, "nb_frames") ?? 0;
        var promisedSeconds = Number(stream, "duration")
            ?? (root.TryGetProperty("format", out var format) ? Number(format, "duration") : null) ?? 0;
        var complained = !string.IsNullOrWhiteSpace(errors);
        var lastTime = frames.Count == 0 ? 0 : Number(frames[^1], "best_effort_timestamp_time") ?? promisedSeconds;
        var isShort = frames.Count < promisedFrames || lastTime < promisedSeconds * 0.9 - 0.5;
        if (frames.Count > 0 && !(complained && isShort)) return;

        var promise = promisedFrames > 0 ? $" of {promisedFrames:0}"
            : promisedSeconds > 0 ? $", the last at {lastTime:0.##} s of {promisedSeconds:0.##} s"
            : "";
        throw new WanLabException(
            $"{path}: is damaged or cut off: only {frames.Count} frames{promise} decode. ffprobe says: {Ffmpeg.Reason(errors, full)}. " +
                "Copy or export the clip again.");
    }

    private static (int Width, int Height) ShownSize(JsonElement stream, JsonElement firstFrame)
    {
        var width = stream.GetProperty("width").GetInt32();
        var height = stream.GetProperty("height").GetInt32();
        var aspect = Ratio(stream, "sample_aspect_ratio", ':');
        if (aspect is > 0 and not 1) width = (int)Math.Round(width * aspect.Value);

        // A video stores its rotation with the stream, a photograph (EXIF) with the frame.
        var rotation = Rotation(stream) ?? Rotation(firstFrame) ?? 0;
        return Math.Abs((int)Math.Round(rotation / 90)) % 2 == 1 ? (height, width) : (width, height);
    }

    private static double? Rotation(JsonElement element) =>
        Items(element, "side_data_list").Select(data => Number(data, "rotation")).FirstOrDefault(r => r is not null);

    private static (double[] Times, double Fps) Times(JsonElement stream, List<JsonElement> frames)
    {
        var declared = Ratio(stream, "avg_frame_rate", '/') is > 0 and var rate ? rate : 1;
        if (frames.Count == 1) return (new double[1], declared);

        var times = new double[frames.Count];
        var first = Number(frames[0], "best_effort_timestamp_time");
        for (var i = 0; i < times.Length; i++)
        {
            var time = Number(frames[i], "best_effort_timestamp_time") - first;
            if (time is null || (i > 0 && time <= times[i - 1]))
            {
                // Times are missing or decrease, so the file's frame rate is all there is.
                return ([.. Enumerable.Range(0, times.Length).Select(k => k / declared)], declared);
            }
            times[i] = time.Value;
        }
        return (times, (times.Length - 1) / times[^1]);
    }

    private static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    private static double? Number(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value)) return null;
        return double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static double? Ratio(JsonElement element, string name, char separator)
    {
        if (!element.TryGetProperty(name, out var value) || value.ToString().Split(separator) is not [var over, var under]) return null;
        return double.TryParse(over, CultureInfo.InvariantCulture, out var a)
            && double.TryParse(under, CultureInfo.InvariantCulture, out var b) && b != 0
            ? a / b : null;
    }
}
