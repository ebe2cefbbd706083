namespace WanLab.Adapters;

/// <summary>Facts that a LoRA's metadata states about the model that it was trained for.</summary>
internal static partial class LoraOrigin
{
    // Keys of musubi-tuner, kohya and modelspec that name a model or a file, in the order in which they are believed.
    private static readonly string[] Names =
        ["ss_base_model_version", "modelspec.architecture", "base_model", "ss_task", "ss_sd_model_name", "ss_dit", "ss_output_name",
            "modelspec.title", "name"];

    private static readonly string[] Models = [.. Names[..6]];

    /// <summary>The expert that the metadata states, with the entry that states it; null where none does.</summary>
    public static (Expert Expert, string Where)? Stated(IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.TryGetValue("expert", out var text))
        {
            if (text.StartsWith("high", StringComparison.OrdinalIgnoreCase)) return (Expert.High, $"expert: {text}");
            if (text.StartsWith("low", StringComparison.OrdinalIgnoreCase)) return (Expert.Low, $"expert: {text}");
        }
        if (Number("ss_min_timestep") is not { } from || Number("ss_max_timestep") is not { } to || from >= to) return null;
        var where = $"ss_min_timestep: {from}, ss_max_timestep: {to}";
        // Experts meet at 875 or 900 of 1000; a range on both sides says nothing.
        if (from >= 800) return (Expert.High, where);
        return to <= 950 ? (Expert.Low, where) : null;

        double? Number(string key) =>
            double.TryParse(metadata.GetValueOrDefault(key), CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>The expert that the metadata's names suggest, where nothing states it.</summary>
    public static Expert? Suggested(IReadOnlyDictionary<string, string> metadata) =>
        Names.Select(metadata.GetValueOrDefault).Where(name => name is not null).Select(name => LoraPair.ExpertOf(name!))
            .FirstOrDefault(expert => expert is not null);

    /// <summary>The entry that names a text-to-video model; null where none does.</summary>
    public static string? TextToVideo(IReadOnlyDictionary<string, string> metadata) => Models
        .Where(key => metadata.TryGetValue(key, out var value) && ForText().IsMatch(value) && !ForImage().IsMatch(value))
        .Select(key => $"{key}: {metadata[key]}")
        .FirstOrDefault();

    [GeneratedRegex("t2v|text.?to.?video", RegexOptions.IgnoreCase)]
    private static partial Regex ForText();

    [GeneratedRegex("i2v|image.?to.?video", RegexOptions.IgnoreCase)]
    private static partial Regex ForImage();
}
