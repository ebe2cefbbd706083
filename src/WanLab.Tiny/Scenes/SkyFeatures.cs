using System.Numerics;

namespace WanLab.Tiny.Scenes;

/// <summary>Clouds, hills, towers and stars: objects infinitely far away, drawn by direction.</summary>
internal static class SkyFeatures
{
    private static readonly Vector3 LowSunDirection = Vector3.Normalize(new Vector3(-0.75f, 0.09f, -0.8f));
    private static readonly Vector3 Cloud = Paint.Srgb(0xFBFBF8);
    private static readonly Vector3 NearHill = Paint.Srgb(0x5E9A57);
    private static readonly Vector3 FarHill = Paint.Srgb(0x8DB8A0);
    private static readonly Vector3 DuskRidge = Paint.Srgb(0x6E4A78);

    public static Vector3 Clouds(Vector3 d, Vector3 behind)
    {
        if (d.Y < 0.02f) return behind;
        var around = MathF.Atan2(d.X, d.Z);
        var up = d.Y * 6;
        var thick = MathF.Sin(5 * around + 1.3f) + MathF.Sin(8 * around + 1.7f * up + 0.4f)
            + 0.7f * MathF.Sin(17 * around - 2.9f * up) + 0.7f * MathF.Sin(4.5f * up + 3 * around);
        return Vector3.Lerp(behind, Cloud, 0.9f * Smooth(0.55f, 1.5f, thick));
    }

    public static Vector3 Hills(Vector3 d, Vector3 behind)
    {
        if (d.Y > 0.2f) return behind;
        var around = MathF.Atan2(d.X, d.Z);
        var near = 0.045f + 0.025f * MathF.Sin(4 * around + 0.5f) + 0.02f * MathF.Sin(9 * around + 2) + 0.008f * MathF.Sin(23 * around);
        if (d.Y < near) return NearHill;
        var far = 0.09f + 0.03f * MathF.Sin(5 * around + 4) + 0.025f * MathF.Sin(11 * around + 1);
        return d.Y < far ? FarHill : behind;
    }

    public static Vector3 Towers(Vector3 d, Vector3 behind)
    {
        if (d.Y > 0.17f) return behind;
        const int count = 96;
        var place = (MathF.Atan2(d.X, d.Z) / (2 * MathF.PI) + 0.5f) * count;
        var index = Math.Min((int)place, count - 1);
        var height = 0.035f + 0.125f * (float)Dice.At(11, (ulong)index);
        if (d.Y > height) return behind;
        var shade = (float)Dice.At(12, (ulong)index);
        var wall = Vector3.Lerp(Paint.Srgb(0x71809A), Paint.Srgb(0xA9A6B0), shade);
        var across = place - index;
        var windowed = across is > 0.25f and < 0.75f && d.Y % 0.03f > 0.014f;
        return windowed ? Vector3.Lerp(wall, Paint.Srgb(0xF3E3B0), 0.35f) : wall;
    }

    public static Vector3 LowSun(Vector3 d, Vector3 behind)
    {
        if (d.Y < 0.14f)
        {
            var around = MathF.Atan2(d.X, d.Z);
            var ridge = 0.035f + 0.025f * MathF.Sin(6 * around) + 0.014f * MathF.Sin(15 * around + 1) + 0.006f * MathF.Sin(31 * around);
            if (d.Y < ridge) return DuskRidge;
        }
        var toSun = Vector3.Dot(d, LowSunDirection);
        var glow = MathF.Max(0, toSun - 0.8f) * 5;
        return behind + new Vector3(0.5f, 0.28f, 0.06f) * (glow * glow) + new Vector3(0.8f, 0.7f, 0.5f) * Smooth(0.9962f, 0.9976f, toSun);
    }

    public static Vector3 Stars(Vector3 d, Vector3 behind)
    {
        const float cell = 0.13f;
        var x = MathF.Atan2(d.X, d.Z) / cell;
        var y = d.Y / cell;
        var column = MathF.Floor(x);
        var row = MathF.Floor(y);
        var key = (ulong)((int)row * 1000 + (int)column + 500);
        var dx = x - column - 0.2f - 0.6f * (float)Dice.At(21, key);
        var dy = y - row - 0.2f - 0.6f * (float)Dice.At(22, key);
        var size = 0.06f + 0.05f * (float)Dice.At(23, key);
        return behind + new Vector3(0.85f, 0.88f, 0.8f) * (1 - Smooth(0.5f * size, 1.5f * size, MathF.Sqrt(dx * dx + dy * dy)));
    }

    private static float Smooth(float low, float high, float x)
    {
        var t = Math.Clamp((x - low) / (high - low), 0f, 1f);
        return t * t * (3 - 2 * t);
    }
}
