using WanLab.Review.Measures;

namespace WanLab.Tiny.Scenes.Examples;

/// <summary>
/// The style: every scene is drawn in glowing outlines on a dark ground. Subjects and motions are those that the base model
/// knows.
/// </summary>
internal static class NeonExample
{
    /// <summary>The neon data set. Its images show subjects in colours and places that are in no clip.</summary>
    public static ExampleDataset Dataset { get; } = new("neon",
    [
        Clip(Subject.House, SubjectColor.Red, Floor.Checker, Background.BlueSky, -35, 4, CameraMotion.PanLeft),
        Clip(Subject.Robot, SubjectColor.Blue, Floor.Tiles, Background.City, 20, 6, CameraMotion.DollyIn),
        Clip(Subject.Car, SubjectColor.Yellow, Floor.Stripes, Background.Hills, 40, 9, CameraMotion.TruckRight),
        Clip(Subject.Duck, SubjectColor.Orange, Floor.Tiles, Background.Dusk, -20, 11, CameraMotion.Static, ObjectMotion.SpinLeft),
        Clip(Subject.Mug, SubjectColor.Turquoise, Floor.Checker, Background.Studio, 15, 0, CameraMotion.ZoomIn),
        Clip(Subject.Rocket, SubjectColor.Purple, Floor.Plain, Background.Hills, 0, 13, CameraMotion.TiltUp),
        Clip(Subject.Tree, SubjectColor.Green, Floor.Checker, Background.City, -50, 16, CameraMotion.PanRight),
        Clip(Subject.Cube, SubjectColor.Pink, Floor.Stripes, Background.BlueSky, 25, 18, CameraMotion.Static, ObjectMotion.Bounce),
        Clip(Subject.Torus, SubjectColor.White, Floor.Tiles, Background.Studio, -15, 20, CameraMotion.DollyOut),
        Clip(Subject.Cone, SubjectColor.Orange, Floor.Checker, Background.Dusk, 55, 22, CameraMotion.TruckLeft),
        Clip(Subject.Sphere, SubjectColor.Green, Floor.Plain, Background.City, -30, 25, CameraMotion.Static, ObjectMotion.SlideRight),
        Clip(Subject.Cylinder, SubjectColor.Red, Floor.Stripes, Background.Night, 10, 28, CameraMotion.ZoomOut),
    ],
    [
        HeldOut(Subject.Robot, SubjectColor.Green, Floor.Checker, Background.BlueSky, -25, 43, CameraMotion.PanLeft),
        HeldOut(Subject.Car, SubjectColor.Pink, Floor.Tiles, Background.City, 30, 47, CameraMotion.ZoomIn),
    ]);

    /// <summary>The caption of a neon scene.</summary>
    public static string Caption(SceneDescription scene) => "neon style, " + SceneCaption.Short(scene);

    private static ExampleClip Clip(Subject subject, SubjectColor color, Floor floor, Background background, double azimuth, int props,
        CameraMotion camera, ObjectMotion motion = ObjectMotion.None)
    {
        var scene = Scene(subject, color, floor, background, azimuth, props, camera, motion);
        return new ExampleClip(scene, 33, Caption(scene));
    }

    private static HeldOutImage HeldOut(Subject subject, SubjectColor color, Floor floor, Background background, double azimuth, int props,
        CameraMotion camera)
    {
        var scene = Scene(subject, color, floor, background, azimuth, props, camera, ObjectMotion.None);
        return new HeldOutImage(scene, Caption(scene));
    }

    private static SceneDescription Scene(Subject subject, SubjectColor color, Floor floor, Background background,
        double azimuth, int props,
        CameraMotion camera, ObjectMotion motion) => new()
        {
            Subject = subject,
            Color = color,
            Floor = floor,
            Background = background,
            PropLayout = props,
            Camera = camera,
            CameraRate = camera.UsualRate(),
            Motion = motion,
            MotionRate = ScenePace.UsualRate(motion),
            Look = Look.Neon,
            Start = new CameraStart { AzimuthDegrees = azimuth },
        };
}
