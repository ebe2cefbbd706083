using WanLab.Media;

namespace WanLab.Curation.Editing.Applying;

/// <summary>The form in which a clip's pixels and times are stored.</summary>
/// <param name="PixelFormat">Name of the pixels' form, as ffmpeg has it.</param>
/// <param name="Ticks">Seconds of a tick of its clock, as a fraction.</param>
internal sealed record ClipHeader(string PixelFormat, (int Over, int Under) Ticks)
{
    /// <summary>Whether the pixels are red, green and blue.</summary>
    public bool IsRgb => ((string[])["rgb", "bgr", "gbr", "argb", "abgr", "0rgb", "0bgr", "pal8"]).Any(start =>
        PixelFormat.StartsWith(start, StringComparison.Ordinal));

    /// <summary>Reads a clip's header.</summary>
    /// <exception cref="WanLabException">The header cannot be read.</exception>
    public static ClipHeader Of(string file, CancellationToken cancellation)
    {
        var full = Path.GetFullPath(file);
        var (exitCode, output, errors) = Ffmpeg.Run("ffprobe",
            ["-v", "error", "-select_streams", "V:0", "-show_entries", "stream=pix_fmt,time_base", "-of", "json",
                .. Ffmpeg.Input(full, MediaFormat.Of(file))], cancellation: cancellation);
        if (exitCode != 0) throw new WanLabException($"{file}: cannot be read. ffprobe says: {Ffmpeg.Reason(errors, full)}");
        using var json = JsonDocument.Parse(output);
        var stream = json.RootElement.GetProperty("streams")[0];
        var ticks = stream.GetProperty("time_base").GetString()!.Split('/').Select(part => int.Parse(part, CultureInfo.InvariantCulture));
        return new ClipHeader(stream.GetProperty("pix_fmt").GetString()!, (ticks.First(), ticks.Last()));
    }
}
