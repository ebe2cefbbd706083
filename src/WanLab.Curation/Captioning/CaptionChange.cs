namespace WanLab.Curation.Captioning;

/// <summary>A caption that was changed, or is to be.</summary>
/// <param name="Clip">File name of the clip.</param>
/// <param name="File">File name of the caption.</param>
/// <param name="Before">The text of before; null where there was no file.</param>
/// <param name="After">The text since; null where there is no file any more.</param>
/// <param name="Time">When it was changed.</param>
internal sealed record CaptionChange(string Clip, string File, string? Before, string? After, DateTimeOffset Time)
{
    /// <summary>Number of the step, from 1: what was changed at once has the same.</summary>
    public int Step { get; init; }

    /// <summary>Number of the step that this one undoes; null where it undoes none.</summary>
    public int? Undoes { get; init; }
}
