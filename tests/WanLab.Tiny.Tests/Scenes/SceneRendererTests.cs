using WanLab.Models;
using WanLab.Review.Measures;
using WanLab.Tiny.Scenes;

namespace WanLab.Tiny.Tests.Scenes;

public class SceneRendererTests
{
    [Fact]
    public void The_same_scene_gives_the_same_bytes()
    {
        for (var seed = 0; seed < 4; seed++)
        {
            var scene = SceneGenerator.Draw(seed);
            Assert.Equal(SceneRenderer.Render(scene, 48, 32, 3), SceneRenderer.Render(scene, 48, 32, 3));
        }
    }

    [Fact]
    public void A_longer_clip_starts_with_the_shorter_one()
    {
        var scene = SceneGenerator.Draw(5);

        Assert.Equal(SceneRenderer.Render(scene, 16, 16, 3), SceneRenderer.Render(scene, 16, 16, 5)[..(3 * 16 * 16 * 3)]);
    }

    [Fact]
    public void Frames_follow_the_clock_not_the_frame_rate()
    {
        var scene = SceneGenerator.Draw(6) with { Camera = CameraMotion.PanLeft, CameraRate = 10 };
        const int frame = 24 * 24 * 3;

        Assert.Equal(SceneRenderer.Render(scene, 24, 24, 3, 8)[(2 * frame)..], SceneRenderer.Render(scene, 24, 24, 5, 16)[(4 * frame)..]);
    }

    [Theory]
    [InlineData(0, 8, 1, 16)]
    [InlineData(8, 0, 1, 16)]
    [InlineData(8, 8, 0, 16)]
    [InlineData(8, 8, 1, 0)]
    public void Sizes_must_be_positive(int width, int height, int frames, double fps) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SceneRenderer.Render(SceneGenerator.Draw(1), width, height, frames, fps));

    [Fact]
    public void Every_subject_looks_different_from_every_quarter()
    {
        foreach (var subject in Enum.GetValues<Subject>())
        {
            var views = Enumerable.Range(0, 4).Select(i => View(subject, 90 * i)).ToArray();
            for (var a = 0; a < 4; a++)
                for (var b = 0; b < a; b++)
                {
                    var differing = views[a].Zip(views[b]).Count(p => Math.Abs(p.First - p.Second) > 40);
                    Assert.True(differing > 100, $"{subject} looks alike from {90 * b} and {90 * a} degrees: {differing} bytes differ.");
                }
        }
    }

    // The subject is turned and the camera stays, so that only the subject can make the difference.
    private static byte[] View(Subject subject, double degrees)
    {
        var scene = new SceneDescription
        {
            Subject = subject,
            Color = SubjectColor.Green,
            Background = Background.Studio,
            Floor = Floor.Plain,
            Motion = ObjectMotion.SpinRight,
            MotionRate = degrees,
            Start = new CameraStart { FieldOfViewDegrees = 22 },
        };
        return SceneRenderer.Render(scene, 48, 48, 2, 1)[(48 * 48 * 3)..];
    }
}
