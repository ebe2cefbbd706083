using System.Diagnostics;
using System.Text.Json.Nodes;
using WanLab.Jupyter.Install;
using WanLab.Jupyter.Tests.Jupyter;
using WanLab.Testing;

namespace WanLab.Jupyter.Tests.Runner;

/// <summary>Whatever a cell does to the process, the notebook holds what was shown before, and names the cell.</summary>
public sealed class CellThatEndsTheProgramTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_thread_that_throws_fails_its_cell_and_not_the_program()
    {
        var (code, errors, cells) = Run(
            "var thread = new System.Threading.Thread(() => throw new Exception(\"late\")); thread.Start(); thread.Join();");
        Assert.Equal(1, code);
        Assert.Contains("System.Exception: late", errors, StringComparison.Ordinal);
        Assert.Equal("late", (string?)cells[1]["outputs"]!.AsArray().Single()!["evalue"]);
    }

    [Fact]
    public void A_cell_that_exits_leaves_what_it_showed_and_is_named()
    {
        var (code, errors, cells) = Run("Console.Write(\"before\"); Environment.Exit(0);");
        Assert.Equal(1, code);
        Assert.Contains("The program ended while cell 2 ran", errors, StringComparison.Ordinal);
        Assert.Equal("before", (string?)cells[1]["outputs"]![0]!["text"]![0]);
        Assert.Equal("ProgramEnded", (string?)cells[1]["outputs"]![1]!["ename"]);
    }

    [Theory]
    [InlineData("Environment.FailFast(\"crash\");")]
    [InlineData("int Deeper(int n) => Deeper(n + 1) + 1; Deeper(0)")]
    public void A_crash_is_in_the_file(string crash)
    {
        var (code, _, cells) = Run(crash);
        Assert.NotEqual(0, code);
        Assert.Equal("The program ended while cell 2 ran; the cells after it did not run.", (string?)cells[1]["outputs"]![0]!["evalue"]);
    }

    private (int Code, string Errors, IReadOnlyList<JsonNode> Cells) Run(string cell)
    {
        var file = _folder.Write("a.ipynb", NotebookJson.Of("\"kept\"", cell, "3"));
        var info = new ProcessStartInfo(DotnetProgram.Find(), [DebianJupyter.Program, "notebook", "run", file])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        info.Environment["WANLAB_CACHE"] = Path.Combine(_folder.Path, "cache");
        info.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        using var process = Process.Start(info)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        _ = output.GetAwaiter().GetResult();
        var cells = JsonNode.Parse(File.ReadAllText(file))!["cells"]!.AsArray().Select(node => node!).ToList();
        Assert.Equal("kept", (string?)cells[0]["outputs"]![0]!["data"]!["text/plain"]![0]);
        Assert.Empty(cells[2]["outputs"]!.AsArray());
        return (process.ExitCode, errors, cells);
    }
}
