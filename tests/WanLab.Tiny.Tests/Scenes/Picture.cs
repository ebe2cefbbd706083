namespace WanLab.Tiny.Tests.Scenes;

/// <summary>One frame of an RGB24 clip, with the few measurements the tests of motion need.</summary>
internal sealed class Picture(byte[] clip, int width, int height, int frame)
{
    private readonly int _start = frame * width * height * 3;

    public (int R, int G, int B) this[int x, int y]
    {
        get
        {
            var at = _start + (y * width + x) * 3;
            return (clip[at], clip[at + 1], clip[at + 2]);
        }
    }

    /// <summary>Number and mean position of the pixels that pass a test of their colour.</summary>
    public (int Count, double X, double Y) Find(Func<(int R, int G, int B), bool> wanted)
    {
        int count = 0;
        double sumX = 0, sumY = 0;
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                if (wanted(this[x, y]))
                {
                    count++;
                    sumX += x + 0.5;
                    sumY += y + 0.5;
                }
        Assert.True(count > 0, "No pixel has the colour looked for.");
        return (count, sumX / count, sumY / count);
    }

    /// <summary>The whole-pixel move (right, down) of rows top..bottom that best turns this picture into another.</summary>
    public (int X, int Y) MoveTo(Picture other, int reach, int top, int bottom)
    {
        var best = (0, 0);
        var least = double.MaxValue;
        for (var dy = -reach; dy <= reach; dy++)
            for (var dx = -reach; dx <= reach; dx++)
            {
                double sum = 0;
                var count = 0;
                for (var y = Math.Max(top, dy); y < Math.Min(bottom, height + dy); y++)
                    for (var x = Math.Max(0, dx); x < Math.Min(width, width + dx); x++)
                    {
                        var difference = other.Luma(x, y) - Luma(x - dx, y - dy);
                        sum += difference * difference;
                        count++;
                    }
                if (sum / count >= least) continue;
                least = sum / count;
                best = (dx, dy);
            }
        return best;
    }

    private double Luma(int x, int y)
    {
        var (r, g, b) = this[x, y];
        return 0.3 * r + 0.59 * g + 0.11 * b;
    }
}
