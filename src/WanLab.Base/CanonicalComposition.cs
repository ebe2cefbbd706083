using System.Globalization;
using System.Reflection;
using System.Text;

namespace WanLab;

/// <summary>
/// Unicode normalization form C, from tables of Unicode 14 in this assembly. .NET's own normalization needs the ICU library and does
/// nothing without it, so prompts would get other tokens on other machines.
/// Source: Unicode Standard Annex 15; chapter 3.12 for Hangul.
/// </summary>
internal static class CanonicalComposition
{
    private const int SyllableBase = 0xac00, LeadBase = 0x1100, VowelBase = 0x1161, TailBase = 0x11a7;
    private const int Leads = 19, Vowels = 21, Tails = 28, Syllables = Leads * Vowels * Tails;

    private static readonly Dictionary<int, int[]> Parts = [];
    private static readonly Dictionary<(int First, int Second), int> Pairs = [];
    private static readonly Dictionary<int, byte> Classes = [];

    static CanonicalComposition()
    {
        using var reader = new StreamReader(
            Assembly.GetExecutingAssembly().GetManifestResourceStream("WanLab.canonical.txt")!);
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(' ');
            if (fields[0] == "C")
            {
                for (var code = Hex(fields[1]); code <= Hex(fields[2]); code++)
                    Classes.Add(code, byte.Parse(fields[3], CultureInfo.InvariantCulture));
                continue;
            }
            var parts = fields.Skip(2).Select(Hex).ToArray();
            Parts.Add(Hex(fields[1]), parts);
            if (fields[0] == "D") Pairs.Add((parts[0], parts[1]), Hex(fields[1]));
        }

        static int Hex(string digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// The text with its combining characters in canonical order and composed with their base where Unicode has the composite.
    /// </summary>
    public static string Compose(string text)
    {
        // All text below the first combining mark is already in form C.
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', '\u02ff')) return text;
        var codes = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes()) Decompose(rune.Value, codes);
        Order(codes);
        Recompose(codes);
        var composed = new StringBuilder(codes.Count);
        foreach (var code in codes) composed.Append(new Rune(code).ToString());
        return composed.ToString();
    }

    private static void Decompose(int code, List<int> to)
    {
        var syllable = code - SyllableBase;
        if (syllable is >= 0 and < Syllables)
        {
            to.Add(LeadBase + syllable / (Vowels * Tails));
            to.Add(VowelBase + syllable % (Vowels * Tails) / Tails);
            if (syllable % Tails != 0) to.Add(TailBase + syllable % Tails);
        }
        else if (Parts.TryGetValue(code, out var parts))
        {
            foreach (var part in parts) Decompose(part, to);
        }
        else
        {
            to.Add(code);
        }
    }

    // Marks of different classes after one base have no order of their own: sort them, keeping equal ones in their order.
    private static void Order(List<int> codes)
    {
        for (var i = 1; i < codes.Count; i++)
        {
            var mark = Class(codes[i]);
            for (var j = i; mark != 0 && j > 0 && Class(codes[j - 1]) > mark; j--)
                (codes[j - 1], codes[j]) = (codes[j], codes[j - 1]);
        }
    }

    private static void Recompose(List<int> codes)
    {
        var starter = -1;
        var kept = 0;
        var previousClass = 0;
        foreach (var code in codes.ToArray())
        {
            var kind = Class(code);
            // A mark is blocked from its starter by one of its own class or higher in between.
            var free = starter >= 0 && (kept == starter + 1 || (previousClass < kind && previousClass != 0));
            if (free && Whole(codes[starter], code) is { } whole)
            {
                codes[starter] = whole;
                continue;
            }
            if (kind == 0) starter = kept;
            previousClass = kind;
            codes[kept++] = code;
        }
        codes.RemoveRange(kept, codes.Count - kept);
    }

    private static int? Whole(int first, int second)
    {
        if (first is >= LeadBase and < LeadBase + Leads && second is >= VowelBase and < VowelBase + Vowels)
            return SyllableBase + ((first - LeadBase) * Vowels + second - VowelBase) * Tails;
        var syllable = first - SyllableBase;
        if (syllable is >= 0 and < Syllables && syllable % Tails == 0 && second is > TailBase and < TailBase + Tails)
            return first + second - TailBase;
        return Pairs.TryGetValue((first, second), out var whole) ? whole : null;
    }

    private static int Class(int code) => Classes.GetValueOrDefault(code);
}
