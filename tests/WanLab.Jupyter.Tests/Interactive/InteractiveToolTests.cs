using System.Text.Json.Nodes;
using WanLab.Jupyter.Tests.Jupyter;
using WanLab.Jupyter.Tests.Notebooks;
using WanLab.Testing;

namespace WanLab.Jupyter.Tests.Interactive;

/// <summary>Notebooks in the tool of .NET Interactive, which this test installs below artifacts/ and nobody else needs.</summary>
public sealed class InteractiveToolTests : IDisposable
{
    private const string Version = "1.0.712001", Kernel = "net-csharp", FewSteps = "steps=24";
    private readonly DebianJupyter _jupyter = new(LabFolder.Cache);

    public void Dispose() => _jupyter.Dispose();

    [Fact]
    public async Task Two_notebooks_run_in_it_from_end_to_end_and_show_how_their_runs_ended()
    {
        var tool = await InstallAsync();
        WriteKernel(tool);
        // One after the other in one process, which starts once.
        var build = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var setup = Path.Combine(Repository.Root, "artifacts", "bin", "WanLab.Cli", build, "wanlab.dib");
        var file = LabFolder.Write(_jupyter.Folder.Path, "01-first-lora.ipynb", FewSteps);
        var second = LabFolder.Write(_jupyter.Folder.Path, "05-reviewing-checkpoints.ipynb", FewSteps);
        Join(file, $"#!import \"{setup}\"", second);

        var (code, output) = await _jupyter.RunAsync(
            DebianJupyter.NbConvert, "--to", "notebook", "--execute", "--inplace", $"--ExecutePreprocessor.kernel_name={Kernel}", file);
        Assert.True(code == 0, output);
        var run = RunNotebook.Read(file);
        Assert.DoesNotContain(run.Outputs, shown => (string?)shown["output_type"] == "error");
        Assert.Equal("", run.Printed("stderr"));
        foreach (var name in (string[])["orbit", "review"])
        {
            var cell = run.CodeCells.Single(cell => RunNotebook.Text(cell["source"]) is var source
                && source.Contains("await Lab.StartAsync", StringComparison.Ordinal)
                && source.Contains("name=review", StringComparison.Ordinal) == (name == "review"));
            var html = string.Concat(cell["outputs"]!.AsArray().Select(shown => RunNotebook.Text(shown!["data"]?["text/html"])));
            Assert.Contains(">finished<", html, StringComparison.Ordinal);
            Assert.Contains("24 of 24", html, StringComparison.Ordinal);
            Assert.DoesNotContain("preparing", html, StringComparison.Ordinal);
            Assert.Contains("<video", html, StringComparison.Ordinal);
        }
        Assert.Contains(run.Figures, title => title.StartsWith("Sharpness kept", StringComparison.Ordinal));
    }

    private async Task<string> InstallAsync()
    {
        var folder = Path.Combine(Repository.Root, "artifacts", "tools", $"dotnet-interactive-{Version}");
        var tool = Path.Combine(folder, "dotnet-interactive");
        if (File.Exists(tool)) return tool;
        var (code, output) = await _jupyter.RunAsync(
            "dotnet", "tool", "install", "--tool-path", folder, "Microsoft.dotnet-interactive", "--version", Version);
        Assert.True(code == 0, output);
        return tool;
    }

    // What its own 'jupyter install' writes, with ports of this machine only and without telemetry.
    private void WriteKernel(string tool) => _jupyter.Folder.Write($"kernels/{Kernel}/kernel.json", new JsonObject
    {
        ["argv"] = new JsonArray(tool, "jupyter", "--default-kernel", "csharp", "{connection_file}", "--http-local-only"),
        ["display_name"] = ".NET (C#)",
        ["language"] = "C#",
        ["env"] = new JsonObject { ["DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT"] = "1", ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1" },
    }.ToJsonString());

    // Puts a first cell and the cells of another notebook into one.
    private static void Join(string file, string firstCell, string second)
    {
        var json = JsonNode.Parse(File.ReadAllText(file))!;
        var cells = json["cells"]!.AsArray();
        cells.Insert(0, new JsonObject
        {
            ["cell_type"] = "code",
            ["id"] = "setup",
            ["metadata"] = new JsonObject(),
            ["execution_count"] = null,
            ["outputs"] = new JsonArray(),
            ["source"] = firstCell,
        });
        foreach (var cell in JsonNode.Parse(File.ReadAllText(second))!["cells"]!.AsArray())
        {
            var copy = cell!.DeepClone();
            copy["id"] = $"second-{copy["id"]}";
            cells.Add(copy);
        }
        File.WriteAllText(file, json.ToJsonString());
    }
}
