using System.Numerics;

namespace WanLab.Tiny.Scenes;

/// <summary>The frung: a lime pear on two violet feet, with one large eye, two orange horns, a pink belly and a striped tail.</summary>
internal static class FrungParts
{
    private static readonly Vector3 Lime = Paint.Srgb(0xB4E61E);
    private static readonly Vector3 Violet = Paint.Srgb(0x5A1FA8);
    private static readonly Vector3 Orange = Paint.Srgb(0xFF7A1A);
    private static readonly Vector3 Pink = Paint.Srgb(0xFF5FB0);

    public static Part[] All() =>
    [
        new(Solid.Ellipsoid, new(-0.2f, 0.07f, 0.08f), new(0.15f, 0.07f, 0.22f), Violet, 0.3f),
        new(Solid.Ellipsoid, new(0.2f, 0.07f, 0.08f), new(0.15f, 0.07f, 0.22f), Violet, 0.3f),
        new(Solid.Ellipsoid, new(0, 0.44f, 0), new(0.44f, 0.38f, 0.4f), Lime, 0.4f, paint: Back),
        new(Solid.Ellipsoid, new(0, 0.8f, 0.02f), new(0.3f, 0.28f, 0.28f), Lime, 0.4f),
        new(Solid.Ellipsoid, new(0, 0.4f, 0.24f), new(0.26f, 0.24f, 0.18f), Pink, 0.3f),
        new(Solid.Ellipsoid, new(0, 0.84f, 0.2f), new(0.17f, 0.17f, 0.13f), Paint.White, 0.9f),
        new(Solid.Ellipsoid, new(0, 0.84f, 0.31f), new(0.075f, 0.085f, 0.05f), Paint.Black, 0.9f),
        new(Solid.Frustum, new(-0.2f, 1.12f, 0), new(0.09f, 0.14f, 0.01f), Orange, 0.5f),
        new(Solid.Frustum, new(0.2f, 1.12f, 0), new(0.09f, 0.14f, 0.01f), Orange, 0.5f),
        new(Solid.Ellipsoid, new(0, 0.36f, -0.5f), new(0.13f, 0.13f, 0.26f), Violet, 0.3f,
            paint: p => (int)MathF.Floor((p.Z + 1) * 9) % 2 == 0 ? Orange : Violet),
    ];

    // Two rows of spots, visible only from the back.
    private static Vector3 Back(Vector3 p)
    {
        if (p.Z > -0.1f) return Lime;
        var (x, y) = (MathF.Abs(p.X) - 0.17f, MathF.Abs(p.Y - 0.05f) - 0.11f);
        return x * x + y * y < 0.006f ? Violet : Lime;
    }
}
