using WanLab.Datasets;
using WanLab.Encodings;

namespace WanLab.Training;

/// <summary>
/// The native windows that a run will draw. They are functions of its seed and steps, so they are known, and can be encoded, before it
/// starts. Their number is bounded; windows beyond the bounds are encoded when they are drawn.
/// </summary>
internal sealed record DrawnWindows
{
    /// <summary>The most bytes that the windows of a run take in the cache.</summary>
    public const long MostBytes = 32L << 30;

    private const int MostWindows = 100_000;
    private const long MostDraws = 1_000_000;

    /// <summary>The windows to encode for each clip, by the clip.</summary>
    public required IReadOnlyDictionary<CachedClip, IReadOnlyList<int[]>> Windows { get; init; }

    /// <summary>Whether the run may draw windows that are not among them.</summary>
    public required bool AreMore { get; init; }

    /// <summary>The distinct windows, those that are drawn first before others.</summary>
    /// <param name="draws">What the run draws, in its order.</param>
    /// <param name="mostBytes">The most bytes of all windows in the cache.</param>
    public static DrawnWindows Of(IEnumerable<(EncodedClip Clip, double U)> draws, long mostBytes = MostBytes)
    {
        var windows = new Dictionary<CachedClip, HashSet<int[]>>(ReferenceEqualityComparer.Instance);
        var (bytes, count, drawn, more) = (0L, 0, 0L, false);
        foreach (var (encoded, u) in draws)
        {
            if (++drawn > MostDraws)
            {
                more = true;
                break;
            }
            if (encoded is not CachedClip { Clip.Sampling: FrameSampling.Native } clip) continue;
            if (!windows.TryGetValue(clip, out var known)) windows[clip] = known = new HashSet<int[]>(FrameNumbers.Same);
            var frames = clip.Clip.PickFrames(u);
            if (known.Contains(frames)) continue;
            if (count == MostWindows || bytes + BytesOf(clip.Clip) > mostBytes)
            {
                more = true;
                break;
            }
            known.Add(frames);
            bytes += BytesOf(clip.Clip);
            count++;
        }
        return new DrawnWindows
        {
            Windows = windows.ToDictionary(pair => pair.Key, IReadOnlyList<int[]> (pair) => [.. pair.Value], windows.Comparer),
            AreMore = more,
        };
    }

    /// <summary>Bytes of a window in the cache: 16 channels of latents and 20 of mask and condition, float32.</summary>
    public static long BytesOf(Clip clip) =>
        36L * 4 * new Media.ClipSize(clip.Bucket.Width, clip.Bucket.Height, clip.NumFrames).LatentPixels;
}
