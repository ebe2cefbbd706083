using WanLab.Media;

namespace WanLab.Curation.Editing.Applying;

/// <summary>Writes a part of a clip with ffmpeg, and reads it back to see that it is what was asked for.</summary>
internal static class PartWriter
{
    // Containers round times to a millisecond, on both sides.
    private const double Rounding = 0.0021;

    /// <summary>Writes a part to an unfinished file.</summary>
    /// <param name="file">The part.</param>
    /// <param name="command">Arguments of <see cref="PartCommand"/>.</param>
    /// <param name="unfinished">The file to write.</param>
    /// <param name="cancellation">Ends ffmpeg.</param>
    /// <exception cref="WanLabException">ffmpeg failed, or wrote something else.</exception>
    public static void Write(PlannedFile file, IReadOnlyList<string> command, string unfinished, CancellationToken cancellation)
    {
        var full = Path.GetFullPath(file.Source);
        var input = Ffmpeg.Input(full, MediaFormat.Of(file.Source));
        IEnumerable<string> arguments = command.SelectMany(argument => argument switch
        {
            PartCommand.Source => input,
            PartCommand.Target => ["file:" + Path.GetFullPath(unfinished)],
            _ => [argument],
        });
        var limit = Ffmpeg.TimeLimit(full) * 20; // encoding takes longer than decoding
        var (exitCode, _, errors) = Ffmpeg.Run("ffmpeg", arguments, limit: limit, cancellation: cancellation);
        if (exitCode != 0)
            throw new WanLabException($"{file.Source}: ffmpeg could not write {file.Name}; it says: {Ffmpeg.Reason(errors, full)}");
        Examine(file, unfinished, cancellation);
    }

    private static void Examine(PlannedFile file, string unfinished, CancellationToken cancellation)
    {
        var (part, source) = (file.Part!, file.Facts!);
        var made = VideoProbe.Probe(unfinished, cancellation);
        var (frames, area) = (part.End - part.First, part.Crop!.Value);
        var worst = made.FrameCount != frames ? 0 : Enumerable.Range(0, frames)
            .Max(k => Math.Abs(made.FrameTimes[k] - (source.FrameTimes[part.First + k] - source.FrameTimes[part.First])));
        if (made.FrameCount == frames && (made.Width, made.Height) == (area.Width, area.Height) && worst <= Rounding) return;
        throw new WanLabException($"{file.Source}: {file.Name} should have {frames} frames of {area.Width}x{area.Height} and has "
            + FormattableString.Invariant($"{made.FrameCount} of {made.Width}x{made.Height}, with times that are off by {worst:0.####} s; ")
            + "it was not kept. The times in the original are probably damaged: convert it to a constant rate first.");
    }
}
