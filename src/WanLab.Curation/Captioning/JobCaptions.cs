using WanLab.Datasets;
using WanLab.Training;

namespace WanLab.Curation.Captioning;

/// <summary>The flaws in the captions of a job's datasets, found without decoding a clip.</summary>
internal static class JobCaptions
{
    /// <summary>A line for each kind of flaw, with the dataset's folder.</summary>
    public static IEnumerable<(string Folder, string Line)> Flaws(TrainingJob job)
    {
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
