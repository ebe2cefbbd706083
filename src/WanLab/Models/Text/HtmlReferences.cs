using System.Reflection;

namespace WanLab.Models.Text;

/// <summary>Replaces character references of HTML ("&amp;eacute;", "&amp;#233;", "&amp;#xE9;") by the characters.</summary>
internal static partial class HtmlReferences
{
    private static readonly Dictionary<string, string> Named = [];

    static HtmlReferences()
    {
        using var reader = new StreamReader(
            Assembly.GetExecutingAssembly().GetManifestResourceStream("WanLab.Models.Text.html-entities.txt")!);
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(' ');
            var text = string.Concat(fields.Skip(1).Select(hex => char.ConvertFromUtf32(Convert.ToInt32(hex, 16))));
            Named.Add(fields[0], text);
        }
    }

    /// <summary>
    /// The text as a browser reads it, following Python's <c>html.unescape</c>: a missing ';' is accepted where HTML5 accepts
    /// it.
    /// </summary>
    public static string Unescape(string text) =>
        Reference().Replace(text, match => Resolve(match.Groups[1].Value));

    /// <summary>The text with only those references replaced that end in ';' and are known as a whole; others stay.</summary>
    public static string UnescapeClosed(string text) => ClosedReference().Replace(text, match =>
    {
        var name = match.Groups[1].Value;
        return name[0] == '#' ? Number(name) : Named.GetValueOrDefault(name, match.Value);
    });

    private static string Resolve(string name)
    {
        if (name[0] == '#') return Number(name);
        if (Named.TryGetValue(name, out var text)) return text;
        for (var length = name.Length - 1; length > 1; length--)
        {
            if (Named.TryGetValue(name[..length], out text)) return text + name[length..];
        }
        return "&" + name;
    }

    private static string Number(string name)
    {
        var digits = name.AsSpan(1).TrimEnd(';');
        var hex = digits[0] is 'x' or 'X';
        digits = (hex ? digits[1..] : digits).TrimStart('0');
        // Eight digits are more than any code point has, in either base.
        if (digits.Length > 8) return "\ufffd";
        var code = digits.IsEmpty ? 0 : long.Parse(digits, hex ? NumberStyles.HexNumber : NumberStyles.None, CultureInfo.InvariantCulture);
        return code switch
        {
            0 or (>= 0xd800 and <= 0xdfff) or > 0x10ffff => "\ufffd",
            '\r' => "\r",
            // Browsers read these as Windows-1252, so the positions that it leaves undefined stay C1 control characters.
            >= 0x80 and <= 0x9f => Windows1252.ToChar((byte)code).ToString(),
            < 0x09 or 0x0b or (>= 0x0e and < 0x20) or 0x7f or (>= 0xfdd0 and <= 0xfdef) => "",
            _ when (code & 0xfffe) == 0xfffe => "",
            _ => char.ConvertFromUtf32((int)code),
        };
    }

    [GeneratedRegex("&([A-Za-z][A-Za-z0-9]*;?|#(?:[xX][0-9A-Fa-f]+|[0-9]+);?)")]
    private static partial Regex Reference();

    [GeneratedRegex("&([A-Za-z][A-Za-z0-9]*;|#(?:[xX][0-9A-Fa-f]+|[0-9]+);)")]
    private static partial Regex ClosedReference();
}
