using WanLab.Review.Measures;
using WanLab.Tiny.Scenes;

namespace WanLab.Tiny.Pretraining;

/// <summary>Which scenes the base model learns from: random ones without orbits, every eighth with a camera that stands still.</summary>
public static class PretrainingScenes
{
    private static readonly SceneChoices Still = new() { Cameras = [CameraMotion.Static] };

    /// <summary>The scene of a number; other seeds give other scenes.</summary>
    public static SceneDescription Scene(long seed, int number) =>
        SceneGenerator.Draw(unchecked((long)CounterRandom.Bits(seed, "scene", number)), number % 8 == 7 ? Still : null);

    /// <summary>Its caption.</summary>
    public static string Caption(long seed, int number) =>
        SceneCaption.Write(Scene(seed, number), unchecked((long)CounterRandom.Bits(seed, "caption", number)));
}
