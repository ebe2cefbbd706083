using WanLab.Jobs.Recipes;

namespace WanLab.Curation.Advice;

/// <summary>Checks of variety and look, by sketches of a frame.</summary>
internal static class PictureChecks
{
    private const double Enough = 0.5, Few = 0.25; // share of scenes among clips
    private const double OddLook = 0.22, OddTimes = 2.5, NarrowLight = 0.08;

    /// <summary>All checks of a kind.</summary>
    public static IEnumerable<AdviceCheck> Of(RecipeKind kind, IReadOnlyList<AdviceClip> clips)
    {
        List<AdviceClip> seen = [.. clips.Where(clip => clip.Sketch is not null)];
        if (seen.Count < 2) yield break;
        yield return Scenes(kind, seen);
        if (kind != RecipeKind.Style) yield break;
        yield return Look(seen);
        yield return Light(seen);
    }

    private static AdviceCheck Scenes(RecipeKind kind, List<AdviceClip> clips)
    {
        var scenes = Groups(clips).OrderByDescending(scene => scene.Count).ToList();
        var share = scenes.Count / (double)clips.Count;
        var found = $"about {Numbers.Of(scenes.Count, "scene")} in {Numbers.Of(clips.Count, "clip")}, by layout and colours of a frame";
        if (share >= Enough) return new("variety", AdviceGrade.Good, found);
        return new("variety", share < Few ? AdviceGrade.Poor : AdviceGrade.Fair, $"{found}; the most common one has {scenes[0].Count}")
        {
            Todo = kind switch
            {
                RecipeKind.Motion => "Show the motion in other places and around other subjects, or it is learned with this scene.",
                RecipeKind.Style => "Show the look on other subjects and places, or the scene is learned with it.",
                _ => "Show the character in other places, or the place is learned with it.",
            },
            Clips = [.. scenes[0].Select(clip => clip.Name)],
        };
    }

    private static AdviceCheck Look(List<AdviceClip> clips)
    {
        // From the middle one of all, which an odd clip does not move.
        var middle = clips.MinBy(clip => clips.Sum(other => clip.Sketch!.LookDistance(other.Sketch!)))!.Sketch!;
        var distances = clips.Select(clip => (clip.Name, Distance: clip.Sketch!.LookDistance(middle))).ToList();
        var usual = distances.Select(each => each.Distance).Order().ElementAt(distances.Count / 2);
        List<string> odd = [.. distances.Where(each => each.Distance > Math.Max(OddLook, OddTimes * usual)).Select(each => each.Name)];
        return odd.Count == 0 ? new("one look", AdviceGrade.Good, "no clip stands out by brightness, contrast or strength of colour")
            : new("one look", AdviceGrade.Fair, $"{Numbers.Of(odd.Count, "clip stands", "clips stand")} out by brightness, contrast or "
                + "strength of colour")
            {
                Todo = "Look at them: a style is learned from what all clips share.",
                Clips = odd,
            };
    }

    private static AdviceCheck Light(List<AdviceClip> clips)
    {
        var lights = clips.Select(clip => clip.Sketch!.Lightness).Order().ToList();
        var (from, to) = (lights[lights.Count / 10], lights[^(1 + lights.Count / 10)]);
        var found = FormattableString.Invariant($"mean brightness from {from:0.00} to {to:0.00}");
        return to - from >= NarrowLight ? new("light", AdviceGrade.Good, found)
            : new("light", AdviceGrade.Fair, found + ": all are equally bright") { Todo = "Add scenes in other light." };
    }

    // Clips that are like each other, also by way of others.
    private static List<List<AdviceClip>> Groups(List<AdviceClip> clips)
    {
        var groups = new List<List<AdviceClip>>();
        foreach (var clip in clips)
        {
            var like = groups.Where(group => group.Exists(other => other.Sketch!.IsLike(clip.Sketch!))).ToList();
            groups.RemoveAll(like.Contains);
            groups.Add([clip, .. like.SelectMany(group => group)]);
        }
        return groups;
    }
}
