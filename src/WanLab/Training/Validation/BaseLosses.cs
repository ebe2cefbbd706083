using WanLab.Content;

namespace WanLab.Training.Validation;

/// <summary>
/// The base model's losses, measured once per run and kept in one of its files; a file made from other inputs counts as missing.
/// </summary>
internal static class BaseLosses
{
    private sealed record Content(string Key, double[][] Losses);

    public static double[][] Get(string file, CacheKey key, Func<double[][]> measure)
    {
        if (Read(file) is { } known && known.Key == key.Hash && known.Losses is { } kept && !kept.Contains(null!)) return kept;
        if (Directory.Exists(file)) DamagedFile.SetAside(file);
        var losses = measure();
        AtomicFile.WriteText(file, JsonSerializer.Serialize(new Content(key.Hash, losses)));
        return losses;
    }

    private static Content? Read(string file)
    {
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize<Content>(File.ReadAllText(file)) : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
