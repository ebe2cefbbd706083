namespace WanLab.Curation.Editing;

/// <summary>A change was based on decisions that somebody else has changed meanwhile; nothing was written.</summary>
/// <param name="message">The message for the user.</param>
/// <param name="now">The decisions as they stand.</param>
internal sealed class CurationConflictException(string message, CurationState now) : WanLabException(message)
{
    /// <summary>The decisions as they stand.</summary>
    public CurationState Now => now;
}
