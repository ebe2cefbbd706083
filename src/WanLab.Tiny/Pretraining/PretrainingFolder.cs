using System.Text.Json;

namespace WanLab.Tiny.Pretraining;

/// <summary>The folder of a pretraining: rendered clips, states, latents, metrics and the finished model.</summary>
/// <param name="path">Where it is.</param>
public sealed class PretrainingFolder(string path)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    /// <summary>Where it is.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>The finished model, in diffusers form.</summary>
    public string Model => In("model");

    /// <summary>One line a step.</summary>
    public string Metrics => In("metrics.jsonl");

    /// <summary>The options it was started with.</summary>
    public string OptionsFile => In("options.json");

    /// <summary>Latents and conditions of all clips.</summary>
    internal string Latents => In("latents.safetensors");

    /// <summary>Rendered clips, a file for each <see cref="ClipStore.PerFile"/> of them.</summary>
    internal string Clips(int file) => In("clips", $"{file:0000}.safetensors");

    /// <summary>What a phase needs to go on.</summary>
    internal string State(string phase) => In("state", $"{phase}.safetensors");

    /// <summary>Reads options as <see cref="OptionsFile"/> holds them.</summary>
    /// <exception cref="WanLabException">The file is missing or is no such file.</exception>
    public static PretrainingOptions ReadOptions(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<PretrainingOptions>(File.ReadAllText(file), Json)
                ?? throw new WanLabException($"{file}: is empty.");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{file}: can not be read as the options of a pretraining (options.json in its folder): {e.Message}",
                e);
        }
    }

    /// <summary>Begins or goes on.</summary>
    /// <exception cref="WanLabException">The folder holds a pretraining with other options.</exception>
    internal void Enter(PretrainingOptions options)
    {
        var text = JsonSerializer.Serialize(options, Json) + "\n";
        if (File.Exists(OptionsFile) && File.ReadAllText(OptionsFile) != text)
            throw new WanLabException(
                $"{Path}: holds a pretraining with other options (see options.json). Give another folder, or the same options.");
        AtomicFile.WriteText(OptionsFile, text);
    }

    private string In(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);
}
