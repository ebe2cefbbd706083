using System.Numerics;
using WanLab.Tiny.Scenes;

namespace WanLab.Tiny.Tests.Scenes;

public class SolidsTests
{
    public static TheoryData<int, float, float, float> Shapes => new()
    {
        { (int)Solid.Ellipsoid, 0.7f, 0.4f, 0.5f },
        { (int)Solid.Box, 0.3f, 0.6f, 0.4f },
        { (int)Solid.Frustum, 0.6f, 0.5f, 0.2f },
        { (int)Solid.Frustum, 0.5f, 0.4f, 0.01f },
        { (int)Solid.Frustum, 0.4f, 0.5f, 0.4f },
        { (int)Solid.Torus, 0.5f, 0.2f, 0f },
        { (int)Solid.Wedge, 0.5f, 0.3f, 0.6f },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Rays_meet_a_solid_where_its_inside_begins(int kind, float a, float b, float c)
    {
        var solid = (Solid)kind;
        var size = new Vector3(a, b, c);
        var dice = new Dice(kind + 17);
        var hits = 0;
        for (var i = 0; i < 3000; i++)
        {
            var origin = 2.5f * Direction(dice);
            var target = 0.8f * Direction(dice);
            var ray = Vector3.Normalize(target - origin);
            var t = Solids.Hit(solid, size, origin, ray);

            var first = float.PositiveInfinity;
            for (var s = 0f; s < 5; s += 0.005f)
                if (Depth(solid, size, origin + s * ray) > 0.01f) { first = s; break; }

            if (t == float.PositiveInfinity)
            {
                Assert.True(first == float.PositiveInfinity, $"The ray {origin} -> {ray} went through {solid} unnoticed.");
                continue;
            }
            hits++;
            var point = origin + t * ray;
            Assert.InRange(Depth(solid, size, point), -3e-3f, 3e-3f);
            Assert.True(t <= first, "The solid was met behind its near side.");
            Assert.True(point.Length() <= Solids.Reach(solid, size) + 1e-3f);
            var normal = Solids.Normal(solid, size, point);
            Assert.InRange(normal.Length(), 0.999f, 1.001f);
            Assert.True(Vector3.Dot(normal, ray) < 0.06f, $"The surface at {point} faces away.");
        }
        Assert.True(hits > 300, $"Only {hits} rays met the {solid}.");
    }

    [Fact]
    public void A_turned_part_is_met_where_it_lies()
    {
        var lying = new Part(Solid.Frustum, new(1, 0, 0), new(0.1f, 0.5f, 0.1f), Vector3.One,
            turn: Quaternion.CreateFromAxisAngle(Vector3.UnitZ, MathF.PI / 2));

        Assert.Equal(1.5f, lying.Hit(new(3, 0, 0), -Vector3.UnitX), 3);
        Assert.Equal(1.9f, lying.Hit(new(1, 2, 0), -Vector3.UnitY), 3);
        Assert.True(Vector3.Distance(Vector3.UnitX, lying.Normal(new(1.5f, 0, 0))) < 1e-3f);
    }

    /// <summary>Positive inside, negative outside, about the distance to the surface near it.</summary>
    private static float Depth(Solid solid, Vector3 size, Vector3 p)
    {
        var ring = MathF.Sqrt(p.X * p.X + p.Z * p.Z);
        return solid switch
        {
            Solid.Ellipsoid => (1 - (p / size).Length()) * MathF.Min(size.X, MathF.Min(size.Y, size.Z)),
            Solid.Box => Min(size.X - MathF.Abs(p.X), size.Y - MathF.Abs(p.Y), size.Z - MathF.Abs(p.Z)),
            Solid.Frustum => Min(size.Y - MathF.Abs(p.Y), size.X + (size.Z - size.X) * (p.Y + size.Y) / (2 * size.Y) - ring),
            Solid.Torus => size.Y - MathF.Sqrt((ring - size.X) * (ring - size.X) + p.Y * p.Y),
            _ => Min(p.Y + size.Y, size.Z - MathF.Abs(p.Z), size.X * (size.Y - p.Y) / (2 * size.Y) - MathF.Abs(p.X)),
        };
    }

    private static float Min(params float[] values) => values.Min();

    private static Vector3 Direction(Dice dice) => Vector3.Normalize(new Vector3(
        (float)dice.Between(-1, 1), (float)dice.Between(-1, 1), (float)dice.Between(-1, 1)) + new Vector3(1e-6f));
}
