using WanLab.Curation.Motion;

namespace WanLab.Curation.Scanning;

/// <summary>
/// Finds hard cuts: places where the blocks of a frame are found nowhere near in the frame before. A motion moves blocks and a flash
/// changes their light, but both leave their patterns; a flash is also over when the same picture comes back.
/// </summary>
internal static class ShotChanges
{
    private const int Block = 8;
    private const int Reach = 8; // pixels of a frame at half the size
    private const double LeastChange = 5; // mean change of light that makes a frame worth a closer look
    private const double LeastNovelty = 0.42; // share of the pattern that the frame before does not explain
    private const double TimesTheUsual = 1.8;
    private const double LeastPattern = 2.5; // mean deviation within a block; less is a plain picture
    private const double LeastPlainChange = 25;
    private const int Around = 4;

    /// <summary>Numbers of the frames that begin another shot.</summary>
    public static IReadOnlyList<int> Of(GreyClip clip)
    {
        if (clip.Frames < 3) return [];
        var small = Enumerable.Range(0, clip.Frames).Select(k => Halved(clip.Frame(k), clip.Width, clip.Height)).ToList();
        var (width, height) = (clip.Width / 2, clip.Height / 2);
        var changes = Enumerable.Range(0, clip.Frames).Select(k => k == 0 ? 0 : Change(small[k - 1], small[k])).ToList();
        var known = new Dictionary<(int, int), double>();
        double NoveltyOf(int before, int after) => known.TryGetValue((before, after), out var value) ? value
            : known[(before, after)] = Novelty(small[before], small[after], width, height);

        var cuts = new List<int>();
        for (var k = 1; k < clip.Frames; k++)
        {
            if (changes[k] < LeastChange || IsFlash(k)) continue;
            var novelty = NoveltyOf(k - 1, k);
            var isPlain = double.IsNaN(novelty);
            if (isPlain ? changes[k] < LeastPlainChange : novelty < LeastNovelty) continue;
            var around = Enumerable.Range(k - Around, 2 * Around + 1).Where(j => j >= 1 && j < clip.Frames && j != k).ToList();
            var usual = isPlain ? Middle(around.Select(j => changes[j]))
                : Middle(around.Select(j => NoveltyOf(j - 1, j)).Where(double.IsFinite));
            if ((isPlain ? changes[k] : novelty) > TimesTheUsual * usual) cuts.Add(k);
        }
        return cuts;

        // The picture of before comes back within three frames.
        bool IsFlash(int k)
        {
            for (var back = k + 1; back <= Math.Min(k + 3, clip.Frames - 1); back++)
                if (NoveltyOf(k - 1, back) < LeastNovelty && Change(small[k - 1], small[back]) < 0.5 * changes[k]) return true;
            // This may also be the frame in which the flash ends.
            for (var before = k - 2; before >= Math.Max(0, k - 4); before--)
                if (NoveltyOf(before, k) < LeastNovelty && Change(small[before], small[k]) < 0.5 * changes[k]) return true;
            return false;
        }
    }

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[sorted.Count / 2];
    }

    private static byte[] Halved(ReadOnlySpan<byte> frame, int width, int height)
    {
        var half = new byte[width / 2 * (height / 2)];
        for (var y = 0; y < height / 2; y++)
            for (var x = 0; x < width / 2; x++)
            {
                var i = 2 * y * width + 2 * x;
                half[y * (width / 2) + x] = (byte)((frame[i] + frame[i + 1] + frame[i + width] + frame[i + width + 1] + 2) / 4);
            }
        return half;
    }

    private static double Change(byte[] first, byte[] second)
    {
        long sum = 0;
        for (var i = 0; i < first.Length; i++) sum += Math.Abs(first[i] - second[i]);
        return (double)sum / first.Length;
    }

    // The share of the second frame's pattern that no shift of the first frame's explains: 0 where it only moved, about 0.6 in
    // another picture. Not a number where there is hardly a pattern.
    private static double Novelty(byte[] first, byte[] second, int width, int height)
    {
        long left = 0, pattern = 0;
        var blocks = 0;
        for (var y = 0; y + Block <= height; y += Block)
            for (var x = 0; x + Block <= width; x += Block)
            {
                var mean = Sum(second, width, x, y);
                var own = Deviation(second, width, x, y, mean);
                blocks++;
                pattern += own;
                left += Math.Min(own, Best(first, second, width, height, x, y, mean, own));
            }
        return blocks == 0 || pattern < LeastPattern * blocks * Block * Block ? double.NaN : (double)left / pattern;
    }

    private static long Best(byte[] first, byte[] second, int width, int height, int x, int y, int mean, long own)
    {
        var best = own;
        for (var v = Math.Max(0, y - Reach); v <= Math.Min(height - Block, y + Reach); v++)
            for (var u = Math.Max(0, x - Reach); u <= Math.Min(width - Block, x + Reach); u++)
            {
                // Light may change as a whole: what counts is the pattern around the mean.
                var shift = (Sum(first, width, u, v) - mean) / (Block * Block);
                long sum = 0;
                for (var row = 0; row < Block && sum < best; row++)
                {
                    var (a, b) = ((v + row) * width + u, (y + row) * width + x);
                    for (var column = 0; column < Block; column++) sum += Math.Abs(first[a + column] - shift - second[b + column]);
                }
                best = Math.Min(best, sum);
            }
        return best;
    }

    private static int Sum(byte[] frame, int width, int x, int y)
    {
        var sum = 0;
        for (var row = 0; row < Block; row++)
            for (var column = 0; column < Block; column++) sum += frame[(y + row) * width + x + column];
        return sum;
    }

    private static long Deviation(byte[] frame, int width, int x, int y, int sum)
    {
        var mean = sum / (Block * Block);
        long deviation = 0;
        for (var row = 0; row < Block; row++)
            for (var column = 0; column < Block; column++) deviation += Math.Abs(frame[(y + row) * width + x + column] - mean);
        return deviation;
    }
}
