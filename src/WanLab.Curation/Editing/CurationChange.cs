namespace WanLab.Curation.Editing;

/// <summary>One change of decisions, which can be undone.</summary>
/// <param name="Revision">The revision that it made.</param>
/// <param name="At">When it was made.</param>
/// <param name="Words">What was done, for the history.</param>
/// <param name="Clips">The clips that it changed, each with its decisions before and after.</param>
internal sealed record CurationChange(long Revision, DateTimeOffset At, string Words, IReadOnlyList<ClipChange> Clips);

/// <summary>The change of one clip.</summary>
/// <param name="Clip">Name of the clip's file.</param>
/// <param name="Before">Its decisions before.</param>
/// <param name="After">Its decisions after.</param>
internal sealed record ClipChange(string Clip, ClipCuration Before, ClipCuration After);
