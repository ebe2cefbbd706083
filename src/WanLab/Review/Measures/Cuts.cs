using WanLab.Media;

namespace WanLab.Review.Measures;

/// <summary>Finds hard cuts, across which no motion can be measured.</summary>
internal static class Cuts
{
    // At a cut most of the picture changes at once; the fastest motion and the hardest flash of a lamp change it less,
    // or as much before and after.
    private const double LeastChange = 0.12;
    private const double TimesTheUsual = 6;

    /// <summary>Numbers of the frames that begin a new shot.</summary>
    public static IReadOnlyList<int> Of(RgbClip clip)
    {
        var changes = Enumerable.Range(1, Math.Max(0, clip.Frames - 1)).Select(t => ClipMeasures.Change(clip, t)).ToList();
        return [.. Enumerable.Range(0, changes.Count).Where(k => IsCut(changes, k)).Select(k => k + 1)];
    }

    /// <summary>The longest part of the clip without a cut.</summary>
    public static (int From, int Frames) LongestShot(RgbClip clip, IReadOnlyList<int> cuts)
    {
        int[] bounds = [0, .. cuts, clip.Frames];
        return bounds.Zip(bounds.Skip(1), (from, to) => (From: from, Frames: to - from)).MaxBy(shot => shot.Frames);
    }

    private static bool IsCut(List<double> changes, int k)
    {
        if (changes[k] < LeastChange) return false;
        var around = changes.Skip(Math.Max(0, k - 4)).Take(k < 4 ? k : 4).Concat(changes.Skip(k + 1).Take(4)).ToList();
        return around.Count == 0 || changes[k] > TimesTheUsual * around.Average();
    }
}
