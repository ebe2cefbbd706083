using WanLab.Datasets;
using WanLab.Media;
using WanLab.Review.Measures;
using WanLab.Tiny.Scenes;
using WanLab.Tiny.Scenes.Examples;

namespace WanLab.Tests.Review.Measures;

public sealed class CameraMotionFitTests
{
    private const int Side = 64;

    public static TheoryData<CameraMotion> Motions => [.. new SceneChoices().Cameras, CameraMotion.OrbitLeft, CameraMotion.OrbitRight];

    [Theory]
    [MemberData(nameof(Motions))]
    public void A_rendered_motion_is_recognised_and_its_rate_measured(CameraMotion motion)
    {
        var rate = motion.UsualRate();
        var estimate = CameraMotionFit.Of(Clip(motion, rate));

        Assert.Equal(motion, estimate.Kind());
        var measured = motion switch
        {
            CameraMotion.Static => 0,
            CameraMotion.PanLeft => -estimate.Pan,
            CameraMotion.PanRight => estimate.Pan,
            CameraMotion.TiltUp => estimate.Tilt,
            CameraMotion.TiltDown => -estimate.Tilt,
            CameraMotion.ZoomIn => estimate.Zoom,
            CameraMotion.ZoomOut => -estimate.Zoom,
            CameraMotion.DollyIn => estimate.Dolly,
            CameraMotion.DollyOut => -estimate.Dolly,
            CameraMotion.TruckRight => estimate.Truck * Math.PI / 180 * 4.2,
            CameraMotion.TruckLeft => -estimate.Truck * Math.PI / 180 * 4.2,
            CameraMotion.OrbitRight => estimate.OrbitRate,
            _ => -estimate.OrbitRate,
        };
        Assert.InRange(measured, 0.65 * rate, 1.35 * rate); // depth is only guessed
    }

    [Theory]
    [InlineData(CameraMotion.Static)]
    [InlineData(CameraMotion.PanRight)]
    [InlineData(CameraMotion.TruckRight)]
    public void What_is_no_orbit_has_no_orbit_rate(CameraMotion motion) =>
        Assert.InRange(Math.Abs(CameraMotionFit.Of(Clip(motion, motion.UsualRate())).OrbitRate), 0, 3);

    [Theory]
    [InlineData(ObjectMotion.Bounce)]
    [InlineData(ObjectMotion.SpinLeft)]
    [InlineData(ObjectMotion.SpinRight)]
    public void A_subject_that_moves_by_itself_is_not_taken_for_the_camera(ObjectMotion motion)
    {
        var scene = OrbitExample.Dataset.HeldOut[1].Scene with
        {
            Camera = CameraMotion.Static,
            Motion = motion,
            MotionRate = ScenePace.UsualRate(motion),
        };

        var estimate = CameraMotionFit.Of(Rendered(scene));

        Assert.True(estimate.Kind() == CameraMotion.Static, estimate.ToString());
    }

    [Fact]
    public void Twice_the_frames_a_second_are_twice_the_rate()
    {
        var clip = Clip(CameraMotion.PanRight, 9);

        Assert.Equal(2 * CameraMotionFit.Of(clip, 16).Pan, CameraMotionFit.Of(clip, 32).Pan, 1e-9);
    }

    [Fact]
    public void Too_little_to_measure_is_refused() =>
        Assert.Contains("2 frames",
            Assert.Throws<WanLabException>(() => CameraMotionFit.Of(new RgbClip(new byte[Side * Side * 3], Side, Side))).Message);

    private static RgbClip Clip(CameraMotion motion, double rate) =>
        Rendered(OrbitExample.Dataset.HeldOut[1].Scene with { Camera = motion, CameraRate = rate });

    private static RgbClip Rendered(SceneDescription scene) => new(SceneRenderer.Render(scene, Side, Side, 17), Side, Side);
}
