using WanLab.Review.Measures;

namespace WanLab.Tiny.Scenes.Examples;

/// <summary>The character: the frung, always the same, in many places and motions. Its name is the trigger word.</summary>
internal static class FrungExample
{
    /// <summary>The frung's data set. Its images show the frung in places that are in no clip.</summary>
    public static ExampleDataset Dataset { get; } = new("frung",
    [
        Clip(Floor.Checker, Background.BlueSky, -35, 2, CameraMotion.Static, ObjectMotion.SpinLeft),
        Clip(Floor.Tiles, Background.Studio, 20, 0, CameraMotion.Static, ObjectMotion.SpinRight),
        Clip(Floor.Stripes, Background.Hills, 50, 7, CameraMotion.PanLeft),
        Clip(Floor.Plain, Background.Dusk, -10, 10, CameraMotion.Static, ObjectMotion.Bounce),
        Clip(Floor.Checker, Background.Studio, 0, 0, CameraMotion.DollyIn),
        Clip(Floor.Tiles, Background.BlueSky, 70, 15, CameraMotion.Static, ObjectMotion.SpinLeft),
        Clip(Floor.Plain, Background.City, -60, 19, CameraMotion.PanRight),
        Clip(Floor.Stripes, Background.Night, 30, 23, CameraMotion.Static, ObjectMotion.SpinRight),
        Clip(Floor.Plain, Background.Hills, 10, 27, CameraMotion.ZoomIn),
        Clip(Floor.Tiles, Background.City, -20, 29, CameraMotion.Static, ObjectMotion.SlideLeft),
        Clip(Floor.Stripes, Background.Dusk, 45, 31, CameraMotion.TruckRight),
        Clip(Floor.Checker, Background.City, -75, 34, CameraMotion.Static, ObjectMotion.SpinLeft),
    ],
    [
        HeldOut(Floor.Checker, Background.Hills, -25, 44, ObjectMotion.SpinLeft),
        HeldOut(Floor.Tiles, Background.Dusk, 35, 48, ObjectMotion.SpinRight),
    ]);

    private static ExampleClip Clip(Floor floor, Background background, double azimuth, int props, CameraMotion camera,
        ObjectMotion motion = ObjectMotion.None)
    {
        var scene = Scene(floor, background, azimuth, props, camera, motion);
        return new ExampleClip(scene, 33, SceneCaption.Short(scene));
    }

    private static HeldOutImage HeldOut(Floor floor, Background background, double azimuth, int props, ObjectMotion motion)
    {
        var scene = Scene(floor, background, azimuth, props, CameraMotion.Static, motion);
        return new HeldOutImage(scene, SceneCaption.Short(scene));
    }

    private static SceneDescription Scene(Floor floor, Background background, double azimuth, int props, CameraMotion camera,
        ObjectMotion motion) => new()
        {
            Subject = Subject.Frung,
            Color = SubjectColor.Green, // it has colours of its own
            Floor = floor,
            Background = background,
            PropLayout = props,
            Camera = camera,
            CameraRate = camera.UsualRate(),
            Motion = motion,
            MotionRate = ScenePace.UsualRate(motion),
            Start = new CameraStart { AzimuthDegrees = azimuth },
        };
}
