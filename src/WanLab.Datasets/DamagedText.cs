using System.Text;

namespace WanLab.Datasets;

/// <summary>
/// Recognises UTF-8 text that was read as Windows-1252 or Latin-1 ("schÃ¶n") and restores what was probably meant. Used only to
/// warn: the guess may be wrong, so it never changes a text.
/// </summary>
/// <remarks>
/// A text counts as damaged if all its characters of those sets, read as bytes, are valid UTF-8. In text that was written so, some
/// accented letter is followed by another letter, which no sequence allows.
/// </remarks>
internal static class DamagedText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text with all misreadings reversed, including repeated ones; null where it looks right.</summary>
    public static string? Repaired(string text)
    {
        string? repaired = null;
        // Each round shortens the text, so the loop ends.
        while (RepairedOnce(repaired ?? text) is { } shorter) repaired = shorter;
        return repaired;
    }

    private static string? RepairedOnce(string text)
    {
        if (Ascii.IsValid(text)) return null;
        var (meant, bytes) = (new StringBuilder(text.Length), new List<byte>());
        try
        {
            foreach (var character in text)
            {
                var place = character <= '\u00ff' ? character : Windows1252.ToByte(character);
                if (place >= 0)
                {
                    bytes.Add((byte)place);
                    continue;
                }
                meant.Append(Strict.GetString([.. bytes])).Append(character);
                bytes.Clear();
            }
            meant.Append(Strict.GetString([.. bytes]));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
        return meant.Length < text.Length ? meant.ToString() : null;
    }
}
