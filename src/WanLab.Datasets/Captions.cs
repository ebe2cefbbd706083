namespace WanLab.Datasets;

/// <summary>Reads captions and inserts the trigger word.</summary>
public static partial class Captions
{
    /// <summary>The text that stands for the trigger word in a caption or prompt.</summary>
    public const string Placeholder = "[trigger]";

    /// <summary>The text of a recipe where a caption has to be written. It begins with the words by which it is known.</summary>
    internal const string ToWrite = $"{EditMe}, a caption that is true of every clip without one";

    private const string EditMe = "EDIT ME";

    /// <summary>Whether a caption is still the one of a recipe, at least in part.</summary>
    internal static bool IsToWrite(string caption) => caption.Contains(EditMe, StringComparison.Ordinal);

    /// <summary>
    /// The trimmed text of the clip's caption file: named like the clip, ending in .txt, .caption or .json (with a key "caption"). The
    /// default caption where the file is blank or missing; null where both are empty.
    /// </summary>
    /// <exception cref="WanLabException">The caption file is no text.</exception>
    public static string? Read(string clipPath, string defaultCaption) =>
        Read(CaptionFiles.In(Path.GetDirectoryName(Path.GetFullPath(clipPath))!), clipPath, defaultCaption);

    /// <summary>The same, with the caption files of the clip's folder at hand.</summary>
    internal static string? Read(CaptionFiles files, string clipPath, string defaultCaption) =>
        files.Find(clipPath).Text is { Length: > 0 } text ? text
            : defaultCaption.Trim() is { Length: > 0 } other ? other
            : null;

    /// <summary>
    /// Replaces <c>[trigger]</c> by the trigger word, and prepends the trigger word to a caption that lacks it if
    /// <paramref name="prepend"/>. Without a trigger word, <c>[trigger]</c> is removed.
    /// </summary>
    public static string WithTrigger(string caption, string? triggerWord, bool prepend = true)
    {
        if (string.IsNullOrWhiteSpace(triggerWord)) return WithoutPlaceholder(caption);
        var trigger = triggerWord.Trim();
        var text = caption.Replace(Placeholder, trigger, StringComparison.Ordinal);
        return !prepend || Contains(text, trigger) ? text : $"{trigger} {text}".TrimEnd();
    }

    /// <summary>Whether the text has the trigger word as a separate word; upper and lower case differ.</summary>
    public static bool Contains(string text, string triggerWord) => Word(triggerWord).IsMatch(text);

    /// <summary>
    /// The text with another word in place of the trigger word and of <c>[trigger]</c>, for the class prompt of preservation losses.
    /// </summary>
    public static string ReplaceTrigger(string text, string triggerWord, string replacement)
    {
        text = text.Replace(Placeholder, triggerWord, StringComparison.Ordinal);
        return Word(triggerWord).Replace(text, replacement.Replace("$", "$$", StringComparison.Ordinal));
    }

    /// <summary>
    /// The caption that an item is trained with: replaced by "" when <paramref name="u"/>, in [0, 1), is below the dropout rate.
    /// </summary>
    public static string Drop(string caption, double dropoutRate, double u) => u < dropoutRate ? "" : caption;

    /// <summary>
    /// Every text that training on these captions can need: each caption once, in order, then "" where captions can be dropped.
    /// </summary>
    public static IReadOnlyList<string> Variants(IEnumerable<string> captions, double dropoutRate)
    {
        var texts = captions.Distinct(StringComparer.Ordinal).ToList();
        if (dropoutRate > 0 && !texts.Contains("")) texts.Add("");
        return texts;
    }

    /// <summary>
    /// A word of the caption, such as "left" or "up", that a flip would make wrong; null if there is none.
    /// </summary>
    public static string? Direction(string caption, bool flipX, bool flipY)
    {
        var match = flipX ? LeftRight().Match(caption) : Match.Empty;
        if (!match.Success && flipY) match = UpDown().Match(caption);
        return match.Success ? match.Value : null;
    }

    /// <summary>
    /// A word of the caption for a turn, such as "orbit" or "spins": its sense is the other one in a mirrored copy; null if there is none.
    /// </summary>
    public static string? Turn(string caption)
    {
        var match = Turning().Match(caption);
        return match.Success ? match.Value : null;
    }

    private static string WithoutPlaceholder(string caption)
    {
        if (!caption.Contains(Placeholder, StringComparison.Ordinal)) return caption;
        var text = caption.Replace(Placeholder, "", StringComparison.Ordinal);
        text = Blanks().Replace(text, " ");
        return SpaceBeforeMark().Replace(text, "$1").Trim().TrimStart(',', '.', ';', ':', ' ');
    }

    // Scripts written without spaces (from U+2E80 on, CJK and Hangul) have no word boundaries to test.
    private static Regex Word(string trigger)
    {
        ArgumentException.ThrowIfNullOrEmpty(trigger);
        var before = IsWordUnit(trigger[0]) ? $"(?<!{WordUnit})" : "";
        var after = IsWordUnit(trigger[^1]) ? $"(?!{WordUnit})" : "";
        return new Regex(before + Regex.Escape(trigger) + after, RegexOptions.CultureInvariant);
    }

    private const string WordUnit = @"[\w-[\u2E80-\uFFFF]]";

    private static bool IsWordUnit(char c) => c < '\u2E80' && (char.IsLetterOrDigit(c) || c == '_');

    [GeneratedRegex(@"[ \t]{2,}")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"[ \t]+([,.;:!?])")]
    private static partial Regex SpaceBeforeMark();

    [GeneratedRegex(@"\b(left|right)(wards?)?\b|\b(counter|anti)?-?clockwise\b|[左右]|(顺|逆)时针", RegexOptions.IgnoreCase)]
    private static partial Regex LeftRight();

    [GeneratedRegex(@"(?<!close[- ])\b(up|down)(wards?)?\b|\b(rises?|rising|falls?|falling)\b|\b(counter|anti)?-?clockwise\b|[上下]|(顺|逆)时针",
        RegexOptions.IgnoreCase)]
    private static partial Regex UpDown();

    [GeneratedRegex(@"\b(orbit(s|ed|ing)?|spin(s|ning)?|spun|rotate[sd]?|rotating|rotations?|revolv(e|es|ed|ing)|circl(e|es|ed|ing)|" +
        @"twirl(s|ed|ing)?|pirouett(e|es|ed|ing)|swivel(s|ed|ing)?|swirl(s|ed|ing)?|turntable|" +
        @"(turn(s|ed|ing)?|walk(s|ed|ing)?|mov(e|es|ed|ing)|fl(y|ies|ew|ying)|pans?|panned|panning) around)\b|" +
        @"环绕|旋转|盘旋|绕着|转圈", RegexOptions.IgnoreCase)]
    private static partial Regex Turning();
}
