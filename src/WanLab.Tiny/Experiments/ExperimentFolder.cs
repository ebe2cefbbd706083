using System.Text.Json;
using System.Text.Json.Serialization;

namespace WanLab.Tiny.Experiments;

/// <summary>
/// Where experiments keep runs, sampled clips and what was measured on them. Experiments that need the same training share it.
/// </summary>
/// <param name="path">The folder.</param>
public sealed class ExperimentFolder(string path)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, // equal pictures are infinitely alike
    };

    /// <summary>Where it is.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>Parent of the run folders.</summary>
    public string Runs => In("runs");

    /// <summary>A start image.</summary>
    public string Image(Probe probe) => In("images", $"{probe.Name}.png");

    /// <summary>A sampled clip.</summary>
    public string Clip(SampleKey key) =>
        In("clips", key.Variant, $"{key.Seed}", $"{key.Step:D5}", $"{key.Probe}_{key.Frames}_{key.Noise}.mp4");

    /// <summary>A figure.</summary>
    public string Figure(string name) => In($"{name}.svg");

    /// <summary>What was measured before, if it was.</summary>
    internal SampleRow? Measured(SampleKey key) =>
        File.Exists(RowOf(key)) ? JsonSerializer.Deserialize<SampleRow>(File.ReadAllText(RowOf(key)), Json) : null;

    /// <summary>Keeps what was measured.</summary>
    internal void Keep(SampleKey key, SampleRow row) => AtomicFile.WriteText(RowOf(key), JsonSerializer.Serialize(row, Json) + "\n");

    private string RowOf(SampleKey key) => System.IO.Path.ChangeExtension(Clip(key), ".measured.json");

    private string In(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);
}

/// <summary>Which clip: of which training, at which step, of what, from which noise.</summary>
public sealed record SampleKey(string Variant, int Seed, int Step, string Probe, int Frames, int Noise);
