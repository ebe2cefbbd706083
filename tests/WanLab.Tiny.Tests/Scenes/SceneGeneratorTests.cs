using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using WanLab.Models;
using WanLab.Models.Vae;
using WanLab.Review.Measures;
using WanLab.Tiny.Scenes;

namespace WanLab.Tiny.Tests.Scenes;

public class SceneGeneratorTests
{
    [Fact]
    public void The_same_seed_draws_the_same_scene() =>
        Prop.ForAll<long>(seed => SceneGenerator.Draw(seed) == SceneGenerator.Draw(seed)).QuickCheckThrowOnFailure();

    [Fact]
    public void Everything_but_orbits_is_drawn()
    {
        var scenes = Enumerable.Range(0, 600).Select(i => SceneGenerator.Draw(i)).ToArray();

        Assert.Equal(12, scenes.Select(s => s.Subject).Distinct().Count());
        Assert.Equal(10, scenes.Select(s => s.Color).Distinct().Count());
        Assert.Equal(6, scenes.Select(s => s.Background).Distinct().Count());
        Assert.Equal(4, scenes.Select(s => s.Floor).Distinct().Count());
        Assert.Equal(6, scenes.Select(s => s.Motion).Distinct().Count());
        Assert.Equal(11, scenes.Select(s => s.Camera).Distinct().Count());
        Assert.DoesNotContain(scenes, s => s.Camera is CameraMotion.OrbitLeft or CameraMotion.OrbitRight);
        Assert.InRange(scenes.Count(s => s.Motion == ObjectMotion.None) / 600.0, 0.5, 0.67);
    }

    [Fact]
    public void A_scene_is_drawn_only_from_the_choices_given()
    {
        var choices = new SceneChoices
        {
            Subjects = [Subject.Mug],
            Colors = [SubjectColor.Pink],
            Backgrounds = [Background.Night],
            Floors = [Floor.Tiles],
            Cameras = [CameraMotion.OrbitLeft],
            Motions = [ObjectMotion.Bounce],
        };
        for (var seed = 0; seed < 20; seed++)
        {
            var scene = SceneGenerator.Draw(seed, choices);
            Assert.Equal(
                (Subject.Mug, SubjectColor.Pink, Background.Night, Floor.Tiles, CameraMotion.OrbitLeft, ObjectMotion.Bounce),
                (scene.Subject, scene.Color, scene.Background, scene.Floor, scene.Camera, scene.Motion));
        }
    }

    [Fact]
    public void Rates_fall_into_the_three_paces()
    {
        var scenes = Enumerable.Range(0, 300).Select(i => SceneGenerator.Draw(i)).Where(s => s.Camera != CameraMotion.Static).ToArray();

        foreach (var pace in Enum.GetValues<Pace>())
            Assert.True(scenes.Count(s => ScenePace.OfCamera(s) == pace) > scenes.Length / 5, $"{pace} is rare.");
        Assert.All(scenes, s => Assert.True(s.CameraRate > 0 && s.MotionRate >= 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_first_frame_shows_the_middle_of_the_subject(double seconds) =>
        Prop.ForAll<long>(seed =>
        {
            var scene = SceneGenerator.Draw(seed, new SceneChoices { Seconds = seconds });
            var camera = CameraPath.At(scene, 0);
            var to = CameraPath.Aim + SubjectPath.At(scene, 0).Offset - camera.Position;
            var depth = Vector3.Dot(to, camera.Forward);
            var limit = 0.9f * camera.HalfWidth * depth;
            return depth > 0 && MathF.Abs(Vector3.Dot(to, camera.Right)) < limit && MathF.Abs(Vector3.Dot(to, camera.Up)) < limit;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_camera_never_enters_the_subject_or_the_floor() =>
        Prop.ForAll<long>(seed =>
        {
            var scene = SceneGenerator.Draw(seed, new SceneChoices { Seconds = 3, Cameras = Enum.GetValues<CameraMotion>() });
            return Enumerable.Range(0, 49).All(i =>
            {
                var position = CameraPath.At(scene, i / 16.0).Position;
                return position.Y > 0.3f && Vector3.Distance(position, CameraPath.Aim) > 1.5f;
            });
        }).QuickCheckThrowOnFailure();
}
