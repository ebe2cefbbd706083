using System.Globalization;
using WanLab.Media;

namespace WanLab.Scenes;

/// <summary>Makes the example data sets that come with WanLab.</summary>
public static class ExampleDatasets
{
    /// <summary>Side of the square clips and images in pixels.</summary>
    public const int OrbitSide = 128;

    /// <summary>Frames a second of the clips.</summary>
    public const int OrbitFps = 16;

    /// <summary>How fast the camera circles the subject, to its own right, in every clip.</summary>
    public const double OrbitDegreesPerSecond = 60;

    /// <summary>The clips of the orbit set with their lengths in frames; 97 frames are one full circle.</summary>
    public static IReadOnlyList<(SceneDescription Scene, int Frames)> OrbitClips { get; } =
    [
        (Orbit(Subject.House, SubjectColor.Red, Floor.Checker, Background.BlueSky, -40, 3), 97),
        (Orbit(Subject.Robot, SubjectColor.Blue, Floor.Tiles, Background.Studio, -20, 5), 65),
        (Orbit(Subject.Car, SubjectColor.Yellow, Floor.Checker, Background.City, 15, 0), 81),
        (Orbit(Subject.Duck, SubjectColor.Orange, Floor.Stripes, Background.Hills, 60, 8), 57),
        (Orbit(Subject.Mug, SubjectColor.Turquoise, Floor.Plain, Background.Studio, -60, 12), 49),
        (Orbit(Subject.Rocket, SubjectColor.Purple, Floor.Tiles, Background.Night, 30, 14), 65),
        (Orbit(Subject.Tree, SubjectColor.Green, Floor.Checker, Background.Dusk, 0, 17), 73),
        (Orbit(Subject.Cube, SubjectColor.Pink, Floor.Stripes, Background.BlueSky, -25, 21), 57),
        (Orbit(Subject.Torus, SubjectColor.White, Floor.Checker, Background.Hills, 45, 0), 49),
        (Orbit(Subject.Cone, SubjectColor.Orange, Floor.Tiles, Background.City, -50, 26), 65),
        (Orbit(Subject.Sphere, SubjectColor.Green, Floor.Stripes, Background.Dusk, 20, 30), 57),
        (Orbit(Subject.Cylinder, SubjectColor.Red, Floor.Plain, Background.BlueSky, -10, 33), 81),
    ];

    /// <summary>Start images for previews: a known subject in a colour and a place that no clip shows it in.</summary>
    public static IReadOnlyList<SceneDescription> OrbitHeldOut { get; } =
    [
        Orbit(Subject.House, SubjectColor.Yellow, Floor.Tiles, Background.Hills, -15, 41),
        Orbit(Subject.Duck, SubjectColor.Blue, Floor.Checker, Background.BlueSky, 30, 52),
    ];

    /// <summary>
    /// Writes the orbit set: <c>clips/NN_subject.mp4</c> with captions beside them and <c>images/held_out_N.png</c>.
    /// Files of the same names are replaced; the same ffmpeg writes the same bytes each time.
    /// </summary>
    /// <param name="folder">The data set's folder; made when missing.</param>
    /// <exception cref="WanLabException">A file can not be written, or ffmpeg is not installed.</exception>
    public static void RenderOrbit(string folder)
    {
        for (var i = 0; i < OrbitClips.Count; i++) RenderClip(folder, i);
        for (var i = 0; i < OrbitHeldOut.Count; i++)
            WriteStill(Path.Combine(folder, "images", $"held_out_{i + 1}.png"), OrbitHeldOut[i]);
    }

    /// <summary>The caption of an orbit scene; previews of the same motion are prompted in the same words.</summary>
    public static string OrbitCaption(SceneDescription scene) =>
        "orbit 360 around the subject, " + SceneCaption.SubjectOnFloor(scene);

    /// <summary>Where in the data set's folder a clip lies, without the ending.</summary>
    internal static string OrbitClipPath(string folder, int index)
    {
        var scene = OrbitClips[index].Scene;
        var name = string.Create(CultureInfo.InvariantCulture, $"{index + 1:00}_{scene.Color}_{scene.Subject}");
        return Path.Combine(folder, "clips", name.ToLowerInvariant());
    }

    /// <summary>Writes one clip and its caption.</summary>
    internal static void RenderClip(string folder, int index)
    {
        var (scene, frames) = OrbitClips[index];
        var clip = OrbitClipPath(folder, index);
        var pixels = SceneRenderer.Render(scene, OrbitSide, OrbitSide, frames, OrbitFps);
        Mp4Writer.Write(clip + ".mp4", pixels, OrbitSide, OrbitSide, OrbitFps, quality: 20);
        File.WriteAllText(clip + ".txt", OrbitCaption(scene) + "\n");
    }

    private static void WriteStill(string path, SceneDescription scene) =>
        Mp4Writer.Pipe(path, SceneRenderer.Render(scene, OrbitSide, OrbitSide, 1), OrbitSide, OrbitSide, OrbitFps,
            ["-fflags", "+bitexact", "-c:v", "png", "-f", "image2pipe"]);

    private static SceneDescription Orbit(
        Subject subject, SubjectColor color, Floor floor, Background background, double azimuth, int props) => new()
        {
            Subject = subject,
            Color = color,
            Floor = floor,
            Background = background,
            PropLayout = props,
            Camera = CameraMotion.OrbitRight,
            CameraRate = OrbitDegreesPerSecond,
            Start = new CameraStart { AzimuthDegrees = azimuth, ElevationDegrees = 11, Distance = 4, TiltDegrees = 1 },
        };
}
