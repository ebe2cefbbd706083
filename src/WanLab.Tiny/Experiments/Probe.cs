using WanLab.Tiny.Scenes;

namespace WanLab.Tiny.Experiments;

/// <summary>A scene to sample: its first frame is the start image, and its real continuation is known.</summary>
/// <param name="Name">Short name for tables and file names.</param>
/// <param name="Scene">The scene.</param>
/// <param name="Prompt">The prompt to sample with.</param>
public sealed record Probe(string Name, SceneDescription Scene, string Prompt);
