using System.Numerics;

namespace WanLab.Tiny.Scenes;

/// <summary>The toys: house, tree, robot, car, rocket, duck. All stand on the floor at the origin, with their front towards +z.</summary>
internal static class ToyParts
{
    private static readonly Quaternion AlongX = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, MathF.PI / 2);
    private static readonly Quaternion AlongZ = Quaternion.CreateFromAxisAngle(Vector3.UnitX, MathF.PI / 2);

    public static Part[] House(Vector3 color, Vector3 accent) =>
    [
        new(Solid.Box, new(0, 0.32f, 0), new(0.42f, 0.32f, 0.48f), color, 0.15f),
        new(Solid.Wedge, new(0, 0.86f, 0), new(0.54f, 0.22f, 0.56f), Paint.Srgb(0x5B3A33), 0.1f,
            paint: p => MathF.Abs(p.Z) > 0.559f ? color : Paint.Srgb(0x5B3A33)),
        new(Solid.Box, new(0.24f, 1f, -0.22f), new(0.08f, 0.19f, 0.08f), Paint.Srgb(0xA8543A)),
        new(Solid.Box, new(-0.12f, 0.2f, 0.475f), new(0.11f, 0.2f, 0.02f), accent),
        new(Solid.Box, new(0.2f, 0.36f, 0.475f), new(0.1f, 0.1f, 0.02f), Paint.Lamp, 0.7f),
        new(Solid.Box, new(0.415f, 0.36f, 0.16f), new(0.02f, 0.11f, 0.13f), Paint.Glass, 0.7f),
        new(Solid.Box, new(0.415f, 0.36f, -0.22f), new(0.02f, 0.11f, 0.13f), Paint.Glass, 0.7f),
        new(Solid.Box, new(-0.415f, 0.38f, 0), new(0.02f, 0.13f, 0.18f), Paint.White, 0.7f),
        new(Solid.Ellipsoid, new(0.2f, 0.36f, -0.47f), new(0.13f, 0.13f, 0.03f), Paint.Glass, 0.7f),
    ];

    public static Part[] Tree(Vector3 color, Vector3 accent) =>
    [
        new(Solid.Frustum, new(0, 0.17f, 0), new(0.11f, 0.17f, 0.09f), Paint.Wood),
        new(Solid.Frustum, new(0, 0.46f, 0), new(0.5f, 0.2f, 0.2f), color, 0.1f),
        new(Solid.Frustum, new(0, 0.74f, 0), new(0.4f, 0.17f, 0.14f), color, 0.1f),
        new(Solid.Frustum, new(0, 1.03f, 0), new(0.29f, 0.21f, 0.01f), color, 0.1f),
        new(Solid.Ellipsoid, new(0.1f, 0.42f, 0.42f), new(0.09f), accent, 0.7f),
        new(Solid.Ellipsoid, new(-0.2f, 0.68f, 0.29f), new(0.08f), accent, 0.7f),
        new(Solid.Ellipsoid, new(0.36f, 0.44f, 0.16f), new(0.09f), accent, 0.7f),
        new(Solid.Ellipsoid, new(0.08f, 0.98f, 0.2f), new(0.07f), accent, 0.7f),
        new(Solid.Box, new(-0.36f, 0.46f, -0.14f), new(0.1f, 0.11f, 0.1f), Paint.White),
    ];

    public static Part[] Robot(Vector3 color, Vector3 accent) =>
    [
        new(Solid.Box, new(-0.15f, 0.12f, 0), new(0.1f, 0.12f, 0.14f), Paint.Metal),
        new(Solid.Box, new(0.15f, 0.12f, 0), new(0.1f, 0.12f, 0.14f), Paint.Metal),
        new(Solid.Box, new(0, 0.47f, 0), new(0.3f, 0.23f, 0.2f), color, 0.4f),
        new(Solid.Box, new(0, 0.9f, 0), new(0.24f, 0.17f, 0.2f), color, 0.4f),
        new(Solid.Frustum, new(0, 0.72f, 0), new(0.1f, 0.04f, 0.1f), Paint.Metal),
        new(Solid.Ellipsoid, new(-0.1f, 0.94f, 0.19f), new(0.07f, 0.07f, 0.05f), Paint.White, 0.8f),
        new(Solid.Ellipsoid, new(0.1f, 0.94f, 0.19f), new(0.07f, 0.07f, 0.05f), Paint.White, 0.8f),
        new(Solid.Box, new(0, 0.82f, 0.2f), new(0.1f, 0.02f, 0.02f), Paint.Black),
        new(Solid.Ellipsoid, new(0.1f, 0.5f, 0.2f), new(0.08f, 0.08f, 0.04f), accent, 0.7f),
        new(Solid.Box, new(-0.38f, 0.48f, 0.02f), new(0.07f, 0.2f, 0.09f), Paint.Metal),
        new(Solid.Box, new(0.38f, 0.56f, 0.1f), new(0.07f, 0.08f, 0.2f), Paint.Metal),
        new(Solid.Frustum, new(0.12f, 1.12f, 0), new(0.02f, 0.06f, 0.02f), Paint.Metal),
        new(Solid.Ellipsoid, new(0.12f, 1.2f, 0), new(0.06f), accent, 0.7f),
        new(Solid.Box, new(0, 0.5f, -0.26f), new(0.2f, 0.17f, 0.09f), accent),
    ];

    public static Part[] Car(Vector3 color, Vector3 accent) =>
    [
        new(Solid.Box, new(0, 0.32f, 0), new(0.36f, 0.17f, 0.74f), color, 0.6f,
            paint: p => MathF.Abs(p.X + 0.12f) < 0.07f && p.Y > 0.16f ? Paint.White : color),
        new(Solid.Box, new(0, 0.6f, -0.12f), new(0.3f, 0.15f, 0.36f), Paint.Glass, 0.8f,
            paint: p => p.Y > 0.1f || MathF.Abs(p.Z + 0.02f) < 0.04f ? color : Paint.Glass),
        Wheel(-0.34f, 0.42f), Wheel(0.34f, 0.42f), Wheel(-0.34f, -0.44f), Wheel(0.34f, -0.44f),
        new(Solid.Ellipsoid, new(-0.22f, 0.35f, 0.74f), new(0.09f, 0.08f, 0.04f), Paint.Lamp, 0.8f),
        new(Solid.Ellipsoid, new(0.22f, 0.35f, 0.74f), new(0.09f, 0.08f, 0.04f), Paint.Lamp, 0.8f),
        new(Solid.Box, new(0, 0.33f, -0.74f), new(0.3f, 0.06f, 0.02f), Paint.Srgb(0xC01818)),
        new(Solid.Box, new(0.365f, 0.32f, 0), new(0.01f, 0.07f, 0.18f), accent),
        new(Solid.Box, new(0, 0.2f, 0.75f), new(0.36f, 0.05f, 0.04f), Paint.Metal),
    ];

    public static Part[] Rocket(Vector3 color, Vector3 accent) =>
    [
        new(Solid.Frustum, new(0, 0.5f, 0), new(0.24f, 0.32f, 0.24f), Paint.White, 0.4f,
            paint: p => p.Y < -0.2f || MathF.Abs(p.X) < 0.05f && p.Z < 0 ? color : Paint.White),
        new(Solid.Frustum, new(0, 1.02f, 0), new(0.24f, 0.2f, 0.01f), color, 0.5f),
        new(Solid.Frustum, new(0, 0.11f, 0), new(0.2f, 0.07f, 0.16f), Paint.Metal),
        new(Solid.Box, new(0.34f, 0.22f, 0), new(0.14f, 0.2f, 0.03f), color, 0.4f),
        new(Solid.Box, new(-0.34f, 0.22f, 0), new(0.14f, 0.2f, 0.03f), accent, 0.4f),
        new(Solid.Box, new(0, 0.22f, -0.34f), new(0.03f, 0.2f, 0.14f), color, 0.4f),
        new(Solid.Ellipsoid, new(0, 0.6f, 0.22f), new(0.12f, 0.12f, 0.06f), accent, 0.6f),
        new(Solid.Ellipsoid, new(0, 0.6f, 0.25f), new(0.085f, 0.085f, 0.06f), Paint.Glass, 0.9f),
    ];

    public static Part[] Duck(Vector3 color, Vector3 accent) =>
    [
        new(Solid.Ellipsoid, new(0, 0.36f, -0.08f), new(0.38f, 0.34f, 0.5f), color, 0.5f),
        new(Solid.Ellipsoid, new(0, 0.86f, 0.24f), new(0.27f), color, 0.5f),
        new(Solid.Frustum, new(0, 0.82f, 0.56f), new(0.13f, 0.1f, 0.06f), Paint.Srgb(0xF08A1C), 0.4f, AlongZ),
        new(Solid.Ellipsoid, new(-0.15f, 0.96f, 0.43f), new(0.06f), Paint.Black, 0.9f),
        new(Solid.Ellipsoid, new(0.15f, 0.96f, 0.43f), new(0.06f), Paint.Black, 0.9f),
        new(Solid.Ellipsoid, new(-0.36f, 0.42f, -0.1f), new(0.09f, 0.18f, 0.28f), accent, 0.3f),
        new(Solid.Ellipsoid, new(0.36f, 0.42f, -0.1f), new(0.09f, 0.18f, 0.28f), accent, 0.3f),
        new(Solid.Ellipsoid, new(0, 0.54f, -0.56f), new(0.12f, 0.16f, 0.14f), color, 0.4f),
        new(Solid.Frustum, new(0, 1.13f, 0.2f), new(0.15f, 0.06f, 0.13f), accent),
    ];

    private static Part Wheel(float x, float z) =>
        new(Solid.Frustum, new(x, 0.17f, z), new(0.17f, 0.06f, 0.17f), Paint.Black, 0.1f, AlongX,
            p => p.X * p.X + p.Z * p.Z < 0.008f ? Paint.Metal : Paint.Black);
}
