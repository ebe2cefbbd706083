using System.Text;
using System.Text.Json.Nodes;

namespace WanLab.Datasets;

/// <summary>A caption found for a clip.</summary>
/// <param name="Text">The trimmed text; empty where there is none.</param>
/// <param name="File">The file it stands in; null where there is none.</param>
/// <param name="Remarks">What the clip's user should know, such as a second caption that is not used.</param>
internal sealed record FoundCaption(string Text, string? File, IReadOnlyList<string> Remarks)
{
    /// <summary>A file for this clip that holds no text; null where there is none.</summary>
    public string? Blank { get; init; }

    /// <summary>The origin of the clip's caption.</summary>
    public CaptionOrigin Origin =>
        File is not null ? CaptionOrigin.File : Blank is not null ? CaptionOrigin.EmptyFile : CaptionOrigin.NoFile;
}

/// <summary>
/// The caption files of a folder: named like the clip, with or without its ending, in any Unicode form, and ending in .txt, .caption
/// or .json in any case. Listed once for all clips.
/// </summary>
internal sealed class CaptionFiles
{
    private const long LongestCaption = 1 << 20;

    // In the order in which they are taken.
    private static readonly string[] Endings = [".txt", ".caption", ".json"];
    private static readonly string[] JsonKeys = ["caption", "text", "prompt", "description"];
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ILookup<string, string> _byName;

    private CaptionFiles(IEnumerable<string> files) =>
        _byName = files.ToLookup(file => Composed(Path.GetFileNameWithoutExtension(file)), StringComparer.Ordinal);

    /// <summary>Lists a folder.</summary>
    public static CaptionFiles In(string folder) => new(Directory.EnumerateFiles(folder).Where(IsCaption));

    /// <summary>Whether a file has the ending of a caption.</summary>
    public static bool IsCaption(string file) =>
        Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase) && !CurationFiles.Is(file);

    /// <summary>The first caption of a clip that is not blank.</summary>
    /// <exception cref="WanLabException">A caption is no text, too long, or no regular file.</exception>
    public FoundCaption Find(string clip)
    {
        var (text, from, blank, remarks) = ("", (string?)null, (string?)null, new List<string>());
        foreach (var file in FilesOf(clip))
        {
            var other = Read(file, remarks);
            if (other == "") blank ??= file;
            if (other == "" || other == text) continue;
            if (from is null) (text, from) = (other, file);
            else remarks.Add($"has a caption in {Path.GetFileName(from)} and another in {Path.GetFileName(file)}; the first is used.");
        }
        return new FoundCaption(text, from, remarks) { Blank = blank };
    }

    /// <summary>The caption files that belong to none of some clips, by name.</summary>
    public IReadOnlyList<string> Orphans(IEnumerable<string> clips)
    {
        var used = clips.SelectMany(FilesOf).ToHashSet(StringComparer.Ordinal);
        return [.. _byName.SelectMany(files => files).Where(file => !used.Contains(file) && !Path.GetFileName(file).StartsWith('.'))
            .Order(StringComparer.Ordinal)];
    }

    // a.txt is nearer to a.mp4 than a.mp4.txt is; of several endings the usual one comes first.
    private IEnumerable<string> FilesOf(string clip) =>
        _byName[Composed(Path.GetFileNameWithoutExtension(clip))].Concat(_byName[Composed(Path.GetFileName(clip))])
            .OrderBy(file => Array.FindIndex(Endings, ending => ending.Equals(Path.GetExtension(file), StringComparison.OrdinalIgnoreCase)))
            .ThenByDescending(file => file, StringComparer.Ordinal);

    private static string Composed(string name) => CanonicalComposition.Compose(name);

    private static byte[] Bytes(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{file}: the caption cannot be read: {e.Message} Check its permissions.", e);
        }
    }

    /// <summary>The trimmed text of one caption file; empty for a .json without a caption.</summary>
    /// <exception cref="WanLabException">It is no text, too long, or no regular file.</exception>
    public static string Text(string file) => Read(file, []);

    /// <summary>The key that holds the caption in an object of a .json file; null where none does.</summary>
    public static string? KeyOf(JsonObject map) =>
        JsonKeys.FirstOrDefault(key => map[key] is JsonValue value && value.TryGetValue<string>(out _));

    private static string Read(string file, List<string> remarks)
    {
        RegularFile.Require(file);
        if (new FileInfo(file).Length > LongestCaption)
            throw new WanLabException($"{file}: has more than 1 MiB, which is no caption. Replace it.");
        var text = Decoded(file, Bytes(file));
        if (!Path.GetExtension(file).Equals(".json", StringComparison.OrdinalIgnoreCase)) return text.Trim();
        if (FromJson(text) is { } caption) return caption.Trim();
        remarks.Add($"{Path.GetFileName(file)} next to it holds no caption: it has none of the keys {string.Join(", ", JsonKeys)}.");
        return "";
    }

    private static string? FromJson(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject map && KeyOf(map) is { } key ? (string?)map[key] : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            return null; // no JSON, a key twice, or half a character: reported as a file without caption
        }
    }

    private static string Decoded(string file, byte[] bytes)
    {
        try
        {
            var (encoding, mark) = EncodingOf(bytes);
            var text = encoding.GetString(bytes.AsSpan(mark));
            if (!text.Contains('\0')) return text;
        }
        catch (DecoderFallbackException e)
        {
            throw new WanLabException($"{file}: the caption is not UTF-8 text. Save it as UTF-8.", e);
        }
        throw new WanLabException($"{file}: the caption has NUL characters, so it is no text. Save it as UTF-8.");
    }

    // By the mark at the start; without one, text of two bytes a letter shows by the zeros that Latin letters and blanks have there.
    private static (Encoding Encoding, int Mark) EncodingOf(byte[] bytes)
    {
        Encoding Two(bool bigEndian) => new UnicodeEncoding(bigEndian, byteOrderMark: false, throwOnInvalidBytes: true);
        Encoding Four(bool bigEndian) => new UTF32Encoding(bigEndian, byteOrderMark: false, throwOnInvalidCharacters: true);
        if (bytes is [0xEF, 0xBB, 0xBF, ..]) return (StrictUtf8, 3);
        if (bytes is [0xFF, 0xFE, 0, 0, ..]) return (Four(false), 4);
        if (bytes is [0, 0, 0xFE, 0xFF, ..]) return (Four(true), 4);
        if (bytes is [0xFF, 0xFE, ..]) return (Two(false), 2);
        if (bytes is [0xFE, 0xFF, ..]) return (Two(true), 2);
        if (bytes.Length % 2 != 0 || !bytes.Contains((byte)0)) return (StrictUtf8, 0);
        var (even, odd) = (bytes.Where((b, k) => k % 2 == 0 && b == 0).Count(), bytes.Where((b, k) => k % 2 == 1 && b == 0).Count());
        return even == 0 ? (Two(false), 0) : odd == 0 ? (Two(true), 0) : (StrictUtf8, 0);
    }
}
