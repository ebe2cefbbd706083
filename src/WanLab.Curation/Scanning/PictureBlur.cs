namespace WanLab.Curation.Scanning;

/// <summary>
/// Says how blurred a picture is (after Crete and others, 2007): a sharp picture loses most of its differences between neighbours when it
/// is blurred once more, a blurred one keeps them. The sharpest parts count, because a background out of focus is no fault.
/// </summary>
internal static class PictureBlur
{
    private const int Reach = 4;
    private const int Tiles = 6;
    private const double SharpestPart = 0.15;
    private const double LeastDetail = 1.0; // mean difference of neighbours in a tile that says something

    /// <summary>From 0 (sharp) to 1 (nothing sharp in it); not a number where the picture has no detail to judge by.</summary>
    /// <param name="grey">Light, [height, width].</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    public static double Of(byte[] grey, int width, int height)
    {
        var (found, stripes) = (new List<double>(), new List<double>());
        for (var row = 0; row < Tiles; row++)
            for (var column = 0; column < Tiles; column++)
            {
                var (x0, x1) = (Math.Max(Reach + 1, width * column / Tiles), Math.Min(width - Reach - 1, width * (column + 1) / Tiles));
                var (y0, y1) = (Math.Max(Reach + 1, height * row / Tiles), Math.Min(height - Reach - 1, height * (row + 1) / Tiles));
                if (x1 - x0 < 8 || y1 - y0 < 8) continue;
                var across = Tile(grey, width, x0, x1, y0, y1, 1);
                var down = Tile(grey, width, x0, x1, y0, y1, width);
                if (!double.IsNaN(across) && !double.IsNaN(down)) found.Add(Math.Max(across, down));
                else if (!double.IsNaN(across) || !double.IsNaN(down)) stripes.Add(double.IsNaN(across) ? down : across);
            }
        // Stripes show in one direction only how sharp they are; they count where there is nothing else.
        if (found.Count == 0) found = stripes;
        if (found.Count == 0) return double.NaN;
        found.Sort();
        return found[(int)(SharpestPart * found.Count)];
    }

    private static double Tile(byte[] grey, int width, int x0, int x1, int y0, int y1, int step)
    {
        long all = 0;
        double lost = 0;
        for (var y = y0; y < y1; y++)
            for (var x = x0; x < x1; x++)
            {
                var i = y * width + x;
                var difference = Math.Abs(grey[i] - grey[i - step]);
                // The difference of two sliding means has only the ends of both.
                var blurred = Math.Abs(grey[i + Reach * step] - grey[i - (Reach + 1) * step]) / (2.0 * Reach + 1);
                all += difference;
                lost += Math.Max(0, difference - blurred);
            }
        return all < LeastDetail * (x1 - x0) * (y1 - y0) ? double.NaN : (all - lost) / all;
    }
}
