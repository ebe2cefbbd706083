using WanLab.Options;
using WanLab.Runs;
using WanLab.Yaml;

namespace WanLab.Training;

/// <summary>
/// Refuses changes of a run's settings that would make the resumed run another one. Whether a setting may change stands on its
/// property (<see cref="OnResumeAttribute"/>).
/// </summary>
public static class ResumeRules
{
    private const string UsualReason = "the steps made so far were made with the old value";

    /// <summary>What changed since a run's job.yaml was written.</summary>
    /// <param name="yaml">Text of that file.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="now">The job to go on with.</param>
    /// <exception cref="WanLabException">Something changed that may not; all of it is named, with the reason.</exception>
    public static IReadOnlyList<JobChange> Check(string yaml, string file, TrainingJob now)
    {
        var changes = Changes(yaml, file, now);
        var refused = changes.Where(IsRefused).ToList();
        if (refused.Count == 0) return changes;
        var lines = refused.Select(change => $"  {change}: {JobForm.Keys.OnResume(change.Key)?.Reason ?? UsualReason}");
        throw new WanLabException(
            "The run can not go on with these changes. Undo them, give the job another name, or start anew with --fresh.\n"
            + string.Join('\n', lines));
    }

    /// <summary>Everything that changed since a run's job.yaml was written, whether it may or not.</summary>
    internal static IReadOnlyList<JobChange> Changes(string yaml, string file, TrainingJob now)
    {
        var before = JobSettings.Of(YamlText.Parse(yaml, new YamlSource(file, "", HasLines: true)));
        var after = JobSettings.Of(now);
        // A key that only one version of WanLab knows is no change of the user's, but list entries come and go.
        return
        [
            .. before.Keys.Union(after.Keys)
                .Where(key => key.Any(char.IsDigit) || (before.ContainsKey(key) && after.ContainsKey(key)))
                .Select(key => new JobChange(key, Of(before, key), Of(after, key)))
                .Where(change => change.Before != change.Now),
        ];
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
