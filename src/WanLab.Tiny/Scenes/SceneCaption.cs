using WanLab.Review.Measures;

namespace WanLab.Tiny.Scenes;

/// <summary>A caption in plain English for a scene, from a small grammar.</summary>
internal static class SceneCaption
{
    /// <summary>Writes a caption that names subject, colour, floor and all motion, and in most cases the background.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="seed">The seed that chooses the wording.</param>
    public static string Write(SceneDescription scene, long seed)
    {
        var dice = new Dice(seed ^ 0x5CA1AB1E);
        var wording = dice.Next();
        var place = dice.Next() < 0.75 ? $"{Place(scene)} {Backdrop(scene.Background)}" : Place(scene);
        var acts = Act(scene);
        var subject = acts.Length == 0 ? $"{Name(scene)} {place}" : $"{Name(scene)} {acts} {place}";
        var camera = Camera(scene, dice);
        if (camera.Length == 0) return subject;
        return wording < 0.75 ? $"{subject}, {camera}" : $"{camera}, {subject}";
    }

    /// <summary>
    /// The subject, its floor and all motion, always in the same words: "a red ball bouncing on a plain floor, the camera pans left".
    /// </summary>
    public static string Short(SceneDescription scene)
    {
        var act = Act(scene);
        var subject = act.Length == 0 ? SubjectOnFloor(scene) : $"{Name(scene)} {act} {Place(scene)}";
        return scene.Camera == CameraMotion.Static ? subject : $"{subject}, {Moving(scene)}";
    }

    /// <summary>The subject on its floor: "a red toy house on a checkered floor".</summary>
    public static string SubjectOnFloor(SceneDescription scene) => $"{Name(scene)} {Place(scene)}";

    private static string Name(SceneDescription scene)
    {
        if (scene.Subject == Subject.Frung) return "frung"; // a name needs no article
        var color = scene.Color.ToString().ToLowerInvariant();
        return $"{(scene.Color == SubjectColor.Orange ? "an" : "a")} {color} {Noun(scene.Subject)}";
    }

    private static string Noun(Subject subject) => subject switch
    {
        Subject.Sphere => "ball",
        Subject.Torus => "ring",
        Subject.House or Subject.Tree or Subject.Robot or Subject.Car or Subject.Rocket or Subject.Duck =>
            "toy " + subject.ToString().ToLowerInvariant(),
        _ => subject.ToString().ToLowerInvariant(),
    };

    private static string Place(SceneDescription scene) => scene.Floor switch
    {
        Floor.Checker => "on a checkered floor",
        Floor.Plain => "on a plain floor",
        Floor.Tiles => "on a tiled floor",
        _ => "on a striped floor",
    };

    private static string Backdrop(Background background) => background switch
    {
        Background.BlueSky => "under a blue sky",
        Background.Dusk => "at dusk",
        Background.Studio => "in a grey studio",
        Background.Night => "at night",
        Background.Hills => "in front of green hills",
        _ => "in front of a city",
    };

    private static string Act(SceneDescription scene)
    {
        var act = scene.Motion switch
        {
            ObjectMotion.None => "",
            ObjectMotion.SlideLeft => "sliding left",
            ObjectMotion.SlideRight => "sliding right",
            ObjectMotion.Bounce => "bouncing",
            ObjectMotion.SpinLeft => "spinning left",
            _ => "spinning right",
        };
        return act.Length == 0 ? "" : act + Adverb(ScenePace.OfMotion(scene));
    }

    private static string Camera(SceneDescription scene, Dice dice)
    {
        var still = dice.Pick<string>(["the camera does not move", "static camera", ""]);
        return scene.Camera == CameraMotion.Static ? still : Moving(scene);
    }

    private static string Moving(SceneDescription scene)
    {
        var does = scene.Camera switch
        {
            CameraMotion.PanLeft => "pans left",
            CameraMotion.PanRight => "pans right",
            CameraMotion.TiltUp => "tilts up",
            CameraMotion.TiltDown => "tilts down",
            CameraMotion.DollyIn => "dollies in",
            CameraMotion.DollyOut => "dollies out",
            CameraMotion.TruckLeft => "trucks left",
            CameraMotion.TruckRight => "trucks right",
            CameraMotion.ZoomIn => "zooms in",
            CameraMotion.ZoomOut => "zooms out",
            CameraMotion.OrbitLeft => "orbits left",
            _ => "orbits right",
        };
        return $"the camera {does}{Adverb(ScenePace.OfCamera(scene))}";
    }

    private static string Adverb(Pace pace) => pace switch
    {
        Pace.Slow => " slowly",
        Pace.Fast => " quickly",
        _ => "",
    };
}
