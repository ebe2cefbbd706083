using System.Numerics;

namespace WanLab.Tiny.Scenes;

/// <summary>
/// Builds the subjects. This file has the simple ones: ball, cube, cone, ring, cylinder, mug. All stand on the floor at the
/// origin, with their front towards +z.
/// </summary>
internal static class SubjectParts
{
    private static readonly Quaternion Upright = Quaternion.CreateFromAxisAngle(Vector3.UnitX, MathF.PI / 2);

    /// <summary>The parts of a subject in a colour.</summary>
    public static Part[] Of(Subject subject, SubjectColor name)
    {
        var color = Paint.Of(name);
        var accent = Paint.AccentOn(name);
        return subject switch
        {
            Subject.Sphere => Sphere(color, accent),
            Subject.Cube => Cube(color, accent),
            Subject.Cone => Cone(color, accent),
            Subject.Torus => Torus(color, accent),
            Subject.Cylinder => Cylinder(color, accent),
            Subject.Mug => Mug(color, accent),
            Subject.House => ToyParts.House(color, accent),
            Subject.Tree => ToyParts.Tree(color, accent),
            Subject.Robot => ToyParts.Robot(color, accent),
            Subject.Car => ToyParts.Car(color, accent),
            Subject.Rocket => ToyParts.Rocket(color, accent),
            Subject.Duck => ToyParts.Duck(color, accent),
            Subject.Frung => FrungParts.All(),
            _ => throw new ArgumentOutOfRangeException(nameof(subject)),
        };
    }

    private static Part[] Sphere(Vector3 color, Vector3 accent) =>
    [
        new(Solid.Ellipsoid, new(0, 0.52f, 0), new(0.52f), color, 0.6f,
            paint: p => MathF.Abs(p.Y + 0.16f) < 0.07f ? accent : color),
        new(Solid.Ellipsoid, new(0, 0.56f, 0.54f), new(0.13f), accent, 0.5f),
        new(Solid.Ellipsoid, new(-0.17f, 0.72f, 0.43f), new(0.075f), Paint.Black, 0.8f),
        new(Solid.Ellipsoid, new(0.17f, 0.72f, 0.43f), new(0.075f), Paint.Black, 0.8f),
        new(Solid.Ellipsoid, new(0, 0.6f, -0.52f), new(0.12f, 0.12f, 0.07f), Paint.White),
    ];

    private static Part[] Cube(Vector3 color, Vector3 accent) =>
    [
        new(Solid.Box, new(0, 0.45f, 0), new(0.45f), color, 0.3f, paint: p => CubeSide(p, color, accent)),
        new(Solid.Ellipsoid, new(0, 0.45f, 0.46f), new(0.15f, 0.15f, 0.12f), accent, 0.5f),
        new(Solid.Box, new(-0.2f, 0.95f, -0.2f), new(0.13f, 0.06f, 0.13f), accent),
    ];

    private static Vector3 CubeSide(Vector3 p, Vector3 color, Vector3 accent)
    {
        const float face = 0.448f;
        if (p.X > face) return MathF.Abs(p.Y) < 0.1f ? Paint.White : color;
        if (p.X < -face) return p.Z * p.Z + p.Y * p.Y < 0.06f ? accent : color;
        return p.Z < -face && MathF.Abs(p.X) < 0.12f ? Paint.White : color;
    }

    private static Part[] Cone(Vector3 color, Vector3 accent) =>
    [
        new(Solid.Frustum, new(0, 0.6f, 0), new(0.5f, 0.55f, 0.02f), color, 0.4f, paint: p => ConeBand(p, color, accent)),
        new(Solid.Frustum, new(0, 0.04f, 0), new(0.58f, 0.04f, 0.55f), color),
        new(Solid.Ellipsoid, new(0, 1.14f, 0), new(0.09f), accent, 0.5f),
        new(Solid.Ellipsoid, new(0, 0.4f, 0.38f), new(0.1f), Paint.White, 0.5f),
    ];

    // The bands leave one side open, so that each view of the cone differs.
    private static Vector3 ConeBand(Vector3 p, Vector3 color, Vector3 accent)
    {
        if (p.X < -0.4f * MathF.Sqrt(p.X * p.X + p.Z * p.Z)) return color;
        return MathF.Abs(p.Y + 0.02f) < 0.06f || MathF.Abs(p.Y - 0.22f) < 0.05f ? accent : color;
    }

    private static Part[] Torus(Vector3 color, Vector3 accent) =>
    [
        new(Solid.Torus, new(0, 0.6f, 0), new(0.4f, 0.16f, 0), color, 0.6f, Upright,
            p => p.X > 0 && p.Z < 0 ? accent : color),
        new(Solid.Box, new(0, 0.05f, 0), new(0.24f, 0.05f, 0.26f), Paint.Metal),
        new(Solid.Ellipsoid, new(-0.28f, 0.32f, 0.17f), new(0.08f), Paint.White, 0.5f),
    ];

    private static Part[] Cylinder(Vector3 color, Vector3 accent) =>
    [
        new(Solid.Frustum, new(0, 0.5f, 0), new(0.42f, 0.5f, 0.42f), color, 0.4f,
            paint: p => MathF.Abs(p.X) < 0.11f && p.Z > 0 ? accent
                : MathF.Abs(p.Z) < 0.1f && p.X < 0 && p.Y < 0.49f ? Paint.White : color),
        new(Solid.Ellipsoid, new(0.16f, 1.03f, 0.1f), new(0.13f, 0.1f, 0.13f), accent, 0.5f),
        new(Solid.Ellipsoid, new(0.4f, 0.5f, -0.12f), new(0.1f), accent, 0.5f),
    ];

    private static Part[] Mug(Vector3 color, Vector3 accent) =>
    [
        new(Solid.Frustum, new(-0.08f, 0.44f, 0), new(0.4f, 0.44f, 0.44f), color, 0.6f,
            paint: p => p.Y > 0.43f ? MugTop(p, color) : Heart(p, color, accent)),
        new(Solid.Torus, new(0.4f, 0.46f, 0), new(0.22f, 0.065f, 0), color, 0.6f, Upright),
    ];

    private static Vector3 MugTop(Vector3 p, Vector3 color) =>
        p.X * p.X + p.Z * p.Z < 0.15f ? Paint.Srgb(0x4A2A18) : color;

    private static Vector3 Heart(Vector3 p, Vector3 color, Vector3 accent)
    {
        if (p.Z > 0 && p.X * p.X + p.Y * p.Y < 0.045f) return accent;
        return p.Z < 0 && MathF.Abs(p.Y) < 0.07f ? Paint.White : color;
    }
}
