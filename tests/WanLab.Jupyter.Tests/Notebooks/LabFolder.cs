using WanLab.Jupyter.Runner;
using WanLab.Testing;

namespace WanLab.Jupyter.Tests.Notebooks;

/// <summary>A folder laid out like the repository: notebooks in one folder, the example data sets beside it.</summary>
internal static class LabFolder
{
    /// <summary>Where the notebooks are kept.</summary>
    public static string Source { get; } = Path.Combine(Repository.Root, "notebooks");

    /// <summary>Lays it out, with one notebook in it whose variables are changed.</summary>
    /// <returns>The notebook's file.</returns>
    public static string Write(string folder, string notebook, params string[] set)
    {
        var examples = Path.Combine(folder, "datasets-example");
        if (!Directory.Exists(examples)) Directory.CreateSymbolicLink(examples, Path.Combine(Repository.Root, "datasets-example"));
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "notebooks")).FullName, notebook);
        var read = Notebook.Read(Path.Combine(Source, notebook));
        NotebookParameter.Inject(read, [.. set.Select(NotebookParameter.Parse)]);
        read.Write(file);
        return file;
    }
}
