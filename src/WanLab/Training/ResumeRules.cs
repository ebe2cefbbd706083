using WanLab.Runs;
using WanLab.Yaml;

namespace WanLab.Training;

/// <summary>
/// Refuses changes of settings that would turn the resumed run into a different one. Whether a setting may change is declared on its
/// property (<see cref="OnResumeAttribute"/>).
/// </summary>
internal static class ResumeRules
{
    private const string UsualReason = "the steps made so far were made with the old value";

    /// <summary>Checks what changed since a run's job.yaml was written.</summary>
    /// <param name="yaml">Text of that file.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="now">The job to continue with.</param>
    /// <param name="sameRun">Whether the run itself continues. A new run that begins from it may change whatever does not touch the
    /// adapters, the saved state or the order of the data.</param>
    /// <exception cref="WanLabException">Settings changed that may not; all are named, with the reasons.</exception>
    public static IReadOnlyList<JobChange> Check(string yaml, string file, TrainingJob now, bool sameRun = true)
    {
        var changes = Changes(yaml, file, now);
        var refused = changes.Where(change => IsRefused(change) && (sameRun || JobForm.Keys.OnResume(change.Key)?.Reason is not null))
            .ToList();
        if (refused.Count == 0) return changes;
        var lines = refused.Select(change => $"  {change}: {JobForm.Keys.OnResume(change.Key)?.Reason ?? UsualReason}");
        throw new WanLabException((sameRun
            ? "The run cannot continue with these changes. Undo them, give the job another name, or start over (fresh).\n"
            : "A run that begins from another one cannot have these changes. Undo them, or train a new run from its first step.\n")
            + string.Join('\n', lines));
    }

    /// <summary>All changes since a run's job.yaml was written, allowed or not.</summary>
    internal static IReadOnlyList<JobChange> Changes(string yaml, string file, TrainingJob now)
    {
        var before = Settings(yaml, file);
        var after = JobSettings.Of(now);
        // A key that only one version of WanLab knows was not changed by the user, but list entries may come and go.
        return
        [
            .. before.Keys.Union(after.Keys)
                .Where(key => key.Any(char.IsDigit) || (before.ContainsKey(key) && after.ContainsKey(key)))
                .Select(key => new JobChange(key, Of(before, key), Of(after, key)))
                .Where(change => change.Before != change.Now && change.Key is not ("job.name" or "job.output")), // a run may move
        ];
    }

    private static IReadOnlyDictionary<string, string> Settings(string yaml, string file)
    {
        try
        {
            var settings = JobSettings.Of(YamlText.Parse(yaml, new YamlSource(file, "", HasLines: true)));
            return settings.Concat(EarlierSettings.Missing(settings).Select(missing => KeyValuePair.Create(missing.Key, missing.Value)))
                .ToDictionary();
        }
        catch (NotYamlException e)
        {
            throw new WanLabException($"{e.Message}. Restore the file, or give the job another name.", e);
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
