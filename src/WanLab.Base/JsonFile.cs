using System.Text.Json;

namespace WanLab;

/// <summary>Reads JSON files of other programs.</summary>
internal static class JsonFile
{
    /// <summary>The result of <paramref name="read"/> for a file's value.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What the file should be, for the message.</param>
    /// <param name="read">Takes the value apart; it need not look out for values that are missing or of another kind.</param>
    /// <exception cref="WanLabException">The file cannot be read, or is not what it should be.</exception>
    public static T Read<T>(string path, string what, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException
            or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{path}: is not a readable {what}: {e.Message}", e);
        }
    }
}
