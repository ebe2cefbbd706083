namespace WanLab;

/// <summary>
/// Finds characters that no text of a user holds on purpose, and that file names, programs and files cannot take: NUL, and half a
/// surrogate pair.
/// </summary>
internal static class BadText
{
    /// <summary>The place of the first of them; null where the text has none.</summary>
    public static int? IndexIn(string text)
    {
        for (var k = 0; k < text.Length; k++)
        {
            if (text[k] == '\0') return k;
            if (!char.IsSurrogate(text[k])) continue;
            if (!char.IsSurrogatePair(text, k)) return k;
            k++;
        }
        return null;
    }

    /// <summary>The name of the character at such a place.</summary>
    public static string NameAt(string text, int index) => text[index] == '\0' ? "a NUL character" : "half a surrogate pair";
}
