using WanLab.Curation.Motion;
using WanLab.Review.Measures;
using WanLab.Tiny.Scenes;

namespace WanLab.Curation.Tests.Motion;

/// <summary>Scenes of solids under a sky, with a known camera: near and far, subjects that stand or spin.</summary>
public sealed class RenderedMotionTests
{
    private const int Width = 128, Height = 72, Frames = 17;

    private static readonly Dictionary<CameraMotion, CameraMove> Expected = new()
    {
        [CameraMotion.Static] = CameraMove.Still,
        [CameraMotion.PanLeft] = CameraMove.PanLeft,
        [CameraMotion.PanRight] = CameraMove.PanRight,
        [CameraMotion.TiltUp] = CameraMove.TiltUp,
        [CameraMotion.TiltDown] = CameraMove.TiltDown,
        [CameraMotion.DollyIn] = CameraMove.ZoomIn,
        [CameraMotion.DollyOut] = CameraMove.ZoomOut,
        [CameraMotion.TruckLeft] = CameraMove.PanLeft,
        [CameraMotion.TruckRight] = CameraMove.PanRight,
        [CameraMotion.ZoomIn] = CameraMove.ZoomIn,
        [CameraMotion.ZoomOut] = CameraMove.ZoomOut,
        [CameraMotion.OrbitLeft] = CameraMove.OrbitLeft,
        [CameraMotion.OrbitRight] = CameraMove.OrbitRight,
    };

    [Fact]
    public void Nineteen_of_twenty_cameras_are_named_right_and_none_the_wrong_way_round()
    {
        var (right, all, wrong) = Count([ObjectMotion.None], 3);
        Assert.True(right >= 0.95 * all, $"{right} of {all}; {string.Join(", ", wrong)}");
    }

    [Fact]
    public void With_subjects_that_slide_across_nine_of_ten_are()
    {
        var (right, all, wrong) = Count([ObjectMotion.SlideLeft, ObjectMotion.SlideRight], 2);
        Assert.True(right >= 0.9 * all, $"{right} of {all}; {string.Join(", ", wrong)}");
    }

    private static (int Right, int All, List<string> Wrong) Count(IReadOnlyList<ObjectMotion> motions, int each)
    {
        var (right, all, wrong) = (0, 0, new List<string>());
        foreach (var (camera, move) in Expected)
            for (var k = 0; k < each; k++)
            {
                var scene = SceneGenerator.Draw(500 + 31 * k + (int)camera * 77, new SceneChoices
                {
                    Cameras = [camera],
                    Motions = motions,
                    StillShare = 0,
                    Floors = [Floor.Checker, Floor.Tiles], // a plain floor shows no motion
                    Seconds = Frames / 16.0,
                });
                var found = MotionMeter.Of(Grey.Of(SceneRenderer.Render(scene, Width, Height, Frames), Width, Height, 16), []).Camera;
                all++;
                if (found == move) right++;
                else wrong.Add($"{camera} with {scene.Motion}: {found}");
                Assert.NotEqual(Opposite(move), found);
            }
        return (right, all, wrong);
    }

    private static CameraMove? Opposite(CameraMove move) => move switch
    {
        CameraMove.Still or CameraMove.Shake => null,
        _ => ((int)move - 1) % 2 == 0 ? move + 1 : move - 1,
    };
}
