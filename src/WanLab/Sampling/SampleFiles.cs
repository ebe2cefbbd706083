using System.Text.Json.Serialization;
using WanLab.Media;

namespace WanLab.Sampling;

/// <summary>Writes and reads sampled clips and, next to each, the record of how it was made.</summary>
internal static class SampleFiles
{
    private static readonly JsonSerializerOptions Form = new(SnakeJson.Indented)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Path of a clip's record.</summary>
    public static string RecordOf(string clip) => Path.ChangeExtension(clip, ".json");

    /// <summary>Writes the clip, then its record, so that a record's clip is always there and complete.</summary>
    /// <param name="clip">The .mp4 file; a missing folder is created.</param>
    /// <param name="frames">RGB24 bytes [frames, height, width, 3].</param>
    /// <param name="record">Record of how the clip was made.</param>
    /// <exception cref="WanLabException">The files cannot be written, or ffmpeg fails.</exception>
    public static void Write(string clip, byte[] frames, SampleRecord record)
    {
        var file = RecordOf(clip);
        try
        {
            File.Delete(file);
        }
        catch (DirectoryNotFoundException)
        {
            // There is no file to delete yet.
        }
        Mp4Writer.Write(clip, frames, record.Request.Video.Width, record.Request.Video.Height, record.Request.Video.Fps);
        AtomicFile.WriteText(file, Text(record));
    }

    /// <summary>The text of a record's file.</summary>
    internal static string Text(SampleRecord record) => JsonSerializer.Serialize(record, Form) + "\n";

    /// <summary>Reads a record.</summary>
    /// <param name="path">The .json file, or the clip it belongs to.</param>
    /// <exception cref="WanLabException">The file is missing, or is not a record.</exception>
    public static SampleRecord Read(string path)
    {
        var file = path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? path : RecordOf(path);
        try
        {
            return JsonSerializer.Deserialize<SampleRecord>(File.ReadAllBytes(file), Form) ?? throw new JsonException("it is empty");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{file}: is not a readable record of a sampled clip: {e.Message}", e);
        }
    }
}
