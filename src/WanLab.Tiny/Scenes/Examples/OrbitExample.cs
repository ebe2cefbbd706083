using WanLab.Review.Measures;

namespace WanLab.Tiny.Scenes.Examples;

/// <summary>The motion: the camera circles the subject to its own right. Subject, colour and place differ from clip to clip.</summary>
internal static class OrbitExample
{
    /// <summary>The speed at which the camera circles the subject in every clip.</summary>
    public const double DegreesPerSecond = 15;

    /// <summary>The orbit data set. Its images show a known subject in a colour and a place that are in no clip.</summary>
    public static ExampleDataset Dataset { get; } = new("orbit",
    [
        Clip(Subject.House, SubjectColor.Red, Floor.Checker, Background.BlueSky, -40, 3, 97),
        Clip(Subject.Robot, SubjectColor.Blue, Floor.Tiles, Background.Studio, -20, 5, 65),
        Clip(Subject.Car, SubjectColor.Yellow, Floor.Checker, Background.City, 15, 0, 81),
        Clip(Subject.Duck, SubjectColor.Orange, Floor.Stripes, Background.Hills, 60, 8, 57),
        Clip(Subject.Mug, SubjectColor.Turquoise, Floor.Plain, Background.Studio, -60, 12, 49),
        Clip(Subject.Rocket, SubjectColor.Purple, Floor.Tiles, Background.Night, 30, 14, 65),
        Clip(Subject.Tree, SubjectColor.Green, Floor.Checker, Background.Dusk, 0, 17, 73),
        Clip(Subject.Cube, SubjectColor.Pink, Floor.Stripes, Background.BlueSky, -25, 21, 57),
        Clip(Subject.Torus, SubjectColor.White, Floor.Checker, Background.Hills, 45, 0, 49),
        Clip(Subject.Cone, SubjectColor.Orange, Floor.Tiles, Background.City, -50, 26, 65),
        Clip(Subject.Sphere, SubjectColor.Green, Floor.Stripes, Background.Dusk, 20, 30, 57),
        Clip(Subject.Cylinder, SubjectColor.Red, Floor.Plain, Background.BlueSky, -10, 33, 81),
        Clip(Subject.House, SubjectColor.Turquoise, Floor.Stripes, Background.City, 35, 36, 65),
        Clip(Subject.Duck, SubjectColor.Pink, Floor.Tiles, Background.Dusk, -45, 38, 65),
        Clip(Subject.Robot, SubjectColor.Orange, Floor.Checker, Background.Hills, 50, 43, 65),
        Clip(Subject.Car, SubjectColor.Green, Floor.Tiles, Background.BlueSky, -30, 45, 65),
        Clip(Subject.Mug, SubjectColor.White, Floor.Checker, Background.Night, 10, 47, 65),
        Clip(Subject.Rocket, SubjectColor.Red, Floor.Stripes, Background.Hills, -5, 49, 65),
        Clip(Subject.Tree, SubjectColor.Purple, Floor.Tiles, Background.BlueSky, 25, 55, 65),
        Clip(Subject.Cube, SubjectColor.Blue, Floor.Checker, Background.Studio, -55, 58, 65),
    ],
    [
        HeldOut(Subject.Car, SubjectColor.Purple, Floor.Checker, Background.Hills, -15, 41),
        HeldOut(Subject.Duck, SubjectColor.Blue, Floor.Checker, Background.BlueSky, 30, 52),
    ]);

    /// <summary>The caption of an orbit scene; previews of the same motion are prompted in the same words.</summary>
    public static string Caption(SceneDescription scene) => "orbit 360 around the subject, " + SceneCaption.SubjectOnFloor(scene);

    private static ExampleClip Clip(Subject subject, SubjectColor color, Floor floor, Background background, double azimuth,
        int props, int frames)
    {
        var scene = Scene(subject, color, floor, background, azimuth, props);
        return new ExampleClip(scene, frames, Caption(scene));
    }

    private static HeldOutImage HeldOut(Subject subject, SubjectColor color, Floor floor, Background background, double azimuth, int props)
    {
        var scene = Scene(subject, color, floor, background, azimuth, props);
        return new HeldOutImage(scene, Caption(scene));
    }

    private static SceneDescription Scene(Subject subject, SubjectColor color, Floor floor, Background background, double azimuth,
        int props) => new()
        {
            Subject = subject,
            Color = color,
            Floor = floor,
            Background = background,
            PropLayout = props,
            Camera = CameraMotion.OrbitRight,
            CameraRate = DegreesPerSecond,
            Start = new CameraStart { AzimuthDegrees = azimuth, ElevationDegrees = 11, Distance = 4, TiltDegrees = 1 },
        };
}
