using System.Globalization;
using WanLab.Models;
using WanLab.Review;
using WanLab.Runs;
using WanLab.Training;

namespace WanLab.Notebooks;

/// <summary>Tables of the runs in a folder, and of the settings in which runs differ.</summary>
internal static class RunTable
{
    private const int ShownSettings = 3;

    /// <summary>The runs in a folder and in its folders, the one that changed last first.</summary>
    /// <exception cref="WanLabException">There is no such folder, or no run in it.</exception>
    public static IReadOnlyList<RunSnapshot> In(string folder)
    {
        if (!Directory.Exists(folder)) throw new WanLabException($"{folder}: there is no such folder. Name the one that your runs are in.");
        var runs = Folders(folder)
            .SelectMany(path => Run(path) is { } run ? [run] : Folders(path).Select(Run).OfType<RunFolder>()).ToList();
        if (runs.Count == 0) throw new WanLabException($"{folder}: there is no run in it. Name the folder that your runs are in.");
        return [.. runs.OrderByDescending(Changed).ThenBy(run => run.Name, StringComparer.Ordinal).Select(LabRun.Read)];
    }

    /// <summary>A row for each run, with the settings that not all of them share.</summary>
    public static Table Of(IReadOnlyList<RunSnapshot> runs)
    {
        var settings = Settings(runs);
        var differing = Differing(settings);
        (string, Func<(RunSnapshot Run, IReadOnlyDictionary<string, string> Settings), object?>)[] heldOut =
            [("held out, high noise", row => HeldOut(row.Run, Expert.High)), ("held out, low noise", row => HeldOut(row.Run, Expert.Low))];
        return Table.Of(runs.Select((run, k) => (Run: run, Settings: settings[k])),
            [
                ("run", row => row.Run.Folder.Name),
                ("state", row => row.Run.Status.ToString().ToLowerInvariant()),
                ("step", row => row.Run.TotalSteps == 0 ? $"{row.Run.Step}" : $"{row.Run.Step} of {row.Run.TotalSteps}"),
                .. HasHeldOut(runs) ? heldOut : [],
                ("changed (UTC)", row => Changed(row.Run.Folder).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)),
                ("settings that differ", row => Few(differing, row.Settings)),
            ]);
    }

    /// <summary>A row for each setting that not all runs share, a column for each run.</summary>
    public static Table Differences(IReadOnlyList<RunSnapshot> runs)
    {
        var settings = Settings(runs);
        var alike = runs.Select(run => run.Folder.Name).Distinct().Count() < runs.Count;
        return Table.Of(Differing(settings),
            [
                ("setting", key => key),
                .. runs.Select((run, k) => (alike ? Path.GetRelativePath(".", run.Folder.Path) : run.Folder.Name,
                    (Func<string, object?>)(key => settings[k].GetValueOrDefault(key, "-")))),
            ]);
    }

    /// <summary>Whether any of the runs was measured on held-out clips.</summary>
    public static bool HasHeldOut(IReadOnlyList<RunSnapshot> runs) => runs.Any(run => run.Validation.Count > 0);

    // The newest loss on held-out clips, less the base model's: below 0 is better.
    private static object? HeldOut(RunSnapshot run, Expert expert) => run.Validation.LastOrDefault(v => v.Expert == expert)?.Difference;

    private static DateTime Changed(RunFolder run) =>
        ((string[])[run.MetricsFile, run.EventsFile, run.JobFile]).Max(File.GetLastWriteTimeUtc);

    private static IReadOnlyList<IReadOnlyDictionary<string, string>> Settings(IReadOnlyList<RunSnapshot> runs) =>
        [.. runs.Select(run => run.Job is { } job ? JobSettings.Of(job) : new Dictionary<string, string>())];

    // Where a run is and what it is called is no setting of the training.
    private static IReadOnlyList<string> Differing(IReadOnlyList<IReadOnlyDictionary<string, string>> settings) =>
    [
        .. settings.SelectMany(one => one.Keys).Distinct()
            .Where(key => key is not ("job.name" or "job.output"))
            .Where(key => settings.Where(one => one.Count > 0).Select(one => one.GetValueOrDefault(key)).Distinct().Skip(1).Any()),
    ];

    private static string Few(IReadOnlyList<string> differing, IReadOnlyDictionary<string, string> settings)
    {
        var own = differing.Where(settings.ContainsKey).ToList();
        var shown = own.Take(ShownSettings).Select(key => $"{key}={settings[key]}");
        return string.Join(", ", own.Count > ShownSettings ? shown.Append($"and {own.Count - ShownSettings} more") : shown);
    }

    // A folder that this user may not read has no run to show.
    private static string[] Folders(string path) =>
        Directory.GetDirectories(path, "*", new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None });

    private static RunFolder? Run(string path)
    {
        var run = RunFolder.At(Path.GetDirectoryName(Path.GetFullPath(path))!, Path.GetFileName(path));
        return File.Exists(run.JobFile) || File.Exists(run.EventsFile) || File.Exists(run.MetricsFile) ? run : null;
    }
}
