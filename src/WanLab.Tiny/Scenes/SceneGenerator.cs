using WanLab.Review.Measures;

namespace WanLab.Tiny.Scenes;

/// <summary>The choices of <see cref="SceneGenerator"/>. Each list must have at least one entry.</summary>
internal sealed record SceneChoices
{
    /// <summary>Subjects to choose from: all but the frung, which only adapters learn.</summary>
    public IReadOnlyList<Subject> Subjects { get; init; } = [.. Enum.GetValues<Subject>().Where(s => s != Subject.Frung)];

    /// <summary>Colours to choose from.</summary>
    public IReadOnlyList<SubjectColor> Colors { get; init; } = Enum.GetValues<SubjectColor>();

    /// <summary>Backgrounds to choose from.</summary>
    public IReadOnlyList<Background> Backgrounds { get; init; } = Enum.GetValues<Background>();

    /// <summary>Floors to choose from.</summary>
    public IReadOnlyList<Floor> Floors { get; init; } = Enum.GetValues<Floor>();

    /// <summary>Camera motions to choose from: all but the orbits, which only adapters learn.</summary>
    public IReadOnlyList<CameraMotion> Cameras { get; init; } =
        [.. Enum.GetValues<CameraMotion>().Where(m => m is not (CameraMotion.OrbitLeft or CameraMotion.OrbitRight))];

    /// <summary>Object motions to choose from.</summary>
    public IReadOnlyList<ObjectMotion> Motions { get; init; } = Enum.GetValues<ObjectMotion>();

    /// <summary>Share of scenes whose subject stands still, 0..1, if <see cref="ObjectMotion.None"/> is among the motions.</summary>
    public double StillShare { get; init; } = 0.5;

    /// <summary>Length of the clips to be drawn; motions are centred on their middle so that the subject stays in the picture.</summary>
    public double Seconds { get; init; } = 1;
}

/// <summary>Draws random scenes.</summary>
internal static class SceneGenerator
{
    // The first frame, from which a video model starts, must show the subject, even if camera and subject both start to one side.
    private const double LargestTurnAway = 5;
    private const double LargestAside = 0.45;

    /// <summary>Draws the scene of a seed. The same seed and choices give the same scene.</summary>
    public static SceneDescription Draw(long seed, SceneChoices? choices = null)
    {
        choices ??= new SceneChoices();
        var dice = new Dice(seed);
        var camera = dice.Pick(choices.Cameras);
        var motion = dice.Next() < choices.StillShare && choices.Motions.Contains(ObjectMotion.None)
            ? ObjectMotion.None
            : dice.Pick(choices.Motions);
        var cameraRate = Rate(dice, camera.UsualRate());
        var motionRate = Rate(dice, ScenePace.UsualRate(motion));
        var half = choices.Seconds / 2;
        return new SceneDescription
        {
            Subject = dice.Pick(choices.Subjects),
            Color = dice.Pick(choices.Colors),
            Background = dice.Pick(choices.Backgrounds),
            Floor = dice.Pick(choices.Floors),
            Camera = camera,
            CameraRate = cameraRate,
            Motion = motion,
            MotionRate = motionRate,
            SlideStart = Back(motion, ObjectMotion.SlideRight, ObjectMotion.SlideLeft, motionRate * half, LargestAside),
            PropLayout = dice.Next() < 0.8 ? 1 + (int)(dice.Next() * 1000) : 0,
            Start = Start(dice, camera, cameraRate * half),
        };
    }

    private static double Rate(Dice dice, double usual)
    {
        var (middle, halfWidth) = ScenePace.Band(dice.Pick<Pace>([Pace.Slow, Pace.Normal, Pace.Fast]));
        return usual * dice.Between(middle - halfWidth, middle + halfWidth);
    }

    private static CameraStart Start(Dice dice, CameraMotion camera, double halfWay)
    {
        var distance = dice.Between(3.9, 4.6);
        var view = dice.Between(30, 35);
        return new CameraStart
        {
            AzimuthDegrees = dice.Between(-75, 75),
            ElevationDegrees = dice.Between(6, 15),
            Distance = distance * Math.Exp(Back(camera, CameraMotion.DollyOut, CameraMotion.DollyIn, halfWay, 0.35)),
            FieldOfViewDegrees = view * Math.Exp(Back(camera, CameraMotion.ZoomOut, CameraMotion.ZoomIn, halfWay, 0.35)),
            PanDegrees = Back(camera, CameraMotion.PanRight, CameraMotion.PanLeft, halfWay, LargestTurnAway)
                + dice.Between(-1.5, 1.5),
            TiltDegrees = Back(camera, CameraMotion.TiltUp, CameraMotion.TiltDown, halfWay, LargestTurnAway)
                + dice.Between(0, 2),
            SidewaysOffset = Back(camera, CameraMotion.TruckRight, CameraMotion.TruckLeft, halfWay, LargestAside),
        };
    }

    /// <summary>The start of a motion that is half done at the middle of the clip, within a limit.</summary>
    private static double Back<T>(T motion, T plus, T minus, double halfWay, double limit) where T : struct, Enum
    {
        var start = Math.Min(halfWay, limit);
        return motion.Equals(plus) ? -start : motion.Equals(minus) ? start : 0;
    }
}
