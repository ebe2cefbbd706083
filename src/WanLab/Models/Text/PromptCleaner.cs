namespace WanLab.Models.Text;

/// <summary>
/// The cleaning that Wan's tokenizer applies to every prompt (its 'whitespace' mode): correct characters as the Python library
/// ftfy 6 does for it, decode HTML character references twice, turn every run of white space into one space, trim.
/// </summary>
/// <remarks>
/// <para>Corrected, line by line and repeated until nothing changes:
/// HTML references with their ';' (from the first line with a '&lt;' on they are left to the later step); C1
/// control characters, which become the characters that Windows-1252 has in their places; Latin ligatures and digraphs; half-width
/// and full-width forms; curly quotes; line breaks; unpaired surrogates; terminal colour escapes; control characters;
/// canonical composition (NFC, Unicode 14).</para>
/// <para>Not corrected: text whose bytes were read in the wrong encoding ("schÃ¶n"). ftfy guesses what was meant. Here
/// such a text stays as it is, and the scan of a dataset warns of it, so that a person decides. For such a prompt, and for
/// HTML names in a case that HTML does not define, the tokens can differ from those of the Python code.</para>
/// <para>Source: Wan 2.2, <c>wan/modules/tokenizers.py</c>; Python's <c>html.unescape</c>; the default behaviour of
/// ftfy 6; the HTML standard's table of named references.</para>
/// </remarks>
internal static partial class PromptCleaner
{
    /// <summary>The cleaned prompt. Cleaning it again changes nothing except further layers of HTML references.</summary>
    public static string Clean(string prompt)
    {
        var text = TextFixer.Fix(prompt);
        text = HtmlReferences.Unescape(HtmlReferences.Unescape(text)).Trim();
        return WhiteSpace().Replace(text, " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
