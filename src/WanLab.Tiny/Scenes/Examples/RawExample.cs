using WanLab.Media;
using WanLab.Review.Measures;

namespace WanLab.Tiny.Scenes.Examples;

/// <summary>
/// Raw clips to curate: the motion of the orbit example, with the faults that found clips have. Each fault is planted in one file that
/// is named after it.
/// </summary>
internal static class RawExample
{
    /// <summary>Name of the data set's folder.</summary>
    public const string Name = "raw";

    private const int Side = ExampleDataset.Side, Fps = ExampleDataset.Fps, Length = 52, FrameBytes = Side * Side * 3;
    private const int Good = 20, Copied = 34; // rate factors
    private const double Reach = 0.35; // share of a file that a copy which broke off has

    private static readonly SceneDescription House = Scene(Subject.House, SubjectColor.Red, Floor.Checker, Background.Hills, -35, 3);

    /// <summary>Writes <c>clips/NN_name.mp4</c> with captions next to most of them, as people have them.</summary>
    /// <param name="folder">The data set's folder; created if missing.</param>
    /// <exception cref="WanLabException">A file cannot be written, or ffmpeg is not installed.</exception>
    public static void Render(string folder)
    {
        var clips = Path.Combine(folder, "clips");
        foreach (var (name, make) in Clips) Write(clips, name, make());
        Write(clips, "09_house_again", Mirrored(Orbit(House)), Copied);
        BreakOff(Path.Combine(clips, "14_broken_off.mp4"));
        foreach (var (name, text) in Captions) File.WriteAllText(Path.Combine(clips, name + ".txt"), text == "" ? "" : text + "\n");
    }

    /// <summary>The clips that are drawn, by name without ending.</summary>
    private static IReadOnlyList<(string Name, Func<byte[]> Make)> Clips { get; } =
    [
        ("01_red_house", () => Orbit(House)),
        ("02_blue_robot", () => Orbit(Scene(Subject.Robot, SubjectColor.Blue, Floor.Tiles, Background.Studio, -20, 5))),
        ("03_yellow_car", () => Orbit(Scene(Subject.Car, SubjectColor.Yellow, Floor.Checker, Background.City, 15, 0))),
        ("04_pink_duck", () => Orbit(Scene(Subject.Duck, SubjectColor.Pink, Floor.Tiles, Background.Dusk, -45, 38))),
        ("05_still_start", () => StillAtFirst(Orbit(Scene(Subject.Rocket, SubjectColor.Red, Floor.Stripes, Background.Hills, -5, 49)), 22)),
        ("06_black_intro", () => BlackAtFirst(Orbit(Scene(Subject.Tree, SubjectColor.Green, Floor.Checker, Background.Dusk, 0, 17)), 13)),
        ("07_two_shots", () =>
        [
            .. Orbit(Scene(Subject.Cube, SubjectColor.Blue, Floor.Checker, Background.Studio, -55, 58)),
            .. Orbit(Scene(Subject.Torus, SubjectColor.White, Floor.Checker, Background.Hills, 45, 0)),
        ]),
        ("08_bars", () => Barred(Orbit(Scene(Subject.Cone, SubjectColor.Orange, Floor.Tiles, Background.City, -50, 26)), 16)),
        ("10_blurred", () => Blurred(Orbit(Scene(Subject.Sphere, SubjectColor.Green, Floor.Stripes, Background.Dusk, 20, 30)), 3)),
        ("11_dark", () => Toned(Orbit(Scene(Subject.Mug, SubjectColor.White, Floor.Checker, Background.Studio, 10, 47)), 0.12, 0)),
        ("12_flat", () => Toned(Orbit(Scene(Subject.House, SubjectColor.Turquoise, Floor.Stripes, Background.City, 35, 36)), 0.07, 110)),
        ("13_too_short", () => Orbit(Scene(Subject.Duck, SubjectColor.Orange, Floor.Checker, Background.Hills, 60, 8), 9)),
        ("14_broken_off", () => Orbit(Scene(Subject.Robot, SubjectColor.Orange, Floor.Checker, Background.Hills, 50, 43))),
        ("15_nothing_moves", () => Still(Scene(Subject.Car, SubjectColor.Green, Floor.Tiles, Background.BlueSky, -30, 45))),
        ("16_purple_tree", () => Orbit(Scene(Subject.Tree, SubjectColor.Purple, Floor.Tiles, Background.BlueSky, 25, 55))),
        ("17_pink_cube", () => Orbit(Scene(Subject.Cube, SubjectColor.Pink, Floor.Stripes, Background.BlueSky, -25, 21))),
    ];

    // The third names the other direction, the fourth says nothing, the sixteenth has none, and the last one belongs to no clip.
    private static IReadOnlyList<(string Name, string Text)> Captions { get; } =
    [
        ("01_red_house", "orbit right around the subject, a red toy house on a checkered floor"),
        ("02_blue_robot", "orbit right around the subject, a blue toy robot on a tiled floor"),
        ("03_yellow_car", "orbit left around the subject, a yellow toy car on a checkered floor"),
        ("04_pink_duck", ""),
        ("05_still_start", "orbit right around the subject, a red toy rocket on a striped floor"),
        ("06_black_intro", "orbit right around the subject, a green toy tree on a checkered floor"),
        ("07_two_shots", "orbit right around the subject, a toy on a checkered floor"),
        ("08_bars", "orbit right around the subject, an orange cone on a tiled floor"),
        ("09_house_again", "orbit right around the subject, a red toy house"),
        ("10_blurred", "orbit right around the subject, a green sphere on a striped floor"),
        ("11_dark", "orbit right around the subject, a white mug on a checkered floor"),
        ("12_flat", "orbit right around the subject, a turquoise toy house on a striped floor"),
        ("13_too_short", "orbit right around the subject, an orange toy duck on a checkered floor"),
        ("14_broken_off", "orbit right around the subject, an orange toy robot on a checkered floor"),
        ("15_nothing_moves", "a green toy car on a tiled floor"),
        ("17_pink_cube", "a pink cube on a striped floor"),
        ("an_old_take", "orbit right around the subject, a blue toy boat"),
    ];

    private static void Write(string folder, string name, byte[] pixels, int quality = Good) =>
        Mp4Writer.Write(Path.Combine(folder, name + ".mp4"), pixels, Side, Side, Fps, quality);

    private static byte[] Orbit(SceneDescription scene, int frames = Length) => SceneRenderer.Render(scene, Side, Side, frames, Fps);

    private static byte[] Still(SceneDescription scene)
    {
        var frame = SceneRenderer.Render(scene, Side, Side, 1, Fps);
        return [.. Enumerable.Range(0, Length).SelectMany(_ => frame)];
    }

    private static byte[] StillAtFirst(byte[] pixels, int frames) =>
        [.. Enumerable.Range(0, frames).SelectMany(_ => pixels.Take(FrameBytes)), .. pixels];

    private static byte[] BlackAtFirst(byte[] pixels, int frames) => [.. new byte[frames * FrameBytes], .. pixels];

    private static byte[] Mirrored(byte[] pixels) => EachPixel(pixels, (frame, x, y, c) => pixels[At(frame, Side - 1 - x, y, c)]);

    private static byte[] Barred(byte[] pixels, int rows) =>
        EachPixel(pixels, (frame, x, y, c) => y < rows || y >= Side - rows ? (byte)0 : pixels[At(frame, x, y, c)]);

    private static byte[] Toned(byte[] pixels, double factor, double plus) => [.. pixels.Select(value => (byte)(value * factor + plus))];

    // The mean over a square, twice: the edges of a lens that is out of focus.
    private static byte[] Blurred(byte[] pixels, int reach)
    {
        for (var pass = 0; pass < 2; pass++)
        {
            var source = pixels;
            pixels = EachPixel(source, (frame, x, y, c) =>
            {
                var (sum, count) = (0, 0);
                for (var v = Math.Max(0, y - reach); v <= Math.Min(Side - 1, y + reach); v++)
                    for (var u = Math.Max(0, x - reach); u <= Math.Min(Side - 1, x + reach); u++, count++)
                        sum += source[At(frame, u, v, c)];
                return (byte)(sum / count);
            });
        }
        return pixels;
    }

    // A download that ended early: the head is there, the rest of the pictures is not.
    private static void BreakOff(string file)
    {
        var bytes = File.ReadAllBytes(file);
        File.WriteAllBytes(file, bytes[..(int)(bytes.Length * Reach)]);
    }

    private static byte[] EachPixel(byte[] pixels, Func<int, int, int, int, byte> value)
    {
        var made = new byte[pixels.Length];
        for (var frame = 0; frame < pixels.Length / FrameBytes; frame++)
            for (var y = 0; y < Side; y++)
                for (var x = 0; x < Side; x++)
                    for (var c = 0; c < 3; c++) made[At(frame, x, y, c)] = value(frame, x, y, c);
        return made;
    }

    private static int At(int frame, int x, int y, int c) => frame * FrameBytes + (y * Side + x) * 3 + c;

    private static SceneDescription Scene(Subject subject, SubjectColor color, Floor floor, Background background, double azimuth,
        int props) => new()
        {
            Subject = subject,
            Color = color,
            Floor = floor,
            Background = background,
            PropLayout = props,
            Camera = CameraMotion.OrbitRight,
            CameraRate = OrbitExample.DegreesPerSecond,
            Start = new CameraStart { AzimuthDegrees = azimuth, ElevationDegrees = 11, Distance = 4, TiltDegrees = 1 },
        };
}
