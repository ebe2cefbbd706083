using WanLab.Review.Measures;

namespace WanLab.Tiny.Scenes;

/// <summary>The three speeds that captions distinguish.</summary>
internal enum Pace
{
    /// <summary>A pace well below the usual one.</summary>
    Slow,

    /// <summary>The usual speed; captions do not mention it.</summary>
    Normal,

    /// <summary>A pace well above the usual one.</summary>
    Fast,
}

/// <summary>The rates that count as slow, normal and fast for each motion.</summary>
internal static class ScenePace
{
    private const double SlowBelow = 0.75;
    private const double FastAbove = 1.3;

    /// <summary>The usual rate of an object motion, in its own unit; 0 for a subject that stands still.</summary>
    public static double UsualRate(ObjectMotion motion) => motion switch
    {
        ObjectMotion.None => 0,
        ObjectMotion.SlideLeft or ObjectMotion.SlideRight => 0.6,
        ObjectMotion.Bounce => 1.4,
        ObjectMotion.SpinLeft or ObjectMotion.SpinRight => 75,
        _ => throw new ArgumentOutOfRangeException(nameof(motion)),
    };

    /// <summary>The pace of the scene's camera; <see cref="Pace.Normal"/> for a static one.</summary>
    public static Pace OfCamera(SceneDescription scene) => Of(scene.CameraRate, scene.Camera.UsualRate());

    /// <summary>The pace of the scene's subject; <see cref="Pace.Normal"/> for one that stands still.</summary>
    public static Pace OfMotion(SceneDescription scene) => Of(scene.MotionRate, UsualRate(scene.Motion));

    /// <summary>The middle and the half width of a pace's range, as factors of the usual rate.</summary>
    internal static (double Middle, double HalfWidth) Band(Pace pace) => pace switch
    {
        Pace.Slow => (0.5, 0.1),
        Pace.Normal => (1, 0.12),
        _ => (1.7, 0.2),
    };

    private static Pace Of(double rate, double usual) =>
        usual == 0 ? Pace.Normal : rate < SlowBelow * usual ? Pace.Slow : rate > FastAbove * usual ? Pace.Fast : Pace.Normal;
}
