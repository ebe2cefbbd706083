using System.Text.Json.Nodes;
using WanLab.Datasets;

namespace WanLab.Curation.Captioning;

/// <summary>One caption file, as text or as JSON with other facts.</summary>
internal static class CaptionFile
{
    private static readonly JsonSerializerOptions Form = new(SnakeJson.Indented) { PropertyNamingPolicy = null };

    /// <summary>The trimmed text of a file; null where there is none.</summary>
    /// <exception cref="WanLabException">The file is no text.</exception>
    public static string? Text(string file) => File.Exists(file) ? CaptionFiles.Text(file) : null;

    /// <summary>Writes a text, whole or not at all. A .json file keeps its other keys.</summary>
    /// <exception cref="WanLabException">The place cannot be written, or the .json file is no object.</exception>
    public static void Write(string file, string text)
    {
        if (!IsJson(file)) AtomicFile.WriteText(file, text == "" ? "" : text + "\n");
        else AtomicFile.WriteText(file, WithCaption(file, text).ToJsonString(Form) + "\n");
    }

    /// <summary>Deletes a file.</summary>
    /// <exception cref="WanLabException">It cannot be deleted.</exception>
    public static void Delete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{file}: cannot be deleted: {e.Message} Check its permissions.", e);
        }
    }

    private static bool IsJson(string file) => Path.GetExtension(file).Equals(".json", StringComparison.OrdinalIgnoreCase);

    private static JsonObject WithCaption(string file, string text)
    {
        JsonObject map;
        try
        {
            map = StrictJson.Parse(Trimmed(File.ReadAllBytes(file))) as JsonObject
                ?? throw new WanLabException($"{file}: holds no object with a key caption, so no caption is written to it.");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{file}: is no JSON that a caption could be written to: {e.Message}", e);
        }
        map[CaptionFiles.KeyOf(map) ?? "caption"] = text;
        return map;
    }

    // The mark that some editors put in front of UTF-8.
    private static ReadOnlySpan<byte> Trimmed(byte[] bytes) => bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes.AsSpan(3) : bytes;
}
