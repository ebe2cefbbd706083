using WanLab.Curation.Scanning;

namespace WanLab.Curation.Tests.Scanning;

/// <summary>Sixty encoded clips, two of five with a fault that is known: made once for all tests of the class that uses it.</summary>
public sealed class PlantedClips : IDisposable
{
    private static readonly string[][] Codecs =
    [
        ["-c:v", "libx264", "-preset", "veryfast", "-crf", "20"],
        ["-c:v", "libx265", "-preset", "ultrafast", "-crf", "24", "-x265-params", "log-level=error"],
        ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "900k"],
        ["-c:v", "libx264", "-preset", "veryfast", "-crf", "30"],
    ];

    private readonly TempFolder _folder = new();
    private readonly List<LeafPicture> _pictures = [.. Enumerable.Range(0, 6).Select(seed => new LeafPicture(100 + seed))];
    private int _count;

    public PlantedClips()
    {
        var random = new Random(3);
        // Clean ones: every way to move, codec, noise and rate.
        for (var k = 0; k < 23; k++) Add("clean", Moving(random, k));
        for (var k = 0; k < 4; k++) Add("cut", Cut(random, k), FindingKind.Cut);
        for (var k = 0; k < 3; k++) Add("black", Moving(random, k, change: Black(0, 0.5 + 0.2 * k)), FindingKind.Black);
        Add("black-end", Moving(random, 3, change: Black(1.4, 9)), FindingKind.Black);
        for (var k = 0; k < 3; k++) Add("still-head", Resting(random, k, 0.8 + 0.3 * k, 9), FindingKind.StillHead);
        for (var k = 0; k < 2; k++) Add("still-tail", Resting(random, k + 1, 0, 1.2), FindingKind.StillTail);
        for (var k = 0; k < 2; k++) Add("frozen", Frozen(random, k), FindingKind.Frozen);
        for (var k = 0; k < 2; k++) Add("no-motion", Resting(random, k, 9, 9, noise: 2 * k), FindingKind.NoMotion);
        Add("letterbox", Moving(random, 0, change: Bars(0, 22, [16, 16, 16])), FindingKind.Bars);
        Add("pillarbox", Moving(random, 1, change: Bars(40, 0, [16, 16, 16])), FindingKind.Bars);
        Add("white-bars", Moving(random, 2, change: Bars(0, 16, [240, 240, 240])), FindingKind.Bars);
        Add("both-bars", Moving(random, 6, change: Bars(20, 12, [0, 0, 0])), FindingKind.Bars);
        for (var k = 0; k < 2; k++) Add("blurred", Blurred(random, k), FindingKind.Blurred);
        for (var k = 0; k < 2; k++) Add("dark", Moving(random, k, change: Light(0.12 + 0.03 * k, 0)), FindingKind.Dark);
        Add("bright", Moving(random, 2, change: Light(0.1, 231)), FindingKind.Bright);
        Add("flat", Moving(random, 3, change: Light(0.06, 110)), FindingKind.Flat);
        for (var k = 0; k < 2; k++) Add("flicker", Moving(random, k, change: Flickering(4 + 4 * k)), FindingKind.Flicker);
        for (var k = 0; k < 3; k++) Add("overlay", Moving(random, k, change: Sign(k)), FindingKind.Overlay);
        foreach (var (name, options) in Copies) Copy(name, options);
        Scan = FolderScan.Of(Folder, new ScanRequest(), CancellationToken.None);
    }

    /// <summary>The scan of the folder.</summary>
    public FolderScan Scan { get; }

    /// <summary>Folder of the clips.</summary>
    public string Folder => _folder.Path;

    /// <summary>The fault planted in each file; null in clean ones.</summary>
    public Dictionary<string, FindingKind?> Planted { get; } = [];

    /// <summary>The file that each copy was made of.</summary>
    public Dictionary<string, string> Originals { get; } = [];

    public void Dispose() => _folder.Dispose();

    private static (string Name, string[] Options)[] Copies =>
    [
        ("copy-bitrate", ["-c:v", "libx264", "-crf", "36"]),
        ("copy-small", ["-vf", "scale=160:-2", "-c:v", "libx264", "-crf", "22"]),
        ("copy-trimmed", ["-ss", "0.4", "-t", "1.3", "-c:v", "libx264", "-crf", "20"]),
        ("copy-mirrored", ["-vf", "hflip", "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error"]),
        ("copy-all", ["-ss", "0.25", "-t", "1.5", "-vf", "hflip,scale=240:-2,fps=16", "-c:v", "libx264", "-crf", "30"]),
    ];

    private void Add(string name, DrawnClip clip, FindingKind? kind = null)
    {
        var codec = Codecs[_count % Codecs.Length];
        var file = $"{_count++:00}-{name}{(codec[1] == "libvpx-vp9" ? ".webm" : ".mp4")}";
        clip.Encode(Path.Combine(Folder, file), codec);
        Planted[file] = kind;
    }

    private void Copy(string name, string[] options)
    {
        var original = Planted.Keys.First(file => file.StartsWith($"{Originals.Count:00}-", StringComparison.Ordinal));
        var file = $"{_count++:00}-{name}.mp4";
        using var process = System.Diagnostics.Process.Start("ffmpeg",
            ["-v", "error", "-y", "-i", Path.Combine(Folder, original), .. options, Path.Combine(Folder, file)]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        Planted[file] = FindingKind.Duplicate;
        Originals[file] = original;
    }

    private DrawnClip Moving(Random random, int k, Action<byte[], double, int>? change = null)
    {
        var (x, y, speed) = (random.Next(-150, 150), random.Next(-80, 80), 0.7 + random.NextDouble());
        return new DrawnClip
        {
            Picture = _pictures[random.Next(_pictures.Count)],
            Fps = (k % 3) switch { 0 => 16, 1 => 20, _ => 12 },
            Noise = k % 4 == 3 ? 4 : k % 4 == 1 ? 1 : 0,
            Camera = t => Way(k % 8, t - 1, speed, x, y),
            Change = change,
        };
    }

    private static View Way(int kind, double t, double speed, double x, double y) => kind switch
    {
        0 => new View(x + 60 * speed * t, y),
        1 => new View(x - 60 * speed * t, y),
        2 => new View(x, y + 35 * speed * t),
        3 => new View(x, y - 35 * speed * t),
        4 => new View(x, y, Math.Exp(0.12 * speed * t)),
        5 => new View(x, y, Math.Exp(-0.12 * speed * t)),
        6 => new View(x, y, 1, 0.15 * speed * t),
        _ => new View(x + 40 * speed * t, y + 20 * speed * t, Math.Exp(0.06 * t)),
    };

    private DrawnClip Cut(Random random, int k)
    {
        var (before, after) = (Moving(random, k), Moving(random, k + 2));
        var at = 0.6 + 0.25 * k;
        var other = _pictures[(k + 3) % _pictures.Count];
        var first = _pictures[k % _pictures.Count];
        // One picture at the left of the other would be a pan; two clips in one file are a cut.
        return new DrawnClip
        {
            Picture = first,
            Camera = before.Camera,
            Change = (frame, t, _) =>
            {
                if (t < at) return;
                new DrawnClip { Picture = other, Camera = _ => after.Camera(t), Fps = 1, Seconds = 1 }.Draw().CopyTo(frame, 0);
            },
        };
    }

    private DrawnClip Resting(Random random, int k, double from, double to, double noise = 1)
    {
        var moving = Moving(random, k);
        return new DrawnClip
        {
            Picture = moving.Picture,
            Noise = noise,
            Camera = t => moving.Camera(Math.Clamp(t, from, to)),
        };
    }

    private DrawnClip Frozen(Random random, int k)
    {
        var moving = Moving(random, k);
        return new DrawnClip { Picture = moving.Picture, Seconds = 2.5, Camera = t => moving.Camera(t < 0.7 ? t : t < 1.5 ? 0.7
            : t - 0.8) };
    }

    private DrawnClip Blurred(Random random, int k)
    {
        var moving = Moving(random, k);
        return new DrawnClip
        {
            Picture = moving.Picture,
            Camera = moving.Camera,
            Change = (frame, _, _) => Blur(frame, 320, 180, 3 + k),
        };
    }

    private static Action<byte[], double, int> Black(double from, double to) => (frame, t, _) =>
    {
        if (t >= from && t < to) Array.Fill<byte>(frame, 0);
    };

    private static Action<byte[], double, int> Light(double factor, double plus) => (frame, _, _) =>
    {
        for (var i = 0; i < frame.Length; i++) frame[i] = (byte)Math.Clamp(frame[i] * factor + plus, 0, 255);
    };

    private static Action<byte[], double, int> Flickering(double size) => (frame, _, k) =>
    {
        for (var i = 0; i < frame.Length; i++) frame[i] = (byte)Math.Clamp(frame[i] + (k % 2 == 0 ? size : -size), 0, 255);
    };

    private static Action<byte[], double, int> Bars(int sides, int ends, byte[] colour) => (frame, _, _) =>
    {
        for (var y = 0; y < 180; y++)
            for (var x = 0; x < 320; x++)
                if (x < sides || x >= 320 - sides || y < ends || y >= 180 - ends) colour.CopyTo(frame, (y * 320 + x) * 3);
    };

    // A few white strokes, as of letters, some of them translucent.
    private static Action<byte[], double, int> Sign(int kind) => (frame, _, _) =>
    {
        var (left, top) = kind switch { 0 => (240, 150), 1 => (20, 14), _ => (130, 150) };
        var strength = kind == 2 ? 0.6 : 1;
        for (var letter = 0; letter < 5; letter++)
            for (var y = 0; y < 14; y++)
                for (var x = 0; x < 8; x++)
                {
                    if (x > 1 && x < 6 && y > 1 && y < 12 && y != 6 + letter % 2) continue;
                    var i = ((top + y) * 320 + left + letter * 12 + x) * 3;
                    for (var c = 0; c < 3; c++) frame[i + c] = (byte)(frame[i + c] * (1 - strength) + 255 * strength);
                }
    };

    private static void Blur(byte[] frame, int width, int height, int reach)
    {
        for (var pass = 0; pass < 2; pass++)
            foreach (var (step, length, lines, jump) in (ReadOnlySpan<(int, int, int, int)>)[(3, width, height, width * 3),
                (width * 3, height, width, 3)])
                for (var line = 0; line < lines; line++)
                    for (var c = 0; c < 3; c++)
                    {
                        var values = Enumerable.Range(0, length).Select(k => (int)frame[line * jump + k * step + c]).ToArray();
                        for (var k = 0; k < length; k++)
                        {
                            var (from, to) = (Math.Max(0, k - reach), Math.Min(length - 1, k + reach));
                            var sum = 0;
                            for (var j = from; j <= to; j++) sum += values[j];
                            frame[line * jump + k * step + c] = (byte)(sum / (to - from + 1));
                        }
                    }
    }
}
