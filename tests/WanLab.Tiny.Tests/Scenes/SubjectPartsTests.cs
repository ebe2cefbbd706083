using System.Numerics;
using WanLab.Tiny.Scenes;

namespace WanLab.Tiny.Tests.Scenes;

public class SubjectPartsTests
{
    [Fact]
    public void Every_subject_stands_on_the_floor_and_fits_the_picture()
    {
        foreach (var subject in Enum.GetValues<Subject>())
        {
            var bounds = SubjectParts.Of(subject, SubjectColor.Red).Select(p => p.Bounds()).ToArray();
            var low = bounds.Select(b => b.Low).Aggregate(Vector3.Min);
            var high = bounds.Select(b => b.High).Aggregate(Vector3.Max);

            Assert.InRange(low.Y, -0.001f, 0.03f);
            Assert.InRange(high.Y, 0.7f, 1.35f);
            Assert.True(MathF.Max(MathF.Max(-low.X, high.X), MathF.Max(-low.Z, high.Z)) < 0.85f, $"{subject} is too wide.");
        }
    }

    [Fact]
    public void The_ball_that_rays_are_first_tested_against_holds_every_subject()
    {
        var dice = new Dice(3);
        foreach (var subject in Enum.GetValues<Subject>())
        {
            var parts = SubjectParts.Of(subject, SubjectColor.Blue);
            for (var i = 0; i < 2000; i++)
            {
                var origin = CameraPath.Aim + new Vector3((float)dice.Between(-4, 4), (float)dice.Between(-1, 3), 4);
                var ray = Vector3.Normalize(
                    CameraPath.Aim + new Vector3((float)dice.Between(-1, 1), (float)dice.Between(-1, 1), 0) - origin);
                foreach (var part in parts)
                {
                    var t = part.Hit(origin, ray);
                    if (t == float.PositiveInfinity) continue;
                    Assert.True(Vector3.Distance(origin + t * ray, CameraPath.Aim) <= FrameTracer.SubjectReach, $"{subject} is cut off.");
                }
            }
        }
    }
}
