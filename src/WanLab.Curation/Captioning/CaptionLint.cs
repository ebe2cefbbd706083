using WanLab.Curation.Motion;
using WanLab.Datasets;
using WanLab.Encodings;
using WanLab.Jobs.Recipes;
using WanLab.Models.Text;

namespace WanLab.Curation.Captioning;

/// <summary>The rules that captions are held against.</summary>
internal sealed record CaptionRules
{
    /// <summary>The kind of LoRA; null where it is not known.</summary>
    public RecipeKind? Kind { get; init; }

    /// <summary>The trigger word, if there is one.</summary>
    public string? TriggerWord { get; init; }

    /// <summary>The class of the character, if it is none of the usual words.</summary>
    public string? ClassWord { get; init; }

    /// <summary>The caption of clips without one; empty for none.</summary>
    public string DefaultCaption { get; init; } = "";

    /// <summary>Whether the set is one of other subjects, whose captions hold no trigger word.</summary>
    public bool IsRegularization { get; init; }

    /// <summary>The measured motion of clips, by path.</summary>
    public IReadOnlyDictionary<string, ClipMotion> Motions { get; init; } = new Dictionary<string, ClipMotion>();

    /// <summary>The model's tokenizer; null leaves the length unchecked.</summary>
    public WanTokenizer? Tokenizer { get; init; }
}

/// <summary>Finds captions that are missing, wrong, or unfit for the kind of LoRA. It reads texts only.</summary>
internal static class CaptionLint
{
    private const int LongestQuote = 60;

    /// <summary>The flaws of a folder's captions, orphans included.</summary>
    public static IReadOnlyList<CaptionFlaw> Of(CaptionFolder folder, CaptionRules rules) =>
    [
        .. folder.Unreadable.Select(clip => new CaptionFlaw(CaptionFlawKind.Unreadable, clip.Path, clip.Message)),
        .. folder.Orphans.Select(file => new CaptionFlaw(CaptionFlawKind.Orphan, file,
            "belongs to no clip; a caption has the name of its clip.")),
        .. Of(folder.Clips, rules),
    ];

    /// <summary>The flaws of a dataset that has been read. What its reading says already is left out: clips without any caption, orphans,
    /// captions that are too long.</summary>
    public static IReadOnlyList<CaptionFlaw> Of(Dataset dataset, RecipeKind? kind, string? triggerWord, string? classWord = null,
        IReadOnlyDictionary<string, ClipMotion>? motions = null) =>
        Of([.. dataset.Clips.DistinctBy(clip => clip.Path).Select(clip => new CaptionedClip(clip.Path, clip.Caption, clip.CaptionOrigin))],
            new CaptionRules
            {
                Kind = kind,
                TriggerWord = triggerWord,
                ClassWord = classWord,
                DefaultCaption = dataset.Options.DefaultCaption,
                IsRegularization = dataset.Options.IsRegularization,
                Motions = motions ?? new Dictionary<string, ClipMotion>(),
            });

    /// <summary>The flaws of some captions, clip by clip, in the order of the clips.</summary>
    public static IReadOnlyList<CaptionFlaw> Of(IReadOnlyList<CaptionedClip> clips, CaptionRules rules)
    {
        var own = clips.Where(clip => clip.Origin == CaptionOrigin.File).ToList();
        var shared = own.GroupBy(clip => clip.Text).Where(group => group.Count() > 1).SelectMany(group => group).ToHashSet();
        return
        [
            .. WholeSet(own, rules),
            .. clips.SelectMany(clip => clip.Origin == CaptionOrigin.File ? Own(clip, shared.Contains(clip), rules) : Bare(clip, rules)),
        ];
    }

    private static IEnumerable<CaptionFlaw> WholeSet(IReadOnlyList<CaptionedClip> own, CaptionRules rules)
    {
        if (rules.Kind is null or RecipeKind.Motion || rules.IsRegularization || !string.IsNullOrWhiteSpace(rules.TriggerWord)) yield break;
        var what = rules.Kind == RecipeKind.Style ? "style" : "character";
        var asks = own.Any(clip => clip.Text.Contains(Captions.Placeholder, StringComparison.Ordinal));
        yield return new CaptionFlaw(CaptionFlawKind.NoTrigger, "", $"a {what} needs a trigger word, one without a meaning, to call it by"
            + (asks ? $"; {Captions.Placeholder} in the captions stands for it" : "") + ". Set job.trigger_word, or give --trigger here.");
    }

    private static IEnumerable<CaptionFlaw> Bare(CaptionedClip clip, CaptionRules rules)
    {
        var empty = clip.Origin == CaptionOrigin.EmptyFile;
        if (Captions.IsToWrite(rules.DefaultCaption))
            yield return new CaptionFlaw(CaptionFlawKind.ToWrite, clip.Path,
                "has no caption but the place that the recipe left to fill in, which is not trained.");
        else if (rules.DefaultCaption.Trim() is { Length: > 0 } other)
            yield return new CaptionFlaw(CaptionFlawKind.DefaultUsed, clip.Path,
                $"{(empty ? "its caption file is empty" : "has no caption of its own")}, so it is trained with default_caption: " +
                $"'{Short(other)}'. Make sure that it is true of this clip.");
        else
            yield return empty
                ? new CaptionFlaw(CaptionFlawKind.EmptyFile, clip.Path, "its caption file is empty, which is the same as none.")
                : new CaptionFlaw(CaptionFlawKind.Missing, clip.Path,
                    "has no caption. Write one to a .txt of the same name, or set default_caption in the job.");
    }

    private static IEnumerable<CaptionFlaw> Own(CaptionedClip clip, bool isShared, CaptionRules rules)
    {
        if (Captions.IsToWrite(clip.Text))
            yield return new CaptionFlaw(CaptionFlawKind.ToWrite, clip.Path, "its caption is still a place to fill in.");
        // All clips of a style may be captioned by its look alone, and other subjects by what they are.
        if (isShared && rules.Kind != RecipeKind.Style && !rules.IsRegularization)
            yield return new CaptionFlaw(CaptionFlawKind.Identical, clip.Path,
                $"its caption is not its own: these all have '{Short(clip.Text)}'. Add what differs from clip to clip.");
        foreach (var flaw in Motion(clip, rules)) yield return flaw;
        if (rules.Kind == RecipeKind.Style && !rules.IsRegularization) foreach (var flaw in Style(clip, rules)) yield return flaw;
        if (rules.Kind == RecipeKind.Character && !rules.IsRegularization && !HasClass(clip.Text, rules.ClassWord))
            yield return new CaptionFlaw(CaptionFlawKind.NoClass, clip.Path,
                "does not say what the character is, such as person, woman or dog; write it after the trigger word.");
        if (rules.TriggerWord?.Trim() is { Length: > 0 } trigger && NearTrigger.In(clip.Text, trigger) is { } near)
            yield return new CaptionFlaw(CaptionFlawKind.TriggerMisspelt, clip.Path,
                $"has a word that is nearly the trigger word '{trigger}', but not the same; correct it, or leave it if it is meant.")
            {
                Detail = $"'{near}'",
            };
        if (rules.Tokenizer is { } tokenizer && Trained(clip.Text, rules) is var text && tokenizer.CountTokens(text) is var tokens
            && tokens > tokenizer.TextLength)
            yield return new CaptionFlaw(CaptionFlawKind.TooLong, clip.Path,
                $"its caption {LongTexts.Complaint(tokenizer, text, tokens)}");
    }

    private static IEnumerable<CaptionFlaw> Motion(CaptionedClip clip, CaptionRules rules)
    {
        var measured = rules.Motions.GetValueOrDefault(clip.Path);
        if (rules.Kind == RecipeKind.Motion && !rules.IsRegularization && !CaptionWords.NamesMotion(clip.Text))
            yield return new CaptionFlaw(CaptionFlawKind.MotionNotNamed, clip.Path,
                "names no motion; a motion is learned under the words for it, such as 'orbit 360 around the subject'.")
            {
                Detail = measured is { Phrase.Length: > 0 } ? $"measured: {measured.Phrase}" : "",
            };
        if (measured is not null && CameraClaims.Contradiction(CameraClaims.Of(clip.Text), measured) is { } claim)
            yield return new CaptionFlaw(CaptionFlawKind.MotionContradicted, clip.Path,
                "its caption and its picture disagree on the camera. Look at the clip, and correct the caption.")
            {
                Detail = $"says '{claim.Words}', measured: {CameraClaims.Phrase(measured)}",
            };
    }

    private static IEnumerable<CaptionFlaw> Style(CaptionedClip clip, CaptionRules rules)
    {
        if (!CaptionWords.NamesLook(clip.Text))
            yield return new CaptionFlaw(CaptionFlawKind.LookNotNamed, clip.Path,
                "names no look; a style is captioned by it, such as 'grainy 16mm film look, high contrast, warm tint'.");
        var withoutTrigger = rules.TriggerWord is { Length: > 0 } trigger ? Captions.ReplaceTrigger(clip.Text, trigger, "") : clip.Text;
        if (CaptionWords.Content(withoutTrigger) is { } word)
            yield return new CaptionFlaw(CaptionFlawKind.ContentDescribed, clip.Path,
                "describes what is seen. The tutorial captions a style by trigger word and look alone: so every scene teaches the look.")
            {
                Detail = $"'{word}'",
            };
    }

    private static bool HasClass(string text, string? classWord) => CaptionWords.NamesClass(text)
        || (classWord?.Trim() is { Length: > 0 } word && text.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static string Trained(string text, CaptionRules rules) =>
        Captions.WithTrigger(text, rules.TriggerWord, prepend: !rules.IsRegularization);

    private static string Short(string text) => text.Length <= LongestQuote ? text : text[..LongestQuote] + "...";
}
