using System.Text;

namespace WanLab.Models.Text;

/// <summary>
/// Windows-1252 in the form that programs use: its five undefined bytes, like the ones it shares with Latin-1, are the characters
/// of the same number.
/// </summary>
internal static class Windows1252
{
    private static readonly Encoding Encoding = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>The character that a byte stands for.</summary>
    public static char ToChar(byte value) => Encoding.GetString([value])[0];
}
