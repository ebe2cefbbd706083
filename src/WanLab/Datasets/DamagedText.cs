using System.Globalization;
using System.Text;

namespace WanLab.Datasets;

/// <summary>
/// Recognises UTF-8 text that was read as Windows-1252 or Latin-1 ("schÃ¶n") and restores what was probably meant. Used only to
/// warn: the guess may be wrong, so it never changes a text.
/// </summary>
/// <remarks>
/// UTF-8 read that way shows an accented letter followed by one to three signs ("Ã©", "â€™", "ðŸ˜€") whose bytes are one
/// valid sequence. People rarely write that: a letter is followed by letters, or by one of the few signs that end a word. So a
/// sequence is certain if its letter is followed by a sign that no word ends in, or if it has a capital where none belongs;
/// several sequences in a row are certain together. Any other possible sequence ("VOCÊ…", "passé »") is taken for intended
/// text, unless the text also has a certain one and no character outside ASCII that is not part of a sequence.
/// </remarks>
internal static class DamagedText
{
    // Windows-1252, in which the five undefined bytes are the control characters of the same number.
    private static readonly string Windows1252 =
        CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString([.. Enumerable.Range(0, 256).Select(b => (byte)b)]);

    // Characters that ordinary text has directly after a word (or after it and a no-break space).
    private const string WordEnds = "\u00a0…‘’“”»›–—™®°±¹²³";

    // The first bytes of Latin (without C2 and C3, which have separate rules), Greek and Cyrillic letters.
    private const string CommonLeads = "ÄÅÎÏÐÑ";

    // This many possible sequences in a row are not ordinary text.
    private const int CertainInARow = 3;

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
        var stretches = Stretches(text);
        if (!stretches.Any(s => s.Certain)) return null;

        var consistent = stretches.Sum(s => s.Length) == text.Count(c => !char.IsAscii(c));
        var repaired = new StringBuilder(text.Length);
        var done = 0;
        foreach (var stretch in stretches.Where(s => consistent || s.Certain))
        {
            repaired.Append(text, done, stretch.Start - done).Append(stretch.Meant);
            done = stretch.Start + stretch.Length;
        }
        return repaired.Append(text, done, text.Length - done).ToString();
    }

    // Sequences that directly follow each other form one stretch.
    private static List<Stretch> Stretches(string text)
    {
        var found = new List<Stretch>();
        for (var at = 0; at < text.Length;)
        {
            var start = at;
            var certain = false;
            var meant = new StringBuilder();
            var count = 0;
            for (; Sequence(text, at, out var rune) is > 0 and var length; at += length, count++)
            {
                certain |= IsCertain(text, at, length);
                meant.Append(rune.ToString());
            }
            if (count == 0) at++;
            else found.Add(new Stretch(start, at - start, meant.ToString(), certain || count >= CertainInARow));
        }
        return found;
    }

    // The length of the sequence that begins here, 0 if none does. A character that Unicode has not assigned was not meant.
    private static int Sequence(string text, int at, out Rune rune)
    {
        Span<byte> bytes = stackalloc byte[4];
        var count = 0;
        while (count < bytes.Length && at + count < text.Length && TryGetByte(text[at + count], out bytes[count])) count++;
        var valid = Rune.DecodeFromUtf8(bytes[..count], out rune, out var length) == System.Buffers.OperationStatus.Done;
        var defined = Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse);
        return valid && defined && length > 1 ? length : 0;
    }

    // The byte that Windows-1252 or, for a control character, Latin-1 reads as this character.
    private static bool TryGetByte(char character, out byte value)
    {
        var place = character <= '\u00ff' ? character : Windows1252.IndexOf(character);
        value = (byte)place;
        return place >= 0;
    }

    private static bool IsCertain(string text, int at, int length)
    {
        var before = at == 0 ? ' ' : text[at - 1];
        var after = at + length == text.Length ? ' ' : text[at + length];
        var (lead, sign) = (text[at], text[at + 1]);
        var odd = !WordEnds.Contains(sign);

        if (length == 4) return true;
        // A no-break space may have anything after it, even an opening quotation mark or a price.
        if (length == 3) return odd || (sign != '\u00a0' && !WordEnds.Contains(text[at + 2]));
        if (char.IsLower(before) && char.IsUpper(lead)) return true;
        return lead switch
        {
            // This letter stands for a Latin-1 sign or, in text misread twice, a C1 control; hardly any word ends in it.
            'Â' => sign <= '\u00bf',
            // The word "à" and the sign of multiplication are common, and words in capitals do end in this letter.
            'Ã' when sign is '\u00a0' or '—' && !char.IsUpper(before) => true,
            'Ã' => odd || char.IsLetter(after),
            _ => CommonLeads.Contains(lead) && (odd || char.IsLetter(after)),
        };
    }

    private sealed record Stretch(int Start, int Length, string Meant, bool Certain);
}
