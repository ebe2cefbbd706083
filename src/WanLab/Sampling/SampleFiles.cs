using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using WanLab.Media;

namespace WanLab.Sampling;

/// <summary>A clip and, beside it, the record of how it was made.</summary>
public static class SampleFiles
{
    private static readonly JsonSerializerOptions Form = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // prompts stay readable
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Where a clip's record lies.</summary>
    public static string RecordOf(string clip) => Path.ChangeExtension(clip, ".json");

    /// <summary>Writes the clip, then its record: where there is a record, there is its clip, whole.</summary>
    /// <param name="clip">The .mp4 file; its folder is made where it is missing.</param>
    /// <param name="frames">RGB24 bytes [frames, height, width, 3].</param>
    /// <param name="record">How it was made.</param>
    /// <exception cref="WanLabException">The place can not be written, or ffmpeg fails.</exception>
    public static void Write(string clip, byte[] frames, SampleRecord record)
    {
        var file = RecordOf(clip);
        try
        {
            File.Delete(file);
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing there yet.
        }
        Mp4Writer.Write(clip, frames, record.Request.Video.Width, record.Request.Video.Height, record.Request.Video.Fps);
        AtomicFile.WriteText(file, Text(record));
    }

    /// <summary>The text of a record's file.</summary>
    internal static string Text(SampleRecord record) => JsonSerializer.Serialize(record, Form) + "\n";

    /// <summary>Reads a record.</summary>
    /// <param name="path">The .json file, or the clip it belongs to.</param>
    /// <exception cref="WanLabException">There is none, or it is not one.</exception>
    public static SampleRecord Read(string path)
    {
        var file = path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? path : RecordOf(path);
        try
        {
            return JsonSerializer.Deserialize<SampleRecord>(File.ReadAllBytes(file), Form) ?? throw new JsonException("it is empty");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{file}: is no readable record of a sampled clip: {e.Message}", e);
        }
    }
}
