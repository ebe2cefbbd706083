using WanLab.Jobs;
using WanLab.Training;
using WanLab.Yaml;

namespace WanLab.Notebooks.Forms;

/// <summary>The panels of a form: a section of the job file each, with a field for each key that can be set there.</summary>
internal static class FormPanels
{
    /// <summary>Makes the panels from the job and the descriptions of its keys.</summary>
    public static IReadOnlyList<(string Title, string Meaning, IReadOnlyList<FormField> Fields)> Of(TrainingJob job, Func<Task> changed)
    {
        var root = JobForm.Keys.Write(job);
        return
        [
            .. JobKeys.All.Where(key => key.IsSection && !key.Name.Contains('.')).Select(section => (section.Name.ToUpperInvariant(),
                section.Meaning, (IReadOnlyList<FormField>)[.. Fields(section.Name, root, changed)])),
        ];
    }

    private static IEnumerable<FormField> Fields(string section, YamlNode root, Func<Task> changed)
    {
        string? whole = null; // a key that is set as a whole: those below it are in its value
        foreach (var key in JobKeys.All.Where(key => key.Name.StartsWith(section + ".", StringComparison.Ordinal)))
        {
            if (whole is not null && key.Name.StartsWith(whole, StringComparison.Ordinal)) continue;
            whole = key.IsSection ? null : key.Name + ".";
            if (key.IsSection || key.IsOverride) continue;
            foreach (var path in Paths(key.Name, root)) yield return new FormField(key, path, root.Find(path), changed);
        }
    }

    // One for each entry of a list that the job has.
    private static IEnumerable<string> Paths(string name, YamlNode root)
    {
        var at = name.IndexOf(".N.", StringComparison.Ordinal);
        if (at < 0) return [name];
        var entries = root.Find(name[..at]) is YamlList list ? list.Items.Count : 0;
        return Enumerable.Range(0, entries).Select(k => $"{name[..at]}.{k}.{name[(at + 3)..]}");
    }
}
