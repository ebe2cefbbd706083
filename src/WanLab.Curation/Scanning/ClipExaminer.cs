using WanLab.Curation.Motion;
using WanLab.Media;

namespace WanLab.Curation.Scanning;

/// <summary>The findings of one pass over a clip, before it is compared with other clips.</summary>
/// <param name="Facts">Size, frames and times.</param>
/// <param name="Motion">How it moves.</param>
/// <param name="Findings">What was found in it.</param>
/// <param name="Print">Its tiny pictures.</param>
/// <param name="Sharpness">From 0 (nothing sharp) to 1; not a number where there is no detail to judge by.</param>
internal sealed record ClipExamination(MediaFacts Facts, ClipMotion Motion, IReadOnlyList<ClipFinding> Findings, ClipPrint Print,
    double Sharpness);

/// <summary>Examines one clip: its cuts, light, bars, sharpness, overlays and motion, from one pass of the decoder.</summary>
internal static class ClipExaminer
{
    private const double MostBlurred = 0.58;
    private const int SmallestJudged = 96; // pixels; in less there is no room for the measure
    private const double LeastStill = 0.4; // seconds of rest at an end that are worth cutting off
    private const double LeastFrozen = 0.5;
    private const double SameFrame = 0.3; // mean difference of light between frames that show the same

    /// <summary>Decodes and examines a clip.</summary>
    /// <exception cref="WanLabException">The clip cannot be used.</exception>
    public static ClipExamination Examine(string path, CancellationToken cancellation) => Examine(FramePass.Of(path, cancellation));

    /// <summary>Examines a decoded clip.</summary>
    public static ClipExamination Examine(FramePass pass)
    {
        var facts = pass.Facts;
        var clip = new GreyClip(pass.Grey, pass.GreyWidth, pass.GreyHeight,
            [.. facts.FrameTimes.Where((_, k) => k % pass.GreyEvery == 0)]);
        var lights = FrameLight.Of(clip);
        var cuts = ShotChanges.Of(clip).Where(k => !LightFindings.IsBlack(lights[k - 1]) && !LightFindings.IsBlack(lights[k])).ToList();
        var bars = PictureBars.Of(pass.Colour);
        // Bars stand still, whatever the camera does.
        var motion = MotionMeter.Of(bars is { } inner ? clip.Part(inner) : clip, [.. cuts.Select(k => clip.Times[k])]);
        var sharpness = Sharpness(pass.Colour, bars);
        var light = LightFindings.Of(clip, lights, cuts).ToList();
        var isFaint = light.Any(finding => finding.Kind is FindingKind.Dark or FindingKind.Bright or FindingKind.Flat);
        List<ClipFinding> findings =
        [
            .. cuts.Select(k => new ClipFinding(FindingKind.Cut, clip.Times[k], clip.Times[k],
                FormattableString.Invariant($"cuts to another shot at {clip.Times[k]:0.00} s."))),
            .. light,
            .. Still(clip, lights, motion, facts, isFaint),
        ];
        if (bars is { } area)
            findings.Add(new ClipFinding(FindingKind.Bars, 0, facts.Duration, FormattableString.Invariant(
                $"has bars: the picture is {area.Width * facts.Width:0}x{area.Height * facts.Height:0} of {facts.Width}x{facts.Height}."))
            { Area = area });
        // A picture with light and dark parts but without any detail is blurred most of all.
        var isPlain = isFaint || lights.All(frame => LightFindings.IsBlack(frame));
        var isSmall = Math.Min(facts.Width, facts.Height) < SmallestJudged;
        if (double.IsNaN(sharpness) ? !isPlain && !isSmall : 1 - sharpness > MostBlurred)
            findings.Add(new ClipFinding(FindingKind.Blurred, 0, facts.Duration,
                "is blurred: nothing in it is sharp. It is out of focus, or was enlarged from a small picture."));
        findings.AddRange(StaticOverlay.Of(Moving(pass, motion), bars).Select(place => new ClipFinding(FindingKind.Overlay, 0,
            facts.Duration,
            $"has something {Place(place)} that stays while the picture moves, such as a text or a sign.") { Area = place }));
        return new ClipExamination(facts, motion, [.. findings.OrderBy(finding => finding.From).ThenBy(finding => finding.Kind)],
            ClipPrint.Of(clip, bars), sharpness);
    }

    // The frames in colour from where the motion starts to where it ends.
    private static RgbClip Moving(FramePass pass, ClipMotion motion)
    {
        bool Moves(int k) => pass.Facts.FrameTimes[Math.Min(k * pass.ColourEvery, pass.Facts.FrameCount - 1)] is var time
            && time >= motion.StartsAt && time <= motion.EndsAt;
        var first = Enumerable.Range(0, pass.Colour.Frames).FirstOrDefault(Moves);
        return pass.Colour.Part(first, Enumerable.Range(first, pass.Colour.Frames - first).TakeWhile(Moves).Count());
    }

    private static IEnumerable<ClipFinding> Still(GreyClip clip, IReadOnlyList<FrameLight> lights, ClipMotion motion, MediaFacts facts,
        bool isFaint)
    {
        if (clip.Frames < 2 || lights.All(light => LightFindings.IsBlack(light))) yield break;
        var end = clip.Times[^1] + clip.Step;
        if (motion.EndsAt <= motion.StartsAt)
        {
            yield return new ClipFinding(FindingKind.NoMotion, 0, end, "does not move from its first frame to its last.");
            yield break;
        }
        // Of a picture that can hardly be seen, nothing says where its motion begins.
        if (isFaint) yield break;
        if (motion.StartsAt >= LeastStill)
            yield return new ClipFinding(FindingKind.StillHead, 0, motion.StartsAt,
                FormattableString.Invariant($"stands still at first; the motion starts at {motion.StartsAt:0.0} s."));
        if (end - motion.EndsAt >= LeastStill)
            yield return new ClipFinding(FindingKind.StillTail, motion.EndsAt, end,
                FormattableString.Invariant($"stands still from {motion.EndsAt:0.0} s to its end."));
        for (var k = 1; k < clip.Frames; k++)
        {
            var first = k - 1;
            while (k < clip.Frames && IsSame(clip.Frame(k - 1), clip.Frame(k))) k++;
            var (from, to) = (clip.Times[first], clip.Times[Math.Min(k, clip.Frames - 1)]);
            if (to - from < LeastFrozen || from < motion.StartsAt + 1e-9 || to > motion.EndsAt
                || LightFindings.IsBlack(lights[first])) continue;
            yield return new ClipFinding(FindingKind.Frozen, from, to,
                FormattableString.Invariant($"is frozen from {from:0.0} to {to:0.0} s."));
        }
    }

    private static bool IsSame(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        long sum = 0;
        for (var i = 0; i < first.Length; i++) sum += Math.Abs(first[i] - second[i]);
        return sum < SameFrame * first.Length;
    }

    // That of the sharpest frame: a fast motion blurs single frames.
    private static double Sharpness(RgbClip samples, PictureArea? within)
    {
        var best = double.NaN;
        var area = within ?? new PictureArea(0, 0, 1, 1);
        var (x, y) = ((int)Math.Ceiling(area.X * samples.Width), (int)Math.Ceiling(area.Y * samples.Height));
        var (width, height) = ((int)(area.Width * samples.Width) - 1, (int)(area.Height * samples.Height) - 1);
        for (var k = 0; k < samples.Frames; k++)
        {
            var frame = samples.Frame(k);
            var grey = new byte[width * height];
            for (var v = 0; v < height; v++)
                for (var u = 0; u < width; u++)
                {
                    var i = 3 * ((y + v) * samples.Width + x + u);
                    grey[v * width + u] = (byte)((54 * frame[i] + 183 * frame[i + 1] + 19 * frame[i + 2] + 128) >> 8);
                }
            var sharp = 1 - PictureBlur.Of(grey, width, height);
            if (double.IsNaN(best) || sharp > best) best = sharp;
        }
        return best;
    }

    private static string Place(PictureArea area)
    {
        var (x, y) = (area.X + area.Width / 2, area.Y + area.Height / 2);
        var row = y < 0.34 ? "at the top" : y > 0.66 ? "at the bottom" : "in the middle";
        return x < 0.34 ? row + " left" : x > 0.66 ? row + " right" : row;
    }
}
