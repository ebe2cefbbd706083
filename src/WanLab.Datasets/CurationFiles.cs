namespace WanLab.Datasets;

/// <summary>Files that curation keeps in a folder of clips. They are neither captions nor strangers there.</summary>
internal static class CurationFiles
{
    /// <summary>The plan for the clips, and its history.</summary>
    public const string Plan = "curation.json";

    /// <summary>Captions that a model has written and nobody has accepted yet.</summary>
    public const string Drafts = "curation.drafts.json";

    /// <summary>The changes of captions, a line for each.</summary>
    public const string CaptionHistory = "curation.captions.jsonl";

    /// <summary>Whether a file is one of them.</summary>
    public static bool Is(string file) => Path.GetFileName(file) is Plan or Drafts or CaptionHistory;
}
