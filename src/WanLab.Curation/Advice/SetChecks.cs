using WanLab.Datasets;
using WanLab.Jobs.Recipes;

namespace WanLab.Curation.Advice;

/// <summary>Checks of number, length, size and captions.</summary>
internal static class SetChecks
{
    private const int VeryFew = 5;
    private const double ShortestMotion = 3, LongestMotion = 8, LongestAny = 30, Tolerance = 0.25;

    /// <summary>All checks of a kind.</summary>
    public static IEnumerable<AdviceCheck> Of(RecipeKind kind, IReadOnlyList<AdviceClip> clips, IReadOnlyList<ClipProblem> problems,
        DatasetOptions options)
    {
        yield return Count(kind, clips.Count);
        if (problems.Count > 0) yield return Unusable(problems);
        if (clips.Count == 0) yield break;
        var isFilm = clips.Any(clip => clip.Facts.FrameCount > 1);
        if (!isFilm && kind == RecipeKind.Motion)
            yield return new("length", AdviceGrade.Poor, "there are only pictures, which show no motion") { Todo = "Use clips." };
        if (isFilm)
        {
            yield return Length(kind, clips);
            yield return Frames(clips, options);
            yield return Rate(clips);
        }
        yield return Size(clips, options);
        yield return Buckets(clips, options);
        yield return Captioned(kind, clips);
    }

    private static AdviceCheck Count(RecipeKind kind, int clips)
    {
        var (least, good, most) = kind switch
        {
            RecipeKind.Motion => (10, 10, 30),
            RecipeKind.Style => (10, 10, 40),
            _ => (10, 20, 40),
        };
        var found = $"{Numbers.Of(clips, "clip")}; {least} to {most} suit {(good > least ? $"it, {good} and more are better" : "it")}";
        if (clips < VeryFew) return new("number", AdviceGrade.Poor, found) { Todo = $"Find at least {least - clips} more." };
        if (clips < least) return new("number", AdviceGrade.Fair, found) { Todo = $"Find {least - clips} more." };
        if (clips < good) return new("number", AdviceGrade.Fair, found) { Todo = $"With {good - clips} more the likeness gets steadier." };
        return clips <= most ? new("number", AdviceGrade.Good, found)
            : new("number", AdviceGrade.Good, found + "; more does no harm where all are good");
    }

    private static AdviceCheck Unusable(IReadOnlyList<ClipProblem> problems) =>
        new("usable files", AdviceGrade.Poor, $"{Numbers.Of(problems.Count, "file")} cannot be used: {problems[0].Message}")
        {
            Todo = "Replace or drop them.",
            Clips = [.. problems.Select(problem => Path.GetFileName(problem.Path))],
        };

    private static AdviceCheck Length(RecipeKind kind, IReadOnlyList<AdviceClip> clips)
    {
        var (from, to) = (clips.Min(clip => clip.Facts.Duration), clips.Max(clip => clip.Facts.Duration));
        var found = FormattableString.Invariant($"{from:0.#} s") is var one && one == FormattableString.Invariant($"{to:0.#} s") ? one
            : FormattableString.Invariant($"{from:0.#} to {to:0.#} s");
        var (least, most) = kind == RecipeKind.Motion ? (ShortestMotion, LongestMotion) : (0, LongestAny);
        List<string> outside = [.. clips.Where(clip => clip.Facts.Duration < least - Tolerance || clip.Facts.Duration > most + Tolerance)
            .Select(clip => clip.Name)];
        if (outside.Count == 0) return new("length", AdviceGrade.Good, found);
        var wanted = kind == RecipeKind.Motion ? $"{least} to {most} s" : $"up to {most} s";
        var share = outside.Count / (double)clips.Count;
        return new("length", share > 0.5 && kind == RecipeKind.Motion ? AdviceGrade.Poor : AdviceGrade.Fair,
            $"{found}; {outside.Count} of {clips.Count} are not {wanted}")
        {
            Todo = kind == RecipeKind.Motion ? "Trim long ones to the motion, and replace short ones." : "Trim long ones to what matters.",
            Clips = outside,
        };
    }

    private static AdviceCheck Frames(IReadOnlyList<AdviceClip> clips, DatasetOptions options)
    {
        List<string> shorter = [.. clips
            .Where(clip => FrameSampler.WhyNot(clip.Facts, options.FrameSampling, options.NumFrames) is not null)
            .Select(clip => clip.Name)];
        var found = $"{clips.Count - shorter.Count} of {clips.Count} hold {options.NumFrames} frames ({options.FrameSampling.Word()})";
        if (shorter.Count == 0) return new("frames", AdviceGrade.Good, found);
        return new("frames", shorter.Count * 10 > clips.Count ? AdviceGrade.Poor : AdviceGrade.Fair, found + "; the others are left out")
        {
            Todo = "Train fewer frames, or replace them.",
            Clips = shorter,
        };
    }

    private static AdviceCheck Rate(IReadOnlyList<AdviceClip> clips)
    {
        List<string> slow = [.. clips.Where(clip => clip.Facts.FrameCount > 1 && clip.Facts.Fps < FrameSampler.ModelFps - 0.1)
            .Select(clip => clip.Name)];
        return slow.Count == 0 ? new("frame rate", AdviceGrade.Good, "all have 16 frames a second or more")
            : new("frame rate", AdviceGrade.Fair,
                $"{Numbers.Of(slow.Count, "clip")} with fewer than 16 frames a second: frames are repeated")
            {
                Todo = "Use the originals, if these are copies.",
                Clips = slow,
            };
    }

    private static AdviceCheck Size(IReadOnlyList<AdviceClip> clips, DatasetOptions options)
    {
        var side = options.Resolutions.Min();
        List<string> small = [.. clips.Where(clip => (long)clip.Facts.Width * clip.Facts.Height < 0.9 * side * side)
            .Select(clip => clip.Name)];
        return small.Count == 0 ? new("size", AdviceGrade.Good, $"all fill the bucket of {side}")
            : new("size", small.Count * 2 > clips.Count ? AdviceGrade.Poor : AdviceGrade.Fair,
                $"{small.Count} of {clips.Count} are smaller than the bucket of {side}, and clips are never enlarged")
            {
                Todo = "Use larger originals, or a smaller resolution for all.",
                Clips = small,
            };
    }

    private static AdviceCheck Buckets(IReadOnlyList<AdviceClip> clips, DatasetOptions options)
    {
        var buckets = clips.GroupBy(clip => Bucketing.Choose(clip.Facts.Width, clip.Facts.Height, options.Resolutions))
            .OrderByDescending(bucket => bucket.Count()).ToList();
        var found = string.Join(", ", buckets.Take(4).Select(bucket => $"{bucket.Count()} in {bucket.Key?.ToString() ?? "none"}"))
            + (buckets.Count > 4 ? $", and {buckets.Count - 4} more sizes" : "");
        List<string> alone = [.. buckets.Where(bucket => bucket.Count() == 1).Select(bucket => bucket.Single().Name)];
        return buckets.Count == 1 || alone.Count == 0 ? new("buckets", AdviceGrade.Good, found)
            : new("buckets", AdviceGrade.Fair,
                $"{found}; {Numbers.Of(alone.Count, "clip is alone in its", "clips are alone in their")} bucket")
            {
                Todo = "Crop them to the shape of the others: wanlab dataset edit DIR CLIP --crop 16:9.",
                Clips = alone,
            };
    }

    private static AdviceCheck Captioned(RecipeKind kind, IReadOnlyList<AdviceClip> clips)
    {
        List<string> without = [.. clips.Where(clip => clip.Caption is null).Select(clip => clip.Name)];
        if (without.Count == 0) return new("captions", AdviceGrade.Good, "every clip has one; what they say is for 'wanlab dataset lint'");
        return new("captions", without.Count * 2 > clips.Count ? AdviceGrade.Poor : AdviceGrade.Fair,
            $"{without.Count} of {clips.Count} clips have none")
        {
            Todo = kind switch
            {
                RecipeKind.Motion => "Name the motion in each, in the same words.",
                RecipeKind.Style => "Describe the look, with the trigger word.",
                _ => "Write trigger word and class, then what changes from clip to clip.",
            },
            Clips = without,
        };
    }
}
