using WanLab.Review.Measures;
using WanLab.Tiny.Scenes;

namespace WanLab.Tiny.Pretraining;

/// <summary>The scenes that the base model learns from: random ones without orbits, every eighth with a static camera.</summary>
internal static class PretrainingScenes
{
    private static readonly SceneChoices Still = new() { Cameras = [CameraMotion.Static] };

    /// <summary>The scene with a number; other seeds give other scenes.</summary>
    public static SceneDescription Scene(long seed, int number) =>
        SceneGenerator.Draw(unchecked((long)CounterRandom.Bits(seed, "scene", number)), number % 8 == 7 ? Still : null);

    /// <summary>The caption of the scene with a number.</summary>
    public static string Caption(long seed, int number) =>
        SceneCaption.Write(Scene(seed, number), unchecked((long)CounterRandom.Bits(seed, "caption", number)));
}
