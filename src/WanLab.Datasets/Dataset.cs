namespace WanLab.Datasets;

/// <summary>The result of scanning one folder.</summary>
/// <param name="Options">The options of the scan.</param>
/// <param name="Clips">The items, by file name, then window, then mirroring.</param>
/// <param name="Problems">The files left out, with the reasons.</param>
[TypeFormatterSource]
public sealed record Dataset(DatasetOptions Options, IReadOnlyList<Clip> Clips, IReadOnlyList<ClipProblem> Problems)
{
    /// <summary>Sentences about what lies in the folder and is not used, such as pictures next to clips.</summary>
    public IReadOnlyList<string> LeftAside { get; init; } = [];

    /// <summary>
    /// Every text that training on this dataset can need, including the empty one where captions can be dropped.
    /// </summary>
    public IReadOnlyList<string> Texts => Captions.Variants(Clips.Select(clip => clip.Caption), Options.CaptionDropoutRate);
}

/// <summary>The progress of a scan.</summary>
/// <param name="Done">Number of files scanned so far.</param>
/// <param name="Total">Number of all files.</param>
/// <param name="Path">The file that was scanned last.</param>
internal readonly record struct ScanProgress(int Done, int Total, string Path);
