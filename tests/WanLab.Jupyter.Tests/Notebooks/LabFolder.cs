using System.Text.RegularExpressions;
using WanLab.Jupyter.Runner;
using WanLab.Testing;

namespace WanLab.Jupyter.Tests.Notebooks;

/// <summary>
/// A folder laid out like the repository: notebooks in one folder, the example data sets next to it. Its example jobs make previews
/// with few sampler steps, because tests look at how many there are and that they play, not at how good they are.
/// </summary>
internal static partial class LabFolder
{
    /// <summary>Where the notebooks are kept.</summary>
    public static string Source { get; } = Path.Combine(Repository.Root, "notebooks");

    /// <summary>
    /// The encodings of all tests that run notebooks: what one has encoded, the next need not. The folder is deleted when the tests end.
    /// </summary>
    public static string Cache { get; } = MakeCache();

    /// <summary>Lays it out, with one notebook in it whose variables are changed.</summary>
    /// <returns>The notebook's file.</returns>
    public static string Write(string folder, string notebook, params string[] set)
    {
        var examples = Path.Combine(folder, "datasets-example");
        if (!Directory.Exists(examples)) WriteExamples(examples);
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "notebooks")).FullName, notebook);
        var read = Notebook.Read(Path.Combine(Source, notebook));
        NotebookParameter.Inject(read, [.. set.Select(NotebookParameter.Parse)]);
        read.Write(file);
        return file;
    }

    // The repository's clips and images, and its jobs with four sampler steps: two for each expert.
    private static void WriteExamples(string folder)
    {
        foreach (var example in Directory.GetDirectories(Path.Combine(Repository.Root, "datasets-example")))
        {
            var copy = Directory.CreateDirectory(Path.Combine(folder, Path.GetFileName(example))).FullName;
            foreach (var part in Directory.GetDirectories(example))
                Directory.CreateSymbolicLink(Path.Combine(copy, Path.GetFileName(part)), part);
            if (!File.Exists(Path.Combine(example, "job.yaml"))) continue;
            var job = File.ReadAllText(Path.Combine(example, "job.yaml"));
            Assert.Single(SamplerSteps().Matches(job));
            File.WriteAllText(Path.Combine(copy, "job.yaml"), SamplerSteps().Replace(job, "${1}4"));
        }
    }

    private static string MakeCache()
    {
        var folder = Directory.CreateTempSubdirectory("wanlab-cache-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }

    [GeneratedRegex(@"(?<=^sample:\n(?:  .*\n)*)(  steps: )\d+", RegexOptions.Multiline)]
    private static partial Regex SamplerSteps();
}
