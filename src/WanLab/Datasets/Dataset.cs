namespace WanLab.Datasets;

/// <summary>What a scan of one folder found.</summary>
/// <param name="Options">What was asked for.</param>
/// <param name="Clips">The items, by file name, then window, then mirroring.</param>
/// <param name="Problems">The files left out.</param>
[TypeFormatterSource]
public sealed record Dataset(DatasetOptions Options, IReadOnlyList<Clip> Clips, IReadOnlyList<ClipProblem> Problems)
{
    /// <summary>Every text that training on this dataset can need, the empty one included where captions can be dropped.</summary>
    public IReadOnlyList<string> Texts => Captions.Variants(Clips.Select(clip => clip.Caption), Options.CaptionDropoutRate);
}

/// <summary>How far a scan is.</summary>
/// <param name="Done">Files looked into.</param>
/// <param name="Total">Files there are.</param>
/// <param name="Path">The file done last.</param>
public readonly record struct ScanProgress(int Done, int Total, string Path);
