using WanLab.Review.Measures;
using WanLab.Tiny.Scenes;

namespace WanLab.Tiny.Tests.Scenes;

public class SceneMotionTests
{
    private const int Side = 64;
    private const int Frames = 9;

    private static readonly SceneDescription Still = new()
    {
        Subject = Subject.Sphere,
        Color = SubjectColor.Red,
        Background = Background.City,
        Floor = Floor.Checker,
        PropLayout = 3,
        Start = new CameraStart { AzimuthDegrees = 0 },
    };

    private static bool Red((int R, int G, int B) p) => p.R > 60 && p.G * 3 < p.R * 1.2 && p.B * 3 < p.R * 1.2;

    private static bool Yellow((int R, int G, int B) p) => p.R > 90 && p.G > 0.6 * p.R && p.B < 0.45 * p.R;

    [Theory]
    [InlineData(CameraMotion.PanLeft, 1, 0)]
    [InlineData(CameraMotion.PanRight, -1, 0)]
    [InlineData(CameraMotion.TiltUp, 0, 1)]
    [InlineData(CameraMotion.TiltDown, 0, -1)]
    public void The_whole_picture_moves_against_a_turning_camera(CameraMotion motion, int right, int down)
    {
        var clip = Shoot(Still with { Camera = motion, CameraRate = 8 });

        var (x, y) = At(clip, 0).MoveTo(At(clip, 8), 10, 0, Side);

        // 4 degrees of a field of 32 are an eighth of 64 pixels.
        Assert.InRange(x, 8 * right - 1, 8 * right + 1);
        Assert.InRange(y, 8 * down - 1, 8 * down + 1);
    }

    [Theory]
    [InlineData(CameraMotion.TruckLeft, 1)]
    [InlineData(CameraMotion.TruckRight, -1)]
    public void Driving_sideways_moves_the_near_subject_but_not_the_far_city(CameraMotion motion, int right)
    {
        var clip = Shoot(Still with { Camera = motion, CameraRate = 0.8 });

        var subject = At(clip, 8).Find(Red).X - At(clip, 0).Find(Red).X;
        var city = At(clip, 0).MoveTo(At(clip, 8), 8, 0, 10).X;

        Assert.InRange(subject * right, 8, 14);
        Assert.Equal(0, city);
    }

    [Theory]
    [InlineData(CameraMotion.DollyIn, true)]
    [InlineData(CameraMotion.ZoomIn, true)]
    [InlineData(CameraMotion.DollyOut, false)]
    [InlineData(CameraMotion.ZoomOut, false)]
    public void Dolly_and_zoom_scale_the_subject(CameraMotion motion, bool grows)
    {
        var clip = Shoot(Still with { Camera = motion, CameraRate = 0.3 });

        var ratio = (double)At(clip, 8).Find(Red).Count / At(clip, 0).Find(Red).Count;

        // exp(0.15) each way; the nearer view of a ball grows a little faster.
        Assert.InRange(grows ? ratio : 1 / ratio, 1.25, 1.6);
    }

    [Fact]
    public void Only_a_dolly_changes_the_subject_relative_to_the_background()
    {
        var zoom = CameraPath.At(Still with { Camera = CameraMotion.ZoomIn, CameraRate = 0.3 }, 1);
        var dolly = CameraPath.At(Still with { Camera = CameraMotion.DollyIn, CameraRate = 0.3 }, 1);
        var still = CameraPath.At(Still, 1);

        Assert.Equal(still.Position, zoom.Position);
        Assert.True(zoom.HalfWidth < still.HalfWidth);
        Assert.Equal(still.HalfWidth, dolly.HalfWidth);
        Assert.True((dolly.Position - CameraPath.Aim).Length() < (still.Position - CameraPath.Aim).Length());
    }

    [Theory]
    [InlineData(CameraMotion.OrbitRight, 1)]
    [InlineData(CameraMotion.OrbitLeft, -1)]
    public void An_orbit_keeps_the_subject_centred_while_the_city_goes_by(CameraMotion motion, int right)
    {
        var clip = SceneRenderer.Render(Still with { Camera = motion, CameraRate = 32 }, Side, Side, 33);

        // 2 degrees of a field of 32 are a sixteenth of 64 pixels.
        var city = At(clip, 0).MoveTo(At(clip, 1), 7, 0, 10).X;
        Assert.InRange(city * right, 3, 5);
        for (var i = 0; i < 33; i++)
        {
            var (_, x, y) = At(clip, i).Find(Red);
            Assert.InRange(x, Side / 2 - 3, Side / 2 + 3);
            Assert.InRange(y, Side / 2 - 4, Side / 2 + 4);
        }
        // The nose starts in the middle; the side that the camera moves to comes into view from there.
        Assert.True((Nose(clip, 12) - Nose(clip, 0)) * right < -4);
    }

    [Theory]
    [InlineData(ObjectMotion.SlideRight, 1)]
    [InlineData(ObjectMotion.SlideLeft, -1)]
    public void A_sliding_subject_moves_and_the_background_stays(ObjectMotion motion, int right)
    {
        var clip = Shoot(Still with { Motion = motion, MotionRate = 0.7, Start = Still.Start with { AzimuthDegrees = 40 } });

        Assert.InRange((At(clip, 8).Find(Red).X - At(clip, 0).Find(Red).X) * right, 7, 13);
        Assert.Equal((0, 0), At(clip, 0).MoveTo(At(clip, 8), 4, 0, 10));
    }

    [Fact]
    public void A_bouncing_subject_rises_and_lands_where_it_was()
    {
        var clip = SceneRenderer.Render(Still with { Motion = ObjectMotion.Bounce, MotionRate = 1 }, Side, Side, 17);

        Assert.True(At(clip, 0).Find(Red).Y - At(clip, 8).Find(Red).Y > 10);
        Assert.Equal(clip[..(Side * Side * 3)], clip[^(Side * Side * 3)..]);
    }

    [Theory]
    [InlineData(ObjectMotion.SpinRight, 1)]
    [InlineData(ObjectMotion.SpinLeft, -1)]
    public void A_spinning_subject_turns_its_near_side(ObjectMotion motion, int right)
    {
        var clip = Shoot(Still with { Motion = motion, MotionRate = 75 });

        Assert.True((Nose(clip, 8) - Nose(clip, 0)) * right > 4);
    }

    [Fact]
    public void A_still_scene_repeats_its_first_frame()
    {
        var clip = SceneRenderer.Render(Still, Side, Side, 2);

        Assert.Equal(clip[..(Side * Side * 3)], clip[(Side * Side * 3)..]);
    }

    // The stripe has the nose's colour and runs all around, so the nose's own rows are looked at: above the stripe.
    private static double Nose(byte[] clip, int frame)
    {
        double sum = 0;
        var count = 0;
        for (var y = 26; y < 34; y++)
            for (var x = 0; x < Side; x++)
                if (Yellow(At(clip, frame)[x, y]))
                {
                    sum += x;
                    count++;
                }
        Assert.True(count > 0, "The nose is not to be seen.");
        return sum / count;
    }

    private static byte[] Shoot(SceneDescription scene) => SceneRenderer.Render(scene, Side, Side, Frames);

    private static Picture At(byte[] clip, int frame) => new(clip, Side, Side, frame);
}
