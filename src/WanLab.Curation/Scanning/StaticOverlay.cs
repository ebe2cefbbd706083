using WanLab.Media;

namespace WanLab.Curation.Scanning;

/// <summary>
/// Finds texts and signs that stay in one place while the picture moves: the slopes of light of what moves are here and there, those of
/// an overlay are the same in nearly every frame, also of one that shines through.
/// </summary>
internal static class StaticOverlay
{
    private const int Side = 320;
    private const int FewestFrames = 6;
    private const double LeastSlope = 7; // mean slope that is an edge of an overlay
    private const double LeastAgreeing = 0.8; // share of the frames
    private const double LeastLight = 60;

    // What the camera follows, or zooms in on, stays too, in the middle of the picture. Signs stand at its edges.
    private const double MiddleWidth = 0.5, MiddleHeight = 0.5;
    private const double LeastChange = 7; // deviation of light over the frames of the picture around it
    private const double LeastMoving = 0.5; // share of the picture that changes so; a still picture says nothing
    private const int Cell = 8;
    private const double LeastFilled = 0.12; // share of a cell's pixels that are such edges
    private const int FewestCells = 3;
    private const double LeastOtherDirection = 0.2;
    private const double LeastAround = 0.75;
    private const double MostArea = 0.2;

    /// <summary>The rectangles in which something stays; empty where there is nothing or the picture does not move.</summary>
    public static IReadOnlyList<PictureArea> Of(RgbClip samples, PictureArea? within)
    {
        if (samples.Frames < FewestFrames) return [];
        var step = Math.Max(1, (int)Math.Round((double)Math.Max(samples.Width, samples.Height) / Side));
        var (width, height) = (samples.Width / step, samples.Height / step);
        var greys = Enumerable.Range(0, samples.Frames).Select(k => Grey(samples.Frame(k), samples.Width, width, height, step))
            .Where(grey => grey.Max() > LeastLight).ToList();
        var frames = greys.Count;
        if (frames < FewestFrames) return [];
        var (across, down, sum, squares) = (new double[width * height], new double[width * height], new double[width * height],
            new double[width * height]);
        foreach (var grey in greys)
            foreach (var i in Inner())
            {
                across[i] += (grey[i + 1] - grey[i - 1]) / frames;
                down[i] += (grey[i + width] - grey[i - width]) / frames;
                sum[i] += grey[i];
                squares[i] += grey[i] * grey[i];
            }
        // In how many frames the slope points as it does on average; one that passes through is there for a frame or two.
        var agreeing = new int[width * height];
        foreach (var grey in greys)
            foreach (var i in Inner())
            {
                var mean = across[i] * across[i] + down[i] * down[i];
                var along = (grey[i + 1] - grey[i - 1]) * across[i] + (grey[i + width] - grey[i - width]) * down[i];
                if (mean > LeastSlope * LeastSlope && along > 0.5 * mean && along < 2 * mean) agreeing[i]++;
            }
        IEnumerable<int> Inner() => from y in Enumerable.Range(1, height - 2) from x in Enumerable.Range(1, width - 2) select y * width + x;
        double Change(int i) => Math.Sqrt(Math.Max(0, squares[i] / frames - sum[i] * sum[i] / frames / frames));
        var area = within ?? new PictureArea(0, 0, 1, 1);
        var (x0, x1) = ((int)(area.X * width) + 3, (int)((area.X + area.Width) * width) - 3);
        var (y0, y1) = ((int)(area.Y * height) + 3, (int)((area.Y + area.Height) * height) - 3);
        int moving = 0, all = 0;
        for (var y = y0; y < y1; y++)
            for (var x = x0; x < x1; x++, all++)
                if (Change(y * width + x) > LeastChange) moving++;
        if (all == 0 || moving < LeastMoving * all) return [];

        bool Stays(int i) => agreeing[i] >= LeastAgreeing * frames;
        var cells = new bool[height / Cell + 1, width / Cell + 1];
        for (var row = 0; row <= height / Cell; row++)
            for (var column = 0; column <= width / Cell; column++)
            {
                int edges = 0, pixels = 0;
                double aa = 0, ad = 0, dd = 0;
                for (var y = Math.Max(y0, row * Cell); y < Math.Min(y1, (row + 1) * Cell); y++)
                    for (var x = Math.Max(x0, column * Cell); x < Math.Min(x1, (column + 1) * Cell); x++, pixels++)
                    {
                        var i = y * width + x;
                        if (!Stays(i)) continue;
                        edges++;
                        aa += across[i] * across[i];
                        ad += across[i] * down[i];
                        dd += down[i] * down[i];
                    }
                // An edge along a motion stays too, such as the horizon of a pan. Letters and signs have edges in every direction.
                var root = Math.Sqrt((aa - dd) * (aa - dd) + 4 * ad * ad);
                cells[row, column] = pixels > 0 && edges >= LeastFilled * pixels && edges > 3
                    && aa + dd - root > LeastOtherDirection * (aa + dd + root);
            }
        return [.. Islands(cells).Where(island => island.Cells >= FewestCells && IsSurrounded(island))
            .Select(island => new PictureArea((double)island.Left * Cell / width, (double)island.Top * Cell / height,
                Math.Min(1.0, (double)(island.Right + 1) * Cell / width) - (double)island.Left * Cell / width,
                Math.Min(1.0, (double)(island.Bottom + 1) * Cell / height) - (double)island.Top * Cell / height))
            .Where(found => found.Width * found.Height < MostArea
                && (Math.Abs(found.X + found.Width / 2 - 0.5) > MiddleWidth / 2
                    || Math.Abs(found.Y + found.Height / 2 - 0.5) > MiddleHeight / 2))];

        // It lies on a picture that moves: around it nearly everything changes.
        bool IsSurrounded((int Left, int Top, int Right, int Bottom, int Cells) island)
        {
            int changing = 0, around = 0;
            for (var y = Math.Max(y0, (island.Top - 1) * Cell); y < Math.Min(y1, (island.Bottom + 2) * Cell); y++)
                for (var x = Math.Max(x0, (island.Left - 1) * Cell); x < Math.Min(x1, (island.Right + 2) * Cell); x++)
                {
                    if (x >= island.Left * Cell && x < (island.Right + 1) * Cell && y >= island.Top * Cell
                        && y < (island.Bottom + 1) * Cell)
                        continue;
                    around++;
                    if (Change(y * width + x) > LeastChange) changing++;
                }
            return changing > LeastAround * around;
        }
    }

    // Cells that touch, or have one empty cell between them, belong together: letters have gaps.
    private static IEnumerable<(int Left, int Top, int Right, int Bottom, int Cells)> Islands(bool[,] cells)
    {
        for (var row = 0; row < cells.GetLength(0); row++)
            for (var column = 0; column < cells.GetLength(1); column++)
            {
                if (!cells[row, column]) continue;
                var (left, top, right, bottom, count) = (column, row, column, row, 0);
                var open = new Stack<(int Row, int Column)>([(row, column)]);
                cells[row, column] = false;
                while (open.TryPop(out var at))
                {
                    count++;
                    (left, right) = (Math.Min(left, at.Column), Math.Max(right, at.Column));
                    (top, bottom) = (Math.Min(top, at.Row), Math.Max(bottom, at.Row));
                    for (var r = Math.Max(0, at.Row - 1); r <= Math.Min(cells.GetLength(0) - 1, at.Row + 1); r++)
                        for (var c = Math.Max(0, at.Column - 2); c <= Math.Min(cells.GetLength(1) - 1, at.Column + 2); c++)
                            if (cells[r, c])
                            {
                                cells[r, c] = false;
                                open.Push((r, c));
                            }
                }
                yield return (left, top, right, bottom, count);
            }
    }

    private static double[] Grey(ReadOnlySpan<byte> frame, int fullWidth, int width, int height, int step)
    {
        var grey = new double[width * height];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                double sum = 0;
                for (var v = 0; v < step; v++)
                    for (var u = 0; u < step; u++)
                    {
                        var i = 3 * ((y * step + v) * fullWidth + x * step + u);
                        sum += 0.213 * frame[i] + 0.715 * frame[i + 1] + 0.072 * frame[i + 2];
                    }
                grey[y * width + x] = sum / (step * step);
            }
        return grey;
    }
}
