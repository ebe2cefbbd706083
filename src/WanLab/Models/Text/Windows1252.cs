namespace WanLab.Models.Text;

/// <summary>Windows-1252 as programs use it: its five open bytes, like the ones it shares with Latin-1, are the characters of the same number.</summary>
internal static class Windows1252
{
    // Bytes 0x80 to 0x9F.
    private const string Upper =
        "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

    public static char ToChar(byte value) => value is >= 0x80 and <= 0x9f ? Upper[value - 0x80] : (char)value;

    /// <summary>The byte that Windows-1252 or, for a C1 control character, Latin-1 reads as this character.</summary>
    public static bool TryGetByte(char character, out byte value)
    {
        var place = character <= '\u00ff' ? -1 : Upper.IndexOf(character);
        value = (byte)(place < 0 ? character : 0x80 + place);
        return place >= 0 || character <= '\u00ff';
    }
}
