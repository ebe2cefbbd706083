using WanLab.Yaml;

namespace WanLab.Training;

/// <summary>
/// Settings that the job of a run lacks because the version that wrote it did not have the key. It behaved in one way, in which a resumed
/// run continues.
/// </summary>
internal static partial class EarlierSettings
{
    /// <summary>The settings that a run's job lacks, as overrides.</summary>
    /// <param name="yaml">Text of the run's job.</param>
    /// <param name="file">Its name.</param>
    public static IEnumerable<string> Of(string yaml, string file) =>
        Missing(JobSettings.Of(YamlText.Parse(yaml, new YamlSource(file, "", HasLines: true))))
            .Select(missing => $"{missing.Key}={missing.Value}");

    /// <summary>The keys that are missing among a job's settings, with the values that the earlier version stood for.</summary>
    public static IReadOnlyList<(string Key, string Value)> Missing(IReadOnlyDictionary<string, string> settings)
    {
        var missing = new List<(string, string)>();
        foreach (var match in settings.Keys.Select(key => Path().Match(key)).Where(match => match.Success))
        {
            var set = match.Groups[1].Value;
            if (settings.ContainsKey($"{set}.native_windows")) continue;
            // Version 0.1.0 drew from four windows where it cached them, and from all where it did not.
            var isCached = settings.GetValueOrDefault($"{set}.cache_latents") != "false";
            var isNative = settings.GetValueOrDefault($"{set}.frame_sampling") == "native";
            missing.Add(($"{set}.native_windows", isNative && isCached ? "4" : "0"));
        }
        return missing;
    }

    [GeneratedRegex(@"\A(datasets\.\d+)\.path\z")]
    private static partial Regex Path();
}
