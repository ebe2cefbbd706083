using System.Text;
using System.Text.RegularExpressions;

namespace WanLab.Docs.Tests.Texts;

/// <summary>The links of a Markdown page, and the anchors that its headings make on a code host.</summary>
internal static partial class PageLinks
{
    /// <summary>Targets of links and pictures, with their lines; blocks and spans of code have none.</summary>
    public static IEnumerable<(int Line, string Target)> Targets(string text) =>
        from line in Uncoded(text)
        from Match match in Link().Matches(InlineCode().Replace(line.Text, ""))
        select (line.Number, match.Groups[1].Value);

    /// <summary>Anchors of the headings: lower case, without marks, spaces as hyphens; repeated ones are numbered.</summary>
    public static IReadOnlySet<string> Anchors(string text)
    {
        var anchors = new HashSet<string>();
        foreach (var (_, line) in Uncoded(text).Where(line => line.Text.StartsWith('#')))
        {
            var title = Link().Replace(line.TrimStart('#').Trim(), match => match.Value[1..match.Value.IndexOf(']')]);
            var anchor = new StringBuilder();
            foreach (var rune in title.ToLowerInvariant())
                if (char.IsLetterOrDigit(rune) || rune is '-' or '_') anchor.Append(rune);
                else if (rune == ' ') anchor.Append('-');
            var (name, k) = (anchor.ToString(), 0);
            while (!anchors.Add(name)) name = $"{anchor}-{++k}";
        }
        return anchors;
    }

    private static IEnumerable<(int Number, string Text)> Uncoded(string text)
    {
        var fenced = false;
        foreach (var (index, line) in text.Split('\n').Index())
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal)) fenced = !fenced;
            else if (!fenced) yield return (index + 1, line);
        }
    }

    [GeneratedRegex(@"!?\[[^\]]*\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex InlineCode();
}
