using WanLab.Curation.Motion;

namespace WanLab.Curation.Scanning;

/// <summary>Finds black stretches, clips too dark, too bright or without contrast, and flickering light.</summary>
internal static class LightFindings
{
    private const int BlackMean = 10;
    private const int BlackTop = 26;
    private const double LeastBlack = 0.1; // seconds
    private const int DarkHigh = 45;
    private const int BrightLow = 225;
    private const int LeastContrast = 26;
    private const double LeastFlicker = 1.0;
    private const double LeastTurns = 0.6;

    /// <summary>Whether a frame is black.</summary>
    public static bool IsBlack(in FrameLight light) => light.Mean < BlackMean && light.Top < BlackTop;

    /// <summary>The findings in the light of the frames.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="lights">The light of its frames.</param>
    /// <param name="cuts">Numbers of frames that begin another shot.</param>
    public static IEnumerable<ClipFinding> Of(GreyClip clip, IReadOnlyList<FrameLight> lights, IReadOnlyList<int> cuts)
    {
        var end = clip.Times[^1] + clip.Step;
        var shown = lights.Where(light => !IsBlack(light)).ToList();
        for (var k = 0; k < lights.Count; k++)
        {
            if (!IsBlack(lights[k])) continue;
            var first = k;
            while (k + 1 < lights.Count && IsBlack(lights[k + 1])) k++;
            var (from, to) = (clip.Times[first], k + 1 < lights.Count ? clip.Times[k + 1] : end);
            if (to - from < LeastBlack) continue;
            yield return new ClipFinding(FindingKind.Black, from, to, shown.Count == 0 ? "is black from beginning to end."
                : FormattableString.Invariant($"is black from {from:0.0#} to {to:0.0#} s."));
        }
        if (shown.Count == 0) yield break;

        var (high, low) = (Middle(shown.Select(l => (double)l.High)), Middle(shown.Select(l => (double)l.Low)));
        if (high < DarkHigh)
            yield return new ClipFinding(FindingKind.Dark, 0, end, FormattableString.Invariant(
                $"is so dark that little can be seen: 95 of 100 pixels are below {high / 2.55:0} % of the light."));
        else if (low > BrightLow)
            yield return new ClipFinding(FindingKind.Bright, 0, end, FormattableString.Invariant(
                $"is so bright that little can be seen: 95 of 100 pixels are above {low / 2.55:0} % of the light."));
        else if (Middle(shown.Select(l => (double)(l.High - l.Low))) is var contrast && contrast < LeastContrast)
            yield return new ClipFinding(FindingKind.Flat, 0, end, FormattableString.Invariant(
                $"has hardly any contrast: nine tenths of its pixels lie within {contrast / 2.55:0} % of the light."));
        if (Flicker(lights, cuts) is var flicker && flicker > LeastFlicker)
            yield return new ClipFinding(FindingKind.Flicker, 0, end, FormattableString.Invariant(
                $"flickers: its light jumps by {2 * flicker / 2.55:0.0} % from frame to frame."));
    }

    // The light of a frame against the mean of its neighbours. What moves changes it slowly; flicker turns back in almost every frame.
    private static double Flicker(IReadOnlyList<FrameLight> lights, IReadOnlyList<int> cuts)
    {
        var bends = new List<double>();
        for (var k = 1; k + 1 < lights.Count; k++)
        {
            if (cuts.Contains(k) || cuts.Contains(k + 1) || IsBlack(lights[k - 1]) || IsBlack(lights[k])
                || IsBlack(lights[k + 1])) continue;
            bends.Add(lights[k].Mean - (lights[k - 1].Mean + lights[k + 1].Mean) / 2);
        }
        if (bends.Count < 6) return 0;
        var turns = bends.Zip(bends.Skip(1)).Count(pair => pair.First * pair.Second < 0) / (bends.Count - 1.0);
        return turns < LeastTurns ? 0 : Middle(bends.Select(Math.Abs));
    }

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
