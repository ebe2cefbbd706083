using System.Text;
using WanLab.Jupyter.Install;
using WanLab.Jupyter.Runner;
using WanLab.Testing;

namespace WanLab.Jupyter.Tests.Runner;

/// <summary>Changed notebooks are read and written again, or refused with the file's name.</summary>
public sealed class NotebookFuzzTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_changed_notebook_is_read_or_refused()
    {
        var sample = Encoding.UTF8.GetBytes(NotebookJson.Of(("var steps = 5;", ["parameters"]), ("$\"{steps} ü\"", [])));
        var file = Path.Combine(_folder.Path, "a.ipynb");
        var read = 0;
        foreach (var bytes in Mutations.Of(sample, 3, 3_000))
        {
            File.WriteAllBytes(file, bytes);
            try
            {
                var notebook = Notebook.Read(file);
                NotebookParameter.Inject(notebook, []);
                notebook.NameKernel(KernelSpec.Metadata(), []);
                foreach (var cell in notebook.CodeCells)
                {
                    _ = (cell.Source, cell.Tags);
                    cell.SetOutputs(1, []);
                }
                notebook.Write(file);
                _ = Notebook.Read(file);
                read++;
            }
            catch (WanLabException e)
            {
                Assert.StartsWith(file, e.Message, StringComparison.Ordinal);
            }
        }
        Assert.InRange(read, 1, int.MaxValue);
    }
}
