using System.Text.RegularExpressions;

namespace WanLab.Docs.Tests.Texts;

/// <summary>The paragraphs of a page, without inline code and link targets. Blocks of code count as text: they hold comments.</summary>
internal static partial class MarkdownText
{
    /// <summary>Lines between these two marks quote words that are not the house's.</summary>
    private const string Off = "<!-- words: off -->", On = "<!-- words: on -->";

    public static IEnumerable<Prose> Of(string file, string text, int firstLine = 1)
    {
        var (lines, start, off, fenced) = (new List<string>(), 0, false, false);
        var k = -1;
        foreach (var line in text.Split('\n').Append(""))
        {
            k++;
            var words = line.Trim();
            off = words == Off || (off && words != On);
            if (words.StartsWith("```", StringComparison.Ordinal)) fenced = !fenced;
            // A paragraph is one piece, so that a phrase is found across line ends; a row of a table or of code is its own.
            var ends = fenced || words is "" or Off or On || words.StartsWith('|') || words.StartsWith("- ", StringComparison.Ordinal);
            if (ends && lines.Count > 0)
            {
                yield return new Prose(file, firstLine + start, Plain(string.Join(' ', lines)));
                lines.Clear();
            }
            if (off || words is "" or On) continue;
            if (lines.Count == 0) start = k;
            lines.Add(words);
        }
    }

    private static string Plain(string text) => Space().Replace(Target().Replace(InlineCode().Replace(text, "`"), "]"), " ");

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"\]\([^)]*\)")]
    private static partial Regex Target();
}
