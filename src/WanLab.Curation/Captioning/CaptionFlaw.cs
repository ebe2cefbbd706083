namespace WanLab.Curation.Captioning;

/// <summary>The kinds of flaws that a caption can have.</summary>
internal enum CaptionFlawKind
{
    /// <summary>The clip has no caption file.</summary>
    Missing,

    /// <summary>The clip's caption file is empty.</summary>
    EmptyFile,

    /// <summary>The clip's caption file cannot be read.</summary>
    Unreadable,

    /// <summary>The caption file belongs to no clip.</summary>
    Orphan,

    /// <summary>The clip is trained with the dataset's default caption.</summary>
    DefaultUsed,

    /// <summary>The caption is still what a recipe wrote as a place to fill in.</summary>
    ToWrite,

    /// <summary>Several clips have the same caption.</summary>
    Identical,

    /// <summary>The caption of a motion names no motion.</summary>
    MotionNotNamed,

    /// <summary>The caption says another motion of the camera than the measured one.</summary>
    MotionContradicted,

    /// <summary>The caption of a style names no look.</summary>
    LookNotNamed,

    /// <summary>The caption of a style describes what is seen.</summary>
    ContentDescribed,

    /// <summary>A character or style has no trigger word.</summary>
    NoTrigger,

    /// <summary>The caption of a character does not say what the character is one of.</summary>
    NoClass,

    /// <summary>A word of the caption is nearly the trigger word.</summary>
    TriggerMisspelt,

    /// <summary>The caption is longer than the model reads.</summary>
    TooLong,
}

/// <summary>Something that is wrong with the caption of a clip, or may be.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="File">The clip, or the caption file that belongs to none; empty for the whole set.</param>
/// <param name="Words">What is wrong and what to do, the same words for each clip with this flaw.</param>
internal sealed record CaptionFlaw(CaptionFlawKind Kind, string File, string Words)
{
    /// <summary>The part of this caption that shows it, such as a word; empty where there is nothing to show.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The flaws in a few lines: clips with the same flaw share one.</summary>
    /// <param name="flaws">The flaws.</param>
    /// <param name="named">The most clips that a line names.</param>
    public static IEnumerable<string> Lines(IEnumerable<CaptionFlaw> flaws, int named = 3) => flaws.GroupBy(flaw => (flaw.Kind, flaw.Words))
        .OrderBy(group => group.Key.Kind)
        .Select(group => group.First().File == "" ? group.Key.Words
            : $"{Listing.Others([.. group.Select(flaw => flaw.Name)], named, Noun(group.Key.Kind))}: {group.Key.Words}");

    private string Name => Path.GetFileName(File) + (Detail == "" ? "" : $" ({Detail})");

    private static string Noun(CaptionFlawKind kind) => kind == CaptionFlawKind.Orphan ? "files" : "clips";
}
