using WanLab.Datasets;

namespace WanLab.Curation.Captioning;

/// <summary>Changes to the text of captions, and the plan of what they change in a folder. Nothing is written.</summary>
internal static class CaptionEdit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Replaces what a pattern finds.</summary>
    /// <param name="pattern">A regular expression.</param>
    /// <param name="with">The replacement; $1 is the first group.</param>
    /// <exception cref="WanLabException">The pattern is none, or takes too long.</exception>
    public static Func<string, string> Replace(string pattern, string with)
    {
        Regex regex;
        try
        {
            regex = new Regex(pattern, RegexOptions.CultureInvariant, Patience);
        }
        catch (ArgumentException e)
        {
            throw new WanLabException($"'{pattern}' is no regular expression: {e.Message} Write \\ before a sign that means itself.", e);
        }
        return text =>
        {
            try
            {
                return regex.Replace(text, with).Trim();
            }
            catch (RegexMatchTimeoutException e)
            {
                throw new WanLabException($"'{pattern}' takes too long on '{text}'. Write a simpler one.", e);
            }
        };
    }

    /// <summary>Puts words in front, where they are not there already.</summary>
    public static Func<string, string> Prefix(string words) =>
        text => text.StartsWith(words.Trim(), StringComparison.Ordinal) ? text : (words + text).Trim();

    /// <summary>Adds words at the end, where they are not there already.</summary>
    public static Func<string, string> Suffix(string words) =>
        text => text.EndsWith(words.Trim(), StringComparison.Ordinal) ? text : (text + words).Trim();

    /// <summary>Adds a tag after a comma, where the caption does not have it already.</summary>
    public static Func<string, string> AddTag(string tag) => text =>
        Tag(tag).IsMatch(text) ? text : $"{text.TrimEnd(' ', ',', '，')}, {tag.Trim()}";

    /// <summary>Takes a tag away: what stands between commas, whatever its case.</summary>
    public static Func<string, string> RemoveTag(string tag) => text => Tag(tag).Replace(text, "").Trim(' ', ',', '，');

    /// <summary>The captions that an edit changes. Clips without a caption of their own are left out; a file that two clips share counts
    /// once.</summary>
    public static IReadOnlyList<CaptionChange> Plan(CaptionFolder folder, Func<string, string> edit) =>
        Plan(folder.Clips.Where(clip => clip.Origin == CaptionOrigin.File), clip => edit(clip.Text));

    /// <summary>The captions of some clips that become others.</summary>
    public static IReadOnlyList<CaptionChange> Plan(IEnumerable<CaptionedClip> clips, Func<CaptionedClip, string> text) =>
    [
        .. from clip in clips.DistinctBy(clip => clip.File)
           let after = text(clip).Trim()
           where after != clip.Text
           select new CaptionChange(clip.Name, Path.GetFileName(clip.File), CaptionFile.Text(clip.File), after, default),
    ];

    private static Regex Tag(string tag) => tag.Trim() is { Length: > 0 } words
        ? new Regex($@"(?:^|[,，])\s*{Regex.Escape(words)}\s*(?=[,，]|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)
        : throw new WanLabException("A tag has to have letters.");
}
