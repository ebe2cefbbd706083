using WanLab.Datasets;

namespace WanLab.Curation.Captioning;

/// <summary>A clip or image and its caption.</summary>
/// <param name="Path">The clip's file.</param>
/// <param name="Text">The caption; empty where there is none.</param>
/// <param name="Origin">Where the text comes from.</param>
internal sealed record CaptionedClip(string Path, string Text, CaptionOrigin Origin)
{
    /// <summary>File name of the clip.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The file that holds the caption, or the one to which it is written.</summary>
    public string File { get; init; } = System.IO.Path.ChangeExtension(Path, ".txt");
}
