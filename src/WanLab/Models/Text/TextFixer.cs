using System.Text;

namespace WanLab.Models.Text;

/// <summary>The correcting part of <see cref="PromptCleaner"/>, which says what is covered.</summary>
internal static class TextFixer
{
    /// <summary>
    /// Corrects a text line by line. From the first line with a '&lt;' on, the text is taken for HTML and its references stay.
    /// </summary>
    public static string Fix(string text)
    {
        var fixedText = new StringBuilder(text.Length);
        var unescapeHtml = true;
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) + 1;
            if (end == 0) end = text.Length;
            var line = text[start..end];
            unescapeHtml &= !line.Contains('<');
            fixedText.Append(FixLine(line, unescapeHtml));
            start = end;
        }
        return fixedText.ToString();
    }

    private static string FixLine(string line, bool unescapeHtml)
    {
        // One corrected layer may reveal the next: "&amp;eacute;" takes two rounds.
        while (true)
        {
            var before = line;
            if (unescapeHtml) line = HtmlReferences.UnescapeClosed(line);
            line = CharacterFixes.C1Controls(line);
            line = CharacterFixes.Ligatures(line);
            line = CharacterFixes.Widths(line);
            line = CharacterFixes.Quotes(line);
            line = CharacterFixes.LineBreaks(line);
            line = CharacterFixes.Surrogates(line);
            line = CharacterFixes.TerminalEscapes(line);
            line = CharacterFixes.ControlCharacters(line);
            line = CanonicalComposition.Compose(line);
            if (line == before) return line;
        }
    }
}
