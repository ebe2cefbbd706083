using WanLab.Datasets;
using WanLab.Runs;

namespace WanLab.Training.Validation;

/// <summary>Takes the clips that validation uses out of what is trained on.</summary>
internal static class ValidationClips
{
    /// <summary>The datasets to train on, and the clips held out; none where validation is off or there are too few clips.</summary>
    /// <param name="job">The job.</param>
    /// <param name="datasets">Its datasets.</param>
    /// <param name="scan">Scans one more folder.</param>
    /// <param name="report">Told which clips are held out, or why none is.</param>
    /// <exception cref="WanLabException">The validation folder is trained on.</exception>
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
            return (datasets, Told([.. HoldoutSplit.OneEach(scan(options).Clips)], report));
        }

        var files = HoldoutSplit.Choose(datasets, job.Validation.Holdout.Share, job.Seed);
        if (files.Count > 0)
            return ([.. datasets.Select(d => d.Without(files))],
                Told([.. HoldoutSplit.OneEach(datasets.SelectMany(d => d.Clips).Where(clip => files.Contains(clip.Path)))], report));
        report(new RunWarning(job.Validation.Holdout.Share == 0
            ? "validation: holdout is 0, so nothing is measured. Give a share or a folder, or set validation.every: 0."
            : $"validation: there are fewer than {HoldoutSplit.FewestClips} clips, too few to hold one out, so nothing is measured. " +
                "Give validation.holdout a folder of other clips, or set validation.every: 0."));
        return (datasets, []);
    }

    private static IReadOnlyList<Clip> Told(IReadOnlyList<Clip> clips, Action<RunEvent> report)
    {
        report(new ClipsHeldOut([.. clips.Select(clip => Path.GetFileName(clip.Path))]));
        return clips;
    }
}
