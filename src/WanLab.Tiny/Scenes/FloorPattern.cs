using System.Numerics;

namespace WanLab.Tiny.Scenes;

/// <summary>
/// The colours of the floor, each averaged over the patch that one sample covers, so that far squares blend
/// instead of flickering. Averages of square waves: Inigo Quilez, "Filtering the checkerboard pattern".
/// </summary>
internal static class FloorPattern
{
    private static readonly Vector3 Cream = Paint.Srgb(0xEDE6D6);
    private static readonly Vector3 Slate = Paint.Srgb(0x4B5563);
    private static readonly Vector3 Sand = Paint.Srgb(0xCDB896);
    private static readonly Vector3 Clay = Paint.Srgb(0xB5694A);
    private static readonly Vector3 Grout = Paint.Srgb(0xE6DCCB);
    private static readonly Vector3 Navy = Paint.Srgb(0x5C7FA6);

    /// <summary>The mean colour, which the light reflected from the floor has.</summary>
    public static Vector3 Mean(Floor floor) => floor switch
    {
        Floor.Checker => (Cream + Slate) / 2,
        Floor.Plain => Sand,
        Floor.Tiles => Vector3.Lerp(Clay, Grout, 0.15f),
        _ => (Cream + Navy) / 2,
    };

    /// <summary>The colour at (x, z), averaged over a patch of the given width along each axis.</summary>
    public static Vector3 At(Floor floor, float x, float z, float widthX, float widthZ)
    {
        switch (floor)
        {
            case Floor.Checker:
                var odd = 0.5f - 0.5f * Wave(x, widthX) * Wave(z, widthZ);
                return Vector3.Lerp(Cream, Slate, odd);
            case Floor.Tiles:
                const float edge = 0.8f;
                var joint = 1 - (1 - Joint(x / edge, widthX / edge)) * (1 - Joint(z / edge, widthZ / edge));
                return Vector3.Lerp(Clay, Grout, joint);
            case Floor.Stripes:
                return Vector3.Lerp(Cream, Navy, 0.5f + 0.5f * Wave(x * 1.2f, widthX * 1.2f));
            default:
                return Sand;
        }
    }

    /// <summary>Mean over the width of a wave that is +1 and -1 on alternate unit intervals.</summary>
    private static float Wave(float x, float width)
    {
        width = MathF.Max(width, 1e-3f);
        return 2 * (Ramp(x + width / 2) - Ramp(x - width / 2)) / width;
    }

    /// <summary>A triangle with slopes +-1/2: the integral of the wave, halved.</summary>
    private static float Ramp(float x)
    {
        var half = x / 2;
        return MathF.Abs(half - MathF.Floor(half) - 0.5f);
    }

    /// <summary>Share of the width that falls on joints, which take up 7 % of each unit interval.</summary>
    private static float Joint(float x, float width)
    {
        width = MathF.Max(width, 1e-3f);
        return (JointUpTo(x + width / 2) - JointUpTo(x - width / 2)) / width;
    }

    private static float JointUpTo(float x)
    {
        const float joint = 0.07f;
        var whole = MathF.Floor(x);
        return whole * joint + MathF.Min(x - whole, joint);
    }
}
