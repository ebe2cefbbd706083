namespace WanLab.Datasets;

/// <summary>
/// Chooses the clips that are never trained on. It chooses whole files, so that windows and mirrored copies stay together.
/// </summary>
internal static class HoldoutSplit
{
    /// <summary>With fewer clips than this no clip is held out, because each is worth more in training.</summary>
    public const int FewestClips = 5;

    /// <summary>
    /// The files to hold out: a share of all clips, and at least one if there are five or more. A clip's turn depends only on the seed and
    /// its name, so new clips do not change the choice among the others. Regularisation sets keep all their clips, and every dataset one.
    /// </summary>
    /// <param name="datasets">The scanned datasets.</param>
    /// <param name="share">Share of the clips to hold out, in [0, 1).</param>
    /// <param name="seed">The job's seed.</param>
    public static IReadOnlySet<string> Choose(IReadOnlyList<Dataset> datasets, double share, long seed)
    {
        var chosen = new HashSet<string>(StringComparer.Ordinal);
        var files = datasets.Select(d => d.Clips.Select(clip => clip.Path).ToHashSet(StringComparer.Ordinal)).ToList();
        var open = files.Where((_, k) => !datasets[k].Options.IsRegularization).SelectMany(f => f).Distinct().ToList();
        if (share <= 0 || open.Count < FewestClips) return chosen;

        var count = Math.Max(1, (int)Math.Round(share * open.Count));
        foreach (var file in open.OrderBy(f => CounterRandom.Bits(seed, "holdout " + Path.GetFileName(f), 0)).ThenBy(f => f,
            StringComparer.Ordinal))
        {
            if (chosen.Count == count) break;
            if (files.All(f => !f.Contains(file) || f.Count(other => !chosen.Contains(other)) > 1)) chosen.Add(file);
        }
        return chosen;
    }

    /// <summary>The dataset without the items of some files.</summary>
    public static Dataset Without(this Dataset dataset, IReadOnlySet<string> files) =>
        dataset with { Clips = [.. dataset.Clips.Where(clip => !files.Contains(clip.Path))] };

    /// <summary>One item per file: the first one that is not mirrored.</summary>
    public static IEnumerable<Clip> OneEach(IEnumerable<Clip> clips) =>
        clips.Where(clip => clip is { Chunk: 0, FlipX: false, FlipY: false }).DistinctBy(clip => clip.Path);
}
