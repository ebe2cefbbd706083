using WanLab.Curation.Motion;

namespace WanLab.Curation.Scanning;

/// <summary>The spread of a frame's light, from 0 to 255.</summary>
/// <param name="Mean">Mean light.</param>
/// <param name="Low">Light below which 5 of 100 pixels are.</param>
/// <param name="Middle">Light below which half of the pixels are.</param>
/// <param name="High">Light below which 95 of 100 pixels are.</param>
/// <param name="Top">Light below which 99 of 100 pixels are.</param>
internal readonly record struct FrameLight(double Mean, int Low, int Middle, int High, int Top)
{
    /// <summary>The light of a frame's pixels.</summary>
    public static FrameLight Of(ReadOnlySpan<byte> frame)
    {
        Span<int> counts = stackalloc int[256];
        foreach (var light in frame) counts[light]++;
        long sum = 0;
        for (var light = 0; light < 256; light++) sum += (long)light * counts[light];
        return new FrameLight((double)sum / frame.Length, Below(counts, 0.05 * frame.Length), Below(counts, 0.5 * frame.Length),
            Below(counts, 0.95 * frame.Length), Below(counts, 0.99 * frame.Length));
    }

    /// <summary>The light of every frame of a clip.</summary>
    public static IReadOnlyList<FrameLight> Of(GreyClip clip) => [.. Enumerable.Range(0, clip.Frames).Select(k => Of(clip.Frame(k)))];

    private static int Below(Span<int> counts, double share)
    {
        var seen = 0;
        for (var light = 0; light < 256; light++)
        {
            seen += counts[light];
            if (seen >= share) return light;
        }
        return 255;
    }
}
