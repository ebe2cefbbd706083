using System.Text.Json;

namespace WanLab.Tiny.Pretraining;

/// <summary>The folder of a pretraining: rendered clips, states, latents, metrics and the finished model.</summary>
/// <param name="path">Path of the folder.</param>
internal sealed class PretrainingFolder(string path)
{
    /// <summary>Full path of the folder.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>The finished model, in diffusers form.</summary>
    public string Model => In("model");

    /// <summary>The metrics file, with one line per step.</summary>
    public string Metrics => In("metrics.jsonl");

    /// <summary>The file of the options that the pretraining was started with.</summary>
    public string OptionsFile => In("options.json");

    /// <summary>The file of latents and conditions of all clips.</summary>
    internal string Latents => In("latents.safetensors");

    /// <summary>A file of rendered clips, each holding <see cref="ClipStore.PerFile"/> of them.</summary>
    internal string Clips(int file) => In("clips", $"{file:0000}.safetensors");

    /// <summary>The file of the state from which a phase continues.</summary>
    internal string State(string phase) => In("state", $"{phase}.safetensors");

    /// <summary>Reads options from a file such as <see cref="OptionsFile"/>.</summary>
    /// <exception cref="WanLabException">The file is missing or holds no options.</exception>
    public static PretrainingOptions ReadOptions(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<PretrainingOptions>(File.ReadAllText(file), SnakeJson.Indented)
                ?? throw new WanLabException($"{file}: is empty.");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{file}: cannot be read as the options of a pretraining (options.json in its folder): {e.Message}",
                e);
        }
    }

    /// <summary>Starts the pretraining in this folder, or continues it.</summary>
    /// <exception cref="WanLabException">The folder holds a pretraining with other options.</exception>
    internal void Enter(PretrainingOptions options)
    {
        var text = JsonSerializer.Serialize(options, SnakeJson.Indented) + "\n";
        if (File.Exists(OptionsFile) && File.ReadAllText(OptionsFile) != text)
            throw new WanLabException(
                $"{Path}: holds a pretraining with other options (see options.json). Give another folder, or the same options.");
        AtomicFile.WriteText(OptionsFile, text);
    }

    private string In(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);
}
