using WanLab.Curation.Motion;

namespace WanLab.Curation.Tests.Motion;

public sealed class MotionMeterTests
{
    private const int Width = 192, Height = 108, Frames = 25;
    private const double Fps = 16;

    private static readonly LeafPicture Leaves = new(1), Others = new(2);

    public static TheoryData<CameraMove, double, double, double, double> Moves => new()
    {
        { CameraMove.PanRight, 0.12, 0, 0, 0 }, { CameraMove.PanLeft, -0.12, 0, 0, 0 }, { CameraMove.PanLeft, -0.02, 0, 0, 0 },
        { CameraMove.PanRight, 0.6, 0, 0, 0 }, { CameraMove.TiltDown, 0, 0.1, 0, 0 }, { CameraMove.TiltUp, 0, -0.1, 0, 0 },
        { CameraMove.ZoomIn, 0, 0, 0.1, 0 }, { CameraMove.ZoomOut, 0, 0, -0.1, 0 }, { CameraMove.ZoomIn, 0, 0, 0.4, 0 },
        { CameraMove.RollRight, 0, 0, 0, 0.15 }, { CameraMove.RollLeft, 0, 0, 0, -0.15 }, { CameraMove.Still, 0, 0, 0, 0 },
    };

    [Theory]
    [MemberData(nameof(Moves))]
    public void A_camera_is_named_with_its_speed(CameraMove move, double across, double down, double growth, double turn)
    {
        var motion = Measure(t => new View(across * 480 * t, down * 480 * t, Math.Exp(growth * t), turn * t));
        Assert.Equal(move, motion.Camera);
        Assert.True(motion.Confidence > 0.7, $"{motion.Confidence}");
        var speed = move switch
        {
            CameraMove.PanLeft or CameraMove.PanRight => Math.Abs(across),
            CameraMove.TiltUp or CameraMove.TiltDown => Math.Abs(down) * Width / Height,
            CameraMove.ZoomIn or CameraMove.ZoomOut => Math.Abs(growth),
            CameraMove.Still => 0,
            _ => Math.Abs(turn) * 180 / Math.PI,
        };
        Assert.InRange(motion.Speed, 0.93 * speed, 1.07 * speed);
    }

    [Theory]
    [InlineData(0.25, 40, 70)]
    [InlineData(-0.4, 60, 80)]
    [InlineData(0.3, 80, 70)]
    public void A_subject_that_slides_past_is_no_motion_of_the_camera(double speed, int width, int height)
    {
        var motion = Measure(_ => new View(0), Slider(speed, width, height));
        Assert.Equal(CameraMove.Still, motion.Camera);
        Assert.InRange(motion.Subject, 0.7 * Math.Abs(speed), 1.3 * Math.Abs(speed));
    }

    [Fact]
    public void A_pan_is_one_also_where_a_subject_moves_with_or_against_it()
    {
        foreach (var speed in (double[])[0.3, -0.3])
            Assert.Equal(CameraMove.PanRight, Measure(t => new View(0.12 * 480 * t), Slider(speed, 40, 70)).Camera);
    }

    [Fact]
    public void A_hand_that_trembles_is_a_shake_and_no_pan()
    {
        var random = new Random(4);
        var places = Enumerable.Range(0, Frames).Select(_ => (X: 12 * (random.NextDouble() - 0.5),
            Y: 12 * (random.NextDouble() - 0.5))).ToList();
        var motion = Measure(t => new View(places[(int)Math.Round(t * Fps)].X, places[(int)Math.Round(t * Fps)].Y));
        Assert.Equal(CameraMove.Shake, motion.Camera);
        Assert.Equal("handheld shake", motion.Phrase);
    }

    [Fact]
    public void Where_the_motion_starts_and_ends_is_found_also_in_noise()
    {
        foreach (var noise in (double[])[0, 5])
        {
            var motion = Measure(t => new View(60 * Math.Clamp(t, 0.5, 1.1)), noise: noise);
            Assert.InRange(motion.StartsAt, 0.37, 0.57);
            Assert.InRange(motion.EndsAt, 1.03, 1.26);
        }
    }

    [Fact]
    public void A_long_clip_that_sways_moves_from_its_beginning_to_its_end()
    {
        const double seconds = 60, rate = 12;
        var pixels = new byte[(int)(seconds * rate) * Width * Height];
        // One sway a second, of which twelve frames are all that there are.
        var sway = Grey.Of(new DrawnClip
        {
            Picture = Leaves, Width = Width, Height = Height, Fps = rate, Seconds = 1, Camera = t =>
                new View(20 * Math.Sin(2 * Math.PI * t)),
        }.Draw(), Width, Height, rate).Pixels;
        for (var at = 0; at < pixels.Length; at += sway.Length) sway.CopyTo(pixels, at);
        var motion = MotionMeter.Of(new GreyClip(pixels, Width, Height, [.. Enumerable.Range(0, (int)(seconds * rate)).Select(k =>
            k / rate)]), []);
        Assert.InRange(motion.StartsAt, 0, 1);
        Assert.InRange(motion.EndsAt, seconds - 1, seconds + 0.1);
        Assert.True(motion.Camera is not (CameraMove.PanLeft or CameraMove.PanRight) || motion.Confidence < MotionMeter.LeastConfidence);
    }

    [Fact]
    public void Noise_alone_does_not_move()
    {
        var motion = Measure(_ => new View(0), noise: 8);
        Assert.Equal(CameraMove.Still, motion.Camera);
        Assert.Equal((0, 0), (motion.StartsAt, motion.EndsAt));
        Assert.Equal("", motion.Phrase);
    }

    [Theory]
    [InlineData(0.03, "slow pan right")]
    [InlineData(0.15, "pan right")]
    [InlineData(0.5, "fast pan right")]
    public void The_phrase_says_the_pace(double speed, string phrase) =>
        Assert.Equal(phrase, Measure(t => new View(speed * 480 * t)).Phrase);

    [Fact]
    public void A_picture_without_texture_gives_no_answer()
    {
        var motion = MotionMeter.Of(new GreyClip(new byte[Width * Height * 4], Width, Height, [0, 0.1, 0.2, 0.3]), []);
        Assert.Equal(0, motion.Confidence);
        Assert.Equal("", motion.Phrase);
    }

    private static Action<byte[], double, int> Slider(double speed, int width, int height) => (frame, t, _) =>
    {
        var left = Width / 2 - width / 2 + (int)Math.Round(speed * Width * (t - 0.75));
        for (var y = Height - height; y < Height; y++)
            for (var x = Math.Max(0, left); x < Math.Min(Width, left + width); x++)
                for (var c = 0; c < 3; c++) frame[(y * Width + x) * 3 + c] = (byte)Others.At(300 + (x - left) * 2.5, 200 + y * 2.5, c);
    };

    private static ClipMotion Measure(Func<double, View> camera, Action<byte[], double, int>? change = null, double noise = 0)
    {
        var clip = new DrawnClip
        {
            Picture = Leaves, Width = Width, Height = Height, Fps = Fps, Seconds = Frames / Fps, Camera = camera, Change = change,
                Noise = noise,
        };
        return MotionMeter.Of(Grey.Of(clip.Draw(), Width, Height, Fps), []);
    }
}
