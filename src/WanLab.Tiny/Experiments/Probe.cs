using WanLab.Tiny.Scenes;

namespace WanLab.Tiny.Experiments;

/// <summary>A scene to sample: its first frame is the start image, and how it really goes on is known.</summary>
/// <param name="Name">Short, for tables and file names.</param>
/// <param name="Scene">The scene.</param>
/// <param name="Prompt">What is asked for.</param>
public sealed record Probe(string Name, SceneDescription Scene, string Prompt);
