namespace WanLab.Review.Measures;

/// <summary>Warps a frame back along a flow: each pixel takes the interpolated value at its displaced position.</summary>
internal sealed class Warp
{
    private readonly int _width;
    private readonly int[] _from; // the upper left neighbour
    private readonly float[] _across, _down; // weights of the right and the lower neighbours

    /// <param name="basis">The basis from <see cref="StageGeometry.Basis"/>.</param>
    /// <param name="motion">The amount of each motion.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    public Warp(float[,][] basis, double[] motion, int width, int height)
    {
        _width = width;
        var count = width * height;
        (_from, _across, _down, Inside) = (new int[count], new float[count], new float[count], new bool[count]);
        for (var i = 0; i < count; i++)
        {
            double x = i % width, y = i / width;
            for (var k = 0; k < motion.Length; k++)
            {
                x += motion[k] * basis[k, 0][i];
                y += motion[k] * basis[k, 1][i];
            }
            Inside[i] = x > 1 && x < width - 2 && y > 1 && y < height - 2;
            var (left, top) = (Math.Clamp((int)Math.Floor(x), 0, width - 2), Math.Clamp((int)Math.Floor(y), 0, height - 2));
            _from[i] = top * width + left;
            _across[i] = (float)Math.Clamp(x - left, 0, 1);
            _down[i] = (float)Math.Clamp(y - top, 0, 1);
        }
    }

    /// <summary>Whether the value of each pixel comes from inside the frame.</summary>
    public bool[] Inside { get; }

    /// <summary>Warps a frame [height, width, 3] into another.</summary>
    public void Draw(ReadOnlySpan<float> frame, Span<float> to)
    {
        var row = _width * 3;
        for (var i = 0; i < _from.Length; i++)
            for (var c = 0; c < 3; c++)
            {
                var at = _from[i] * 3 + c;
                var above = frame[at] + (frame[at + 3] - frame[at]) * _across[i];
                var below = frame[at + row] + (frame[at + row + 3] - frame[at + row]) * _across[i];
                to[i * 3 + c] = above + (below - above) * _down[i];
            }
    }
}
