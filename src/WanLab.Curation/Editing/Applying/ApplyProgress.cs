namespace WanLab.Curation.Editing.Applying;

/// <summary>The progress of applying.</summary>
/// <param name="Done">Number of files that are there.</param>
/// <param name="Total">Number of all files.</param>
/// <param name="File">Name of the file that was finished last; empty at the start.</param>
/// <param name="Left">The time that the rest will take; null as long as it cannot be known.</param>
internal readonly record struct ApplyProgress(int Done, int Total, string File, TimeSpan? Left);

/// <summary>The result of applying.</summary>
/// <param name="Written">Names of the files that were written.</param>
/// <param name="Kept">Number of files that were there already, as they should be.</param>
/// <param name="Removed">Names of files of an earlier plan that were removed; WanLab wrote them and nobody has changed them.</param>
/// <param name="Notes">What a user should know.</param>
internal sealed record ApplyResult(IReadOnlyList<string> Written, int Kept, IReadOnlyList<string> Removed, IReadOnlyList<string> Notes);
