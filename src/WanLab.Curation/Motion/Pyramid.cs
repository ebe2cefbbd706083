namespace WanLab.Curation.Motion;

/// <summary>A frame in halving sizes, with its slopes: what the search for a motion needs.</summary>
internal sealed class Pyramid
{
    private const int Smallest = 20;

    private Pyramid(List<Level> levels) => Levels = levels;

    /// <summary>From the full size down.</summary>
    public IReadOnlyList<Level> Levels { get; }

    /// <summary>Makes a pyramid of a frame.</summary>
    public static Pyramid Of(ReadOnlySpan<byte> frame, int width, int height)
    {
        var light = new float[width * height];
        for (var i = 0; i < light.Length; i++) light[i] = frame[i];
        // A little blur: slopes of single pixels are noise.
        var levels = new List<Level> { new(Blurred(light, width, height), width, height) };
        while (Math.Min(levels[^1].Width, levels[^1].Height) / 2 >= Smallest && levels.Count < 4) levels.Add(levels[^1].Halved());
        return new Pyramid(levels);
    }

    // Binomial weights 1 2 1 in both directions.
    private static float[] Blurred(float[] light, int width, int height)
    {
        var across = new float[light.Length];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var i = y * width + x;
                across[i] = 0.25f * (light[x == 0 ? i : i - 1] + 2 * light[i] + light[x == width - 1 ? i : i + 1]);
            }
        var both = new float[light.Length];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var i = y * width + x;
                both[i] = 0.25f * (across[y == 0 ? i : i - width] + 2 * across[i] + across[y == height - 1 ? i : i + width]);
            }
        return both;
    }

    /// <summary>One size of the frame.</summary>
    /// <param name="Light">Light, [height, width].</param>
    /// <param name="Width">Pixels across.</param>
    /// <param name="Height">Pixels down.</param>
    public sealed record Level(float[] Light, int Width, int Height)
    {
        /// <summary>The slope of the light from left to right, [height, width].</summary>
        public float[] Across { get; } = Slopes(Light, Width, Height, 1);

        /// <summary>The slope of the light downwards, [height, width].</summary>
        public float[] Down { get; } = Slopes(Light, Width, Height, Width);

        /// <summary>Light between pixels; outside, that of the edge.</summary>
        public float At(float x, float y)
        {
            x = Math.Clamp(x, 0, Width - 1.001f);
            y = Math.Clamp(y, 0, Height - 1.001f);
            int left = (int)x, top = (int)y;
            float right = x - left, below = y - top;
            var i = top * Width + left;
            var upper = Light[i] + right * (Light[i + 1] - Light[i]);
            var lower = Light[i + Width] + right * (Light[i + Width + 1] - Light[i + Width]);
            return upper + below * (lower - upper);
        }

        /// <summary>The frame at half the size.</summary>
        public Level Halved()
        {
            int width = Width / 2, height = Height / 2;
            var light = new float[width * height];
            for (var y = 0; y < height; y++)
                for (var x = 0; x < width; x++)
                {
                    var i = 2 * y * Width + 2 * x;
                    light[y * width + x] = 0.25f * (Light[i] + Light[i + 1] + Light[i + Width] + Light[i + Width + 1]);
                }
            return new Level(Blurred(light, width, height), width, height);
        }

        private static float[] Slopes(float[] light, int width, int height, int step)
        {
            var slopes = new float[light.Length];
            for (var y = 1; y < height - 1; y++)
                for (var x = 1; x < width - 1; x++)
                {
                    var i = y * width + x;
                    slopes[i] = 0.5f * (light[i + step] - light[i - step]);
                }
            return slopes;
        }
    }
}
