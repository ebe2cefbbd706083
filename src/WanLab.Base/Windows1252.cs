using System.Text;

namespace WanLab;

/// <summary>
/// Windows-1252 in the form that programs use: its five undefined bytes, like the ones it shares with Latin-1, are the characters
/// of the same number.
/// </summary>
internal static class Windows1252
{
    private static readonly string Characters =
        CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString([.. Enumerable.Range(0, 256).Select(b => (byte)b)]);

    /// <summary>The character that a byte stands for.</summary>
    public static char ToChar(byte value) => Characters[value];

    /// <summary>The byte that stands for a character; negative where there is none.</summary>
    public static int ToByte(char character) => Characters.IndexOf(character);
}
