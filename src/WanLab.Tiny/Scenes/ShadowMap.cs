using System.Numerics;

namespace WanLab.Tiny.Scenes;

/// <summary>
/// The share of light that a turned subject blocks from the floor around it: a blurred silhouette seen along a direction.
/// </summary>
internal sealed class ShadowMap
{
    private const int Side = 96;
    private const float Extent = 2.4f;

    private readonly float[] _shade = new float[Side * Side];

    /// <summary>
    /// Draws the shadow of a subject at the origin, with light coming from <paramref name="toLight"/> (subject axes undone by
    /// <paramref name="turn"/>).
    /// </summary>
    /// <param name="parts">The subject, in its own axes.</param>
    /// <param name="turn">The subject's turn in radians.</param>
    /// <param name="toLight">Direction towards the light.</param>
    /// <param name="blur">Half width of the blur in texels.</param>
    public ShadowMap(Part[] parts, float turn, Vector3 toLight, int blur)
    {
        var (sin, cos) = MathF.SinCos(turn);
        var light = Rotate(toLight, -sin, cos);
        for (var i = 0; i < Side; i++)
            for (var j = 0; j < Side; j++)
            {
                var point = new Vector3((j + 0.5f) / Side * 2 * Extent - Extent, 0, (i + 0.5f) / Side * 2 * Extent - Extent);
                _shade[i * Side + j] = Blocks(parts, Rotate(point, -sin, cos), light) ? 1 : 0;
            }
        // Two box blurs make a soft, rounded edge.
        for (var pass = 0; pass < 2; pass++)
        {
            Blur(1, Side, blur);
            Blur(Side, 1, blur);
        }
    }

    /// <summary>Share of light blocked at a point of the floor, 0..1; (x, z) is relative to the subject's position.</summary>
    public float At(float x, float z)
    {
        var u = (x + Extent) / (2 * Extent) * Side - 0.5f;
        var v = (z + Extent) / (2 * Extent) * Side - 0.5f;
        if (u < 0 || v < 0 || u >= Side - 1 || v >= Side - 1) return 0;
        var j = (int)u;
        var i = (int)v;
        var at = i * Side + j;
        var fu = u - j;
        var low = _shade[at] + fu * (_shade[at + 1] - _shade[at]);
        var high = _shade[at + Side] + fu * (_shade[at + Side + 1] - _shade[at + Side]);
        return low + (v - i) * (high - low);
    }

    /// <summary>Whether any part lies on the ray.</summary>
    public static bool Blocks(Part[] parts, Vector3 origin, Vector3 direction)
    {
        foreach (var part in parts)
            if (part.Hit(origin, direction) < float.PositiveInfinity) return true;
        return false;
    }

    /// <summary>Turns a vector around the vertical, from +z towards +x for a positive sine.</summary>
    public static Vector3 Rotate(Vector3 v, float sin, float cos) =>
        new(v.X * cos + v.Z * sin, v.Y, v.Z * cos - v.X * sin);

    private void Blur(int step, int lineStep, int radius)
    {
        Span<float> line = stackalloc float[Side];
        for (var l = 0; l < Side; l++)
        {
            var start = l * lineStep;
            for (var i = 0; i < Side; i++) line[i] = _shade[start + i * step];
            for (var i = 0; i < Side; i++)
            {
                var sum = 0f;
                for (var k = Math.Max(0, i - radius); k <= Math.Min(Side - 1, i + radius); k++) sum += line[k];
                _shade[start + i * step] = sum / (2 * radius + 1);
            }
        }
    }
}
