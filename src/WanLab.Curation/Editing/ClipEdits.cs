using WanLab.Curation.Scanning;
using WanLab.Media;

namespace WanLab.Curation.Editing;

/// <summary>
/// The edits: each makes new decisions from those that stand. A part is named by its number from 1; null means all parts.
/// </summary>
internal static class ClipEdits
{
    /// <summary>Keeps a range of frames, of the whole clip or as a part's new range. The crop stays.</summary>
    /// <exception cref="WanLabException">There are several parts and none is named, or there is no such part.</exception>
    public static ClipCuration Trim(ClipCuration now, int first, int end, MediaFacts facts, int? part = null)
    {
        if (now.Parts.Count > 1 && part is null)
            throw new WanLabException($"The clip has {now.Parts.Count} parts; say with --part which one to trim.");
        return Simple(Each(now, facts, part, each => each with { First = first, End = end }), facts);
    }

    /// <summary>Keeps what the parts have of a range of frames; a part that has nothing of it goes.</summary>
    /// <exception cref="WanLabException">There is no such part.</exception>
    public static ClipCuration Within(ClipCuration now, int first, int end, MediaFacts facts, int? part = null)
    {
        var parts = Parts(now, facts);
        if (part is { } number) Require(parts, number);
        List<ClipPart> kept = [.. parts.Select((each, k) => part is null || k == part - 1
            ? each with { First = Math.Max(each.First, first), End = Math.Min(each.End, end) } : each)
            .Where(each => each.First < each.End)];
        return Simple(now with { Parts = kept }, facts);
    }

    /// <summary>Splits the parts in which the places lie.</summary>
    /// <param name="now">The decisions.</param>
    /// <param name="places">Numbers of the frames that begin a new part.</param>
    /// <param name="facts">The clip.</param>
    /// <exception cref="WanLabException">No place lies inside of a part.</exception>
    public static ClipCuration Split(ClipCuration now, IEnumerable<int> places, MediaFacts facts)
    {
        var parts = Parts(now, facts).ToList();
        foreach (var place in places)
        {
            var at = parts.FindIndex(part => part.First < place && place < part.End);
            if (at < 0)
            {
                // A cut at the edge of a part is one already.
                if (parts.Exists(part => part.First == place || part.End == place)) continue;
                throw new WanLabException($"Frame {place} lies in no part of the clip; it was trimmed away.");
            }
            var part = parts[at];
            parts[at] = part with { End = place, Name = null };
            parts.Insert(at + 1, part with { First = place, Name = null });
        }
        return Simple(now with { Parts = parts }, facts);
    }

    /// <summary>Crops the picture.</summary>
    /// <param name="now">The decisions.</param>
    /// <param name="area">The area, in even numbers; null keeps the whole picture.</param>
    /// <param name="facts">The clip.</param>
    /// <param name="part">The part to crop.</param>
    public static ClipCuration Crop(ClipCuration now, PixelArea? area, MediaFacts facts, int? part = null)
    {
        var crop = area is { } some && CropChoice.IsWhole(some, facts) ? null : area;
        return Simple(Each(now, facts, part, each => each with { Crop = crop }), facts);
    }

    /// <summary>Cuts bars away that a scan has found.</summary>
    /// <param name="now">The decisions.</param>
    /// <param name="finding">The finding, which has the area without bars.</param>
    /// <param name="facts">The clip.</param>
    public static ClipCuration RemoveBars(ClipCuration now, ClipFinding finding, MediaFacts facts)
    {
        if (finding is not { Kind: FindingKind.Bars, Area: { } area })
            throw new ArgumentException($"A finding of the kind {finding.Kind} has no bars to remove.", nameof(finding));
        // Inwards: half a row of a bar would stay in every frame. The bound keeps noise of the fractions from costing a row.
        const double noise = 1e-6;
        int left = (int)Math.Ceiling(area.X * facts.Width - noise), top = (int)Math.Ceiling(area.Y * facts.Height - noise);
        int right = (int)Math.Floor((area.X + area.Width) * facts.Width + noise);
        int bottom = (int)Math.Floor((area.Y + area.Height) * facts.Height + noise);
        return Crop(now, CropChoice.Within(new PixelArea(left, top, right - left, bottom - top), facts, "without bars"), facts);
    }

    /// <summary>Leaves the clip out, or one part of it.</summary>
    /// <exception cref="WanLabException">There is no such part.</exception>
    public static ClipCuration Drop(ClipCuration now, MediaFacts? facts = null, int? part = null)
    {
        if (part is not { } number) return now with { Dropped = true, Accepted = false };
        var parts = Parts(now, facts!).ToList();
        Require(parts, number);
        if (parts.Count == 1) throw new WanLabException("It is the only part of the clip; drop the clip without --part.");
        parts.RemoveAt(number - 1);
        return now with { Parts = parts };
    }

    /// <summary>Takes a dropped clip in again, with its parts.</summary>
    public static ClipCuration Restore(ClipCuration now) => now with { Dropped = false };

    /// <summary>Keeps the clip as it is: no drop, no parts, no crop, its own name.</summary>
    public static ClipCuration Reset(ClipCuration now) => new() { Accepted = now.Accepted };

    /// <summary>Gives the clip, or a part of it, a new name.</summary>
    /// <exception cref="WanLabException">The name cannot be one of a file, or there is no such part.</exception>
    public static ClipCuration Rename(ClipCuration now, string name, MediaFacts? facts = null, int? part = null)
    {
        if (ClipNames.Complaint(name) is { } complaint) throw new WanLabException(complaint);
        return part is null ? now with { Name = name } : Each(now, facts!, part, each => each with { Name = name });
    }

    /// <summary>The parts of a clip; one of its whole length where there are none.</summary>
    public static IReadOnlyList<ClipPart> Parts(ClipCuration now, MediaFacts facts) =>
        now.Parts.Count > 0 ? now.Parts : [new ClipPart(0, facts.FrameCount)];

    private static ClipCuration Each(ClipCuration now, MediaFacts facts, int? part, Func<ClipPart, ClipPart> edit)
    {
        var parts = Parts(now, facts);
        if (part is { } number) Require(parts, number);
        return now with { Parts = [.. parts.Select((each, k) => part is null || k == part - 1 ? edit(each) : each)] };
    }

    // One part of the whole length with nothing to say is no part: such a clip is copied and not encoded again.
    private static ClipCuration Simple(ClipCuration now, MediaFacts facts) =>
        now.Parts is [var only] && only == new ClipPart(0, facts.FrameCount) ? now with { Parts = [] } : now;

    private static void Require(IReadOnlyList<ClipPart> parts, int number)
    {
        if (number < 1 || number > parts.Count)
            throw new WanLabException($"There is no part {number}; the clip has {Numbers.Of(parts.Count, "part")}, numbered from 1.");
    }
}
