using System.Text;

namespace WanLab.Models.Text;

/// <summary>Corrections of single characters or fixed short sequences.</summary>
internal static partial class CharacterFixes
{
    // The ordinary forms of U+FF61..U+FFEE, in order; an unassigned character stands for itself, and so does U+FFE3.
    private const string Widened =
        "\u3002\u300c\u300d\u3001\u30fb\u30f2\u30a1\u30a3\u30a5\u30a7\u30a9\u30e3\u30e5\u30e7\u30c3\u30fc" +
        "\u30a2\u30a4\u30a6\u30a8\u30aa\u30ab\u30ad\u30af\u30b1\u30b3\u30b5\u30b7\u30b9\u30bb\u30bd\u30bf" +
        "\u30c1\u30c4\u30c6\u30c8\u30ca\u30cb\u30cc\u30cd\u30ce\u30cf\u30d2\u30d5\u30d8\u30db\u30de\u30df" +
        "\u30e0\u30e1\u30e2\u30e4\u30e6\u30e8\u30e9\u30ea\u30eb\u30ec\u30ed\u30ef\u30f3\u3099\u309a" +
        "\u1160\u1100\u1101\u11aa\u1102\u11ac\u11ad\u1103\u1104\u1105\u11b0\u11b1\u11b2\u11b3\u11b4\u11b5" +
        "\u111a\u1106\u1107\u1108\u1121\u1109\u110a\u110b\u110c\u110d\u110e\u110f\u1110\u1111\u1112" +
        "\uffbf\uffc0\uffc1\u1161\u1162\u1163\u1164\u1165\u1166\uffc8\uffc9\u1167\u1168\u1169\u116a\u116b\u116c" +
        "\uffd0\uffd1\u116d\u116e\u116f\u1170\u1171\u1172\uffd8\uffd9\u1173\u1174\u1175\uffdd\uffde\uffdf" +
        "\u00a2\u00a3\u00ac\uffe3\u00a6\u00a5\u20a9\uffe7\u2502\u2190\u2191\u2192\u2193\u25a0\u25cb";

    /// <summary>Replaces C1 control characters by the characters that Windows-1252 has in their places.</summary>
    public static string C1Controls(string text) => Mapped(text, static (c, to) =>
        to.Append(c is >= '\u0080' and <= '\u009f' ? Windows1252.ToChar((byte)c) : c));

    /// <summary>Replaces typographic ligatures and digraphs of Latin letters by those letters.</summary>
    public static string Ligatures(string text) => Mapped(text, static (c, to) => to.Append(c switch
    {
        '\u0132' => "IJ",
        '\u0133' => "ij",
        '\u0149' => "\u02bcn",
        '\u01c4' => "D\u017d",
        '\u01c5' => "D\u017e",
        '\u01c6' => "d\u017e",
        '\u01c7' => "LJ",
        '\u01c8' => "Lj",
        '\u01c9' => "lj",
        '\u01ca' => "NJ",
        '\u01cb' => "Nj",
        '\u01cc' => "nj",
        '\u01f1' => "DZ",
        '\u01f2' => "Dz",
        '\u01f3' => "dz",
        '\ufb00' => "ff",
        '\ufb01' => "fi",
        '\ufb02' => "fl",
        '\ufb03' => "ffi",
        '\ufb04' => "ffl",
        '\ufb05' => "\u017ft",
        '\ufb06' => "st",
        _ => c.ToString(),
    }));

    /// <summary>Replaces half-width and full-width forms by ordinary ones, and the ideographic space by a space.</summary>
    public static string Widths(string text) => Mapped(text, static (c, to) => _ = c switch
    {
        '\u3000' => to.Append(' '),
        >= '\uff01' and <= '\uff5e' => to.Append((char)(c - 0xfee0)),
        '\uff5f' => to.Append('\u2985'),
        '\uff60' => to.Append('\u2986'),
        '\uffe3' => to.Append(" \u0304"),
        >= '\uff61' and <= '\uffee' => to.Append(Widened[c - '\uff61']),
        _ => to.Append(c),
    });

    /// <summary>Replaces curly quotation marks by straight ones.</summary>
    public static string Quotes(string text) => Mapped(text, static (c, to) => to.Append(c switch
    {
        (>= '\u2018' and <= '\u201b') or '\u02bc' => '\'',
        >= '\u201c' and <= '\u201f' => '"',
        _ => c,
    }));

    /// <summary>Replaces every kind of line break by a line feed.</summary>
    public static string LineBreaks(string text) =>
        text.Replace("\r\n", "\n").Replace('\r', '\n').Replace('\u2028', '\n').Replace('\u2029', '\n').Replace('\u0085', '\n');

    /// <summary>Replaces unpaired surrogates by U+FFFD.</summary>
    public static string Surrogates(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\ud800', '\udfff')) return text;
        var to = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) to.Append(rune.ToString());
        return to.ToString();
    }

    /// <summary>Removes escape sequences that colour a terminal.</summary>
    public static string TerminalEscapes(string text) => TerminalEscape().Replace(text, "");

    /// <summary>Removes control characters except tab, line feed, form feed and carriage return. The joiners of emoji stay.</summary>
    public static string ControlCharacters(string text) => Mapped(text, static (c, to) =>
    {
        var unwanted = c is < '\t' or '\v' or (>= '\u000e' and < ' ') or '\u007f'
            or (>= '\u206a' and <= '\u206f') or '\ufeff' or (>= '\ufff9' and <= '\ufffc');
        if (!unwanted) to.Append(c);
    });

    private static string Mapped(string text, Action<char, StringBuilder> map)
    {
        var to = new StringBuilder(text.Length);
        foreach (var c in text) map(c, to);
        return to.ToString();
    }

    [GeneratedRegex("\u001b\\[[0-9;]*[a-zA-Z]")]
    private static partial Regex TerminalEscape();
}
