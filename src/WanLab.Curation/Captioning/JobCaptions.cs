using WanLab.Datasets;
using WanLab.Training;

namespace WanLab.Curation.Captioning;

/// <summary>The flaws in the captions of a job's datasets, found without decoding a clip.</summary>
internal static class JobCaptions
{
    /// <summary>A line for each kind of flaw, with the dataset's folder.</summary>
    /// <param name="job">The job.</param>
    /// <param name="cacheFolder">The folder where scans keep the motions that they measured.</param>
    public static IEnumerable<(string Folder, string Line)> Flaws(TrainingJob job, string cacheFolder)
    {
        var motions = new MeasuredMotions(cacheFolder);
        foreach (var options in job.Datasets)
        {
            if (Folder(options) is not { } folder) continue;
            var rules = new CaptionRules
            {
                Kind = JobKind.Of(job),
                TriggerWord = job.TriggerWord,
                ClassWord = job.Training.Dop.Class,
                DefaultCaption = options.DefaultCaption,
                IsRegularization = options.IsRegularization,
                Motions = motions.Known(folder.Clips.Select(clip => clip.Path)),
            };
            foreach (var line in CaptionFlaw.Lines(CaptionLint.Of(folder, rules))) yield return (options.Path, line);
        }
    }

    // A folder that is missing or empty is an error of the job, and reported as such.
    private static CaptionFolder? Folder(DatasetOptions options)
    {
        try
        {
            return CaptionFolder.Read(options.Path);
        }
        catch (WanLabException)
        {
            return null;
        }
    }
}
