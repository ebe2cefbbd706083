using System.Text.Json.Nodes;
using WanLab.Cli.Verbs;
using WanLab.Jupyter.Wire;

namespace WanLab.Cli.Tests.Verbs;

public sealed class JupyterVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wanlab-jupyter-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_kernel_is_written_where_Jupyter_finds_it()
    {
        var run = await CliRun.OfAsync(["jupyter", "install", "--data-dir", _folder], JupyterVerb.Create);
        Assert.Equal((0, $"Written: {_folder}/kernels/wanlab-csharp. Next: wanlab lab, or choose 'C# (WanLab)' in your Jupyter\n"),
            (run.ExitCode, run.Out));
        var words = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, "kernels", "wanlab-csharp", "kernel.json")))!["argv"]!
            .AsArray()
            .Select(word => (string)word!)
            .ToList();
        Assert.EndsWith("WanLab.Cli.dll", words[^4], StringComparison.Ordinal);
        Assert.True(File.Exists(words[^4]));
        Assert.Equal(["jupyter", "kernel", "{connection_file}"], words[^3..]);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_not_opened()
    {
        var run = await CliRun.OfAsync(["lab", Path.Combine(_folder, "nowhere")], LabVerb.Create);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("there is no such folder", run.Error, StringComparison.Ordinal);
    }
}
