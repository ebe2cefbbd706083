using System.Text.Json;
using System.Text.Json.Serialization;

namespace WanLab.Tiny.Experiments;

/// <summary>
/// The folder where experiments keep runs, sampled clips and measurements. Experiments that need the same training share it.
/// </summary>
/// <param name="path">Path of the folder.</param>
internal sealed class ExperimentFolder(string path)
{
    private static readonly JsonSerializerOptions Json = new(SnakeJson.Line)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, // equal pictures have an infinite signal-to-noise ratio
    };

    /// <summary>Full path of the folder.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>The parent folder of the run folders.</summary>
    public string Runs => In("runs");

    /// <summary>The file of a start image.</summary>
    public string Image(Probe probe) => In("images", $"{probe.Name}.png");

    /// <summary>The file of a sampled clip.</summary>
    public string Clip(SampleKey key) =>
        In("clips", key.Variant, $"{key.Seed}", $"{key.Step:D5}", $"{key.Probe}_{key.Frames}_{key.Noise}.mp4");

    /// <summary>The file of a figure.</summary>
    public string Figure(string name) => In($"{name}.svg");

    /// <summary>An earlier measurement of a clip; null if there is none.</summary>
    internal SampleRow? Measured(SampleKey key) =>
        File.Exists(RowOf(key)) ? JsonSerializer.Deserialize<SampleRow>(File.ReadAllText(RowOf(key)), Json) : null;

    /// <summary>Stores the measurement of a clip.</summary>
    internal void Keep(SampleKey key, SampleRow row) => AtomicFile.WriteText(RowOf(key), JsonSerializer.Serialize(row, Json) + "\n");

    private string RowOf(SampleKey key) => System.IO.Path.ChangeExtension(Clip(key), ".measured.json");

    private string In(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);
}

/// <summary>The identity of a clip: its training, step, subject and noise.</summary>
internal sealed record SampleKey(string Variant, int Seed, int Step, string Probe, int Frames, int Noise);
