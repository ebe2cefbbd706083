using WanLab.Datasets;
using WanLab.Runs;

namespace WanLab.Training.Validation;

/// <summary>Separates the clips for validation from those that are trained on.</summary>
internal static class ValidationClips
{
    /// <summary>The datasets to train on, and the held-out clips; there are none if validation is off or there are too few clips.</summary>
    /// <param name="job">The job.</param>
    /// <param name="datasets">The job's datasets.</param>
    /// <param name="scan">Scans an additional folder.</param>
    /// <param name="report">Receives the held-out clips, or the reason why there are none.</param>
    /// <exception cref="WanLabException">The validation folder, or a clip in it, is also trained on.</exception>
    public static (IReadOnlyList<Dataset> Training, IReadOnlyList<Clip> HeldOut) Split(
        TrainingJob job, IReadOnlyList<Dataset> datasets, Func<DatasetOptions, Dataset> scan, Action<RunEvent> report)
    {
        if (job.Validation.Every == 0) return (datasets, []);
        if (job.Validation.Holdout.Folder is { } folder)
        {
            if (job.Datasets.Any(d => Path.GetFullPath(d.Path) == Path.GetFullPath(folder)))
                throw new WanLabException($"validation.holdout: {folder} is one of the datasets, so its clips are trained on. " +
                    "Name a folder of other clips, or a share such as 0.1.");
            var options = job.Datasets[0] with { Path = folder, FlipX = false, FlipY = false, IsRegularization = false };
            var clips = HoldoutSplit.OneEach(scan(options).Clips).ToList();
            var both = SameClips.Of(clips.Select(clip => clip.Path), datasets.SelectMany(d => d.Clips).Select(clip => clip.Path));
            if (both.Count == 0) return (datasets, Announce(clips, report));
            var count = both.Select(pair => pair.HeldOut).Distinct().Count();
            throw new WanLabException($"validation.holdout: {count} of the {clips.Count} clips in {folder} are trained on as well " +
                $"({Path.GetFileName(both[0].HeldOut)} is {both[0].Trained}). Their loss could not show whether the run memorises its " +
                "clips. Take them out of one of the folders.");
        }

        var files = HoldoutSplit.Choose(datasets, job.Validation.Holdout.Share, job.Seed);
        var copies = SameClips.Of(files, datasets.SelectMany(d => d.Clips).Select(clip => clip.Path).Where(path => !files.Contains(path)));
        foreach (var (held, copy) in copies)
            report(new RunWarning($"validation: {copy} holds the same clip as {held}, which is held out, so neither is trained on."));
        if (files.Count > 0)
            return ([.. datasets.Select(d => d.Without(files.Concat(copies.Select(pair => pair.Trained)).ToHashSet()))],
                Announce([.. HoldoutSplit.OneEach(datasets.SelectMany(d => d.Clips).Where(clip => files.Contains(clip.Path)))], report));
        report(new RunWarning(job.Validation.Holdout.Share == 0
            ? "validation: holdout is 0, so nothing is measured. Give a share or a folder, or set validation.every: 0."
            : $"validation: there are fewer than {HoldoutSplit.FewestClips} clips, too few to hold one out, so nothing is measured. " +
                "Give validation.holdout a folder of other clips, or set validation.every: 0."));
        return (datasets, []);
    }

    private static IReadOnlyList<Clip> Announce(IReadOnlyList<Clip> clips, Action<RunEvent> report)
    {
        report(new ClipsHeldOut([.. clips.Select(clip => Path.GetFileName(clip.Path))]));
        return clips;
    }
}
