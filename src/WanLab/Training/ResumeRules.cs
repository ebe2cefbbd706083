using WanLab.Runs;
using WanLab.Yaml;

namespace WanLab.Training;

/// <summary>
/// Refuses changes of settings that would turn the resumed run into a different one. Whether a setting may change is declared on its
/// property (<see cref="OnResumeAttribute"/>).
/// </summary>
public static class ResumeRules
{
    private const string UsualReason = "the steps made so far were made with the old value";

    /// <summary>Checks what changed since a run's job.yaml was written.</summary>
    /// <param name="yaml">Text of that file.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="now">The job to continue with.</param>
    /// <exception cref="WanLabException">Settings changed that may not; all are named, with the reasons.</exception>
    public static IReadOnlyList<JobChange> Check(string yaml, string file, TrainingJob now)
    {
        var changes = Changes(yaml, file, now);
        var refused = changes.Where(IsRefused).ToList();
        if (refused.Count == 0) return changes;
        var lines = refused.Select(change => $"  {change}: {JobForm.Keys.OnResume(change.Key)?.Reason ?? UsualReason}");
        throw new WanLabException(
            "The run cannot continue with these changes. Undo them, give the job another name, or start over with --fresh.\n"
            + string.Join('\n', lines));
    }

    /// <summary>All changes since a run's job.yaml was written, allowed or not.</summary>
    internal static IReadOnlyList<JobChange> Changes(string yaml, string file, TrainingJob now)
    {
        var before = JobSettings.Of(Parse(yaml, file));
        var after = JobSettings.Of(now);
        // A key that only one version of WanLab knows was not changed by the user, but list entries may come and go.
        return
        [
            .. before.Keys.Union(after.Keys)
                .Where(key => key.Any(char.IsDigit) || (before.ContainsKey(key) && after.ContainsKey(key)))
                .Select(key => new JobChange(key, Of(before, key), Of(after, key)))
                .Where(change => change.Before != change.Now),
        ];
    }

    private static YamlNode? Parse(string yaml, string file)
    {
        try
        {
            return YamlText.Parse(yaml, new YamlSource(file, "", HasLines: true));
        }
        catch (NotYamlException e)
        {
            throw new WanLabException($"{file}:{e.Line}: the run's own job is damaged: {e.Reason}. Every file in checkpoints/ holds the " +
                "job too, under 'job' in its metadata; write it back, or start the run over.", e);
        }
    }

    private static bool IsRefused(JobChange change) => JobForm.Keys.OnResume(change.Key)?.Change switch
    {
        Change.Free => false,
        Change.FreeAboveZero => change is { Before: "0" } or { Now: "0" },
        _ => true,
    };

    private static string Of(IReadOnlyDictionary<string, string> settings, string key) =>
        settings.GetValueOrDefault(key, JobSettings.Nothing);
}
