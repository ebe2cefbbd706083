using System.Numerics;

namespace WanLab.Tiny.Scenes;

/// <summary>Small objects in a ring around the scene. They do not move, so they show how the camera moves.</summary>
internal static class Surroundings
{
    private const int Count = 16;

    /// <summary>The smallest distance of props from the origin; the floor looks for their shadows only beyond it.</summary>
    public const float InnerRadius = 6.2f;

    private static readonly Vector3[] Colors =
    [
        Paint.Srgb(0xD9574A), Paint.Srgb(0xE9B64A), Paint.Srgb(0x5B9E5F), Paint.Srgb(0x4C7FC0),
        Paint.Srgb(0xA071B8), Paint.Srgb(0xE8E3D6), Paint.Srgb(0x50545E),
    ];

    /// <summary>The props of a layout; none for layout 0.</summary>
    public static Part[] Of(int layout)
    {
        if (layout == 0) return [];
        var dice = new Dice(layout * 7919L);
        var parts = new Part[Count];
        for (var i = 0; i < Count; i++)
        {
            var angle = (i + dice.Between(0.15, 0.85)) * 2 * Math.PI / Count;
            var radius = dice.Between(InnerRadius + 0.8, 9.5);
            var tall = (float)dice.Between(0.35, 1.1);
            var wide = (float)dice.Between(0.3, 0.6);
            var middle = new Vector3((float)(radius * Math.Sin(angle)), tall, (float)(radius * Math.Cos(angle)));
            var color = dice.Pick(Colors);
            parts[i] = (int)(dice.Next() * 4) switch
            {
                0 => new Part(Solid.Box, middle, new(wide, tall, wide), color, 0.1f,
                    Quaternion.CreateFromAxisAngle(Vector3.UnitY, (float)angle)),
                1 => new Part(Solid.Frustum, middle, new(wide, tall, 0.03f), color, 0.1f),
                2 => new Part(Solid.Frustum, middle, new(0.7f * wide, tall, 0.7f * wide), color, 0.1f),
                _ => new Part(Solid.Ellipsoid, middle with { Y = wide }, new(wide), color, 0.2f),
            };
        }
        return parts;
    }
}
