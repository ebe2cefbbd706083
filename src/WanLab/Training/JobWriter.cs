using WanLab.Yaml;
using WanLab.Yaml.Kinds;

namespace WanLab.Training;

/// <summary>Writes jobs as job files.</summary>
internal static class JobWriter
{
    private const string Header = "# The whole job, defaults included. Reading this file gives the same job again.\n";

    /// <summary>
    /// The job as YAML, with every key except overrides that a prompt does not set. Folders and files are
    /// written with full paths; <c>job.output</c> is written unchanged.
    /// </summary>
    /// <param name="job">A job, preferably a resolved one (as the reader of job files returns it).</param>
    public static string Write(TrainingJob job) => Header + YamlText.Emit(JobForm.Keys.Write(job));

    /// <summary>
    /// The job as YAML for a file that is given away: its folders and files are written as seen from a folder, so nothing tells where
    /// on this machine they lie. Of those in quite another place only the name is written.
    /// </summary>
    /// <param name="job">A resolved job.</param>
    /// <param name="folder">The run's folder, in which the text reads back as the same job.</param>
    internal static string WriteRelative(TrainingJob job, string folder) =>
        Header + YamlText.Emit(Relative(JobForm.Keys.Write(job with { Output = ".." }), folder));

    private static YamlNode Relative(YamlNode node, string folder) => node switch
    {
        YamlPath path when Path.IsPathRooted(path.Text) => PathKind.Scalar(Seen(path.Text, folder)),
        YamlMap map => new YamlMap(map.Source, map.Line,
            [.. map.Entries.Select(entry => entry with { Value = Relative(entry.Value, folder) })]),
        YamlList list => new YamlList(list.Source, list.Line, [.. list.Items.Select(item => Relative(item, folder))]),
        _ => node,
    };

    // A way up to the root and down again would name all of the other folders; the name alone is what can be given away.
    private static string Seen(string path, string folder)
    {
        const int fewestShared = 2;
        var (parts, own) = (path.Split(Path.DirectorySeparatorChar), folder.Split(Path.DirectorySeparatorChar));
        var shared = parts.Zip(own).TakeWhile(pair => pair.First == pair.Second).Count() - 1; // both begin with the root
        return shared >= fewestShared ? Path.GetRelativePath(folder, path) : Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
    }
}
