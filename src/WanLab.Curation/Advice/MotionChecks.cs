using WanLab.Curation.Motion;
using WanLab.Curation.Scanning;
using WanLab.Jobs.Recipes;

namespace WanLab.Curation.Advice;

/// <summary>Checks of what a scan has found: how the clips move, and what is wrong with them.</summary>
internal static partial class MotionChecks
{
    private const double Filled = 0.85, HalfFilled = 0.6, Late = 0.5; // shares of the time; seconds
    private const double Agreed = 0.8, HalfAgreed = 0.5, Sure = 0.5;

    /// <summary>All checks of a kind.</summary>
    public static IEnumerable<AdviceCheck> Of(RecipeKind kind, IReadOnlyList<AdviceClip> clips)
    {
        List<AdviceClip> scanned = [.. clips.Where(clip => clip.Scan is not null)];
        if (scanned.Count > 0) yield return Faults(scanned);
        else yield return Unknown("faults");
        List<AdviceClip> moving = [.. clips.Where(clip => clip.Scan?.Motion is not null)];
        if (kind != RecipeKind.Motion || clips.All(clip => clip.Facts.FrameCount < 2)) yield break;
        if (moving.Count == 0)
        {
            yield return Unknown("share of motion");
            yield return Unknown("one motion");
            yield break;
        }
        yield return Share(moving);
        yield return Agreement(moving);
    }

    private static AdviceCheck Unknown(string name) =>
        new(name, AdviceGrade.Unknown, "not measured") { Todo = "Scan the folder first: wanlab dataset scan DIR." };

    // A part that was cut has lost what lay outside; only what a part cannot lose is held against it.
    private static AdviceCheck Faults(List<AdviceClip> clips)
    {
        var found = clips.Select(clip => (clip.Name, Kinds: clip.Scan!.Findings
            .Where(finding => Lies(finding, clip) && (finding.Kind != FindingKind.Duplicate || IsThere(finding.Other, clips)))
            .Select(finding => finding.Kind).Distinct().ToList())).Where(clip => clip.Kinds.Count > 0).ToList();
        if (found.Count == 0) return new("faults", AdviceGrade.Good, "the scan found none in these clips");
        var kinds = found.SelectMany(clip => clip.Kinds).CountBy(fault => fault).OrderByDescending(fault => fault.Value)
            .Select(fault => $"{Word(fault.Key)} {fault.Value}");
        return new("faults", found.Count * 4 > clips.Count ? AdviceGrade.Poor : AdviceGrade.Fair,
            $"{Numbers.Of(found.Count, "clip has", "clips have")} faults: {string.Join(", ", kinds)}")
        {
            Todo = "Trim, split, crop or drop them; 'wanlab dataset scan' says where.",
            Clips = [.. found.Select(clip => clip.Name)],
        };
    }

    // The better one of two that show the same may have been dropped.
    private static bool IsThere(string? file, List<AdviceClip> clips) =>
        clips.Exists(clip => clip.Name == file || clip.Name.StartsWith($"{file} part ", StringComparison.Ordinal));

    private static bool Lies(ClipFinding finding, AdviceClip clip)
    {
        if (!clip.IsPart) return true;
        if (finding.Kind == FindingKind.Bars) return false; // a crop may have taken them, and the X-ray shows it
        return finding.LiesIn(clip.From, clip.From + clip.Facts.Duration);
    }

    private static AdviceCheck Share(List<AdviceClip> clips)
    {
        var moves = clips.Select(clip => (Clip: clip, Share: ShareOf(clip))).ToList();
        var share = moves.Sum(each => each.Share * each.Clip.Facts.Duration) / clips.Sum(clip => clip.Facts.Duration);
        List<string> late = [.. moves.Where(each => (1 - each.Share) * each.Clip.Facts.Duration > Late).Select(each => each.Clip.Name)];
        var found = $"{Numbers.Percent(Math.Round(share, 2))} of the time something moves";
        return share >= Filled ? new("share of motion", AdviceGrade.Good, found)
            : new("share of motion", share >= HalfFilled ? AdviceGrade.Fair : AdviceGrade.Poor, found)
            {
                Todo = "Cut still starts and ends away, for a window of frames may fall into them: wanlab dataset edit DIR CLIP --trim.",
                Clips = late,
            };
    }

    private static double ShareOf(AdviceClip clip)
    {
        var motion = clip.Scan!.Motion!;
        var (from, to) = (Math.Max(motion.StartsAt, clip.From), Math.Min(motion.EndsAt, clip.From + clip.Facts.Duration));
        var isStill = motion.Phrase == "" && motion.Camera == CameraMove.Still;
        return isStill ? 0 : Math.Clamp((to - from) / clip.Facts.Duration, 0, 1);
    }

    private static AdviceCheck Agreement(List<AdviceClip> clips)
    {
        List<AdviceClip> sure = [.. clips.Where(clip => clip.Scan!.Motion!.Confidence >= Sure)];
        if (sure.Count == 0) return new("one motion", AdviceGrade.Unknown, "no clip's camera motion is clear");
        var moves = sure.GroupBy(clip => clip.Scan!.Motion!.Camera).OrderByDescending(move => move.Count()).ToList();
        var share = moves[0].Count() / (double)sure.Count;
        var found = $"{moves[0].Count()} of {sure.Count} clips: {Word(moves[0].Key)}";
        return share >= Agreed ? new("one motion", AdviceGrade.Good, found)
            : new("one motion", share >= HalfAgreed ? AdviceGrade.Fair : AdviceGrade.Poor,
                $"{found}; others: {string.Join(", ", moves.Skip(1).Select(move => $"{Word(move.Key)} {move.Count()}"))}")
            {
                Todo = "Keep to one motion, or name each in its captions.",
                Clips = [.. moves.Skip(1).SelectMany(move => move).Select(clip => clip.Name)],
            };
    }

    // PanLeft as "pan left".
    private static string Word(Enum value) => Letters().Replace(value.ToString(), " $1").Trim().ToLowerInvariant();

    [GeneratedRegex("([A-Z])")]
    private static partial Regex Letters();
}
