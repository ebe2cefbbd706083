using WanLab.Models;
using WanLab.Review.Measures;
using WanLab.Tiny.Scenes;

namespace WanLab.Tiny.Tests.Scenes;

public class SceneCaptionTests
{
    private static readonly SceneDescription Scene = new()
    {
        Subject = Subject.House,
        Color = SubjectColor.Orange,
        Background = Background.Hills,
        Floor = Floor.Checker,
        Camera = CameraMotion.PanLeft,
        CameraRate = 0.5 * CameraMotion.PanLeft.UsualRate(),
        Motion = ObjectMotion.SpinRight,
        MotionRate = 1.7 * ScenePace.UsualRate(ObjectMotion.SpinRight),
    };

    [Fact]
    public void A_scene_has_exactly_these_captions()
    {
        var captions = Enumerable.Range(0, 60).Select(seed => SceneCaption.Write(Scene, seed)).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(
        [
            "an orange toy house spinning right quickly on a checkered floor in front of green hills, the camera pans left slowly",
            "an orange toy house spinning right quickly on a checkered floor, the camera pans left slowly",
            "the camera pans left slowly, an orange toy house spinning right quickly on a checkered floor",
            "the camera pans left slowly, an orange toy house spinning right quickly on a checkered floor in front of green hills",
        ], captions);
    }

    [Fact]
    public void Captions_name_what_the_scene_holds()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var scene = SceneGenerator.Draw(seed);
            var words = SceneCaption.Write(scene, seed).Replace(",", "").Split(' ');

            Assert.Contains(scene.Color.ToString().ToLowerInvariant(), words);
            Assert.Contains(Word(scene.Subject), words);
            Assert.Contains(scene.Floor switch
            {
                Floor.Checker => "checkered",
                Floor.Plain => "plain",
                Floor.Tiles => "tiled",
                _ => "striped"
            }, words);
            Assert.Equal(scene.Camera is CameraMotion.PanLeft or CameraMotion.PanRight, words.Contains("pans"));
            Assert.Equal(scene.Camera is CameraMotion.ZoomIn or CameraMotion.ZoomOut, words.Contains("zooms"));
            Assert.Equal(scene.Motion is ObjectMotion.Bounce, words.Contains("bouncing"));
            var slow = (ScenePace.OfCamera(scene) == Pace.Slow ? 1 : 0) + (ScenePace.OfMotion(scene) == Pace.Slow ? 1 : 0);
            Assert.Equal(slow, words.Count(w => w == "slowly"));
        }
    }

    [Fact]
    public void Every_camera_and_object_motion_has_words_of_its_own()
    {
        var fast = Scene with { Motion = ObjectMotion.None, CameraRate = 1e6 };
        var cameras = Enum.GetValues<CameraMotion>().Select(m => SceneCaption.Write(fast with { Camera = m }, 1)).ToArray();
        var objects = Enum.GetValues<ObjectMotion>().Select(m => SceneCaption.Write(Scene with { Motion = m }, 1)).ToArray();

        Assert.Equal(cameras.Length, cameras.Distinct().Count());
        Assert.Equal(objects.Length, objects.Distinct().Count());
    }

    private static string Word(Subject subject) => subject switch
    {
        Subject.Sphere => "ball",
        Subject.Torus => "ring",
        _ => subject.ToString().ToLowerInvariant(),
    };
}
