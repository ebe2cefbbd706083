using System.Text.Json.Nodes;
using WanLab.Jupyter.Wire;

namespace WanLab.Jupyter.Tests.Jupyter;

/// <summary>Debian's nbconvert executes notebooks through the kernel.</summary>
public sealed class NbConvertTests : IDisposable
{
    private readonly DebianJupyter _jupyter = new();

    public void Dispose() => _jupyter.Dispose();

    [Fact]
    public async Task A_notebook_is_executed()
    {
        _jupyter.Folder.Write("in.ipynb", NotebookJson.Of(
            "var place = display(\"first\");\nfor (var k = 0; k < 3; k++) { Console.WriteLine($\"line {k}\"); await Task.Delay(1); }",
            "place.Update(\"last\");\nHTML(\"<b>x</b>\")",
            "typeof(TrainingJob).Name"));
        var (code, output) = await _jupyter.RunAsync(DebianJupyter.NbConvert, "--to", "notebook", "--execute", "in.ipynb", "--output",
            "out.ipynb");
        Assert.True(code == 0, output);
        var cells = JsonNode.Parse(File.ReadAllText(Path.Combine(_jupyter.Folder.Path, "out.ipynb")))!["cells"]!;
        Assert.Equal("last", Text(cells[0]!["outputs"]![0]!["data"]!["text/plain"]));
        Assert.Equal("line 0\nline 1\nline 2\n",
            string.Concat(cells[0]!["outputs"]!.AsArray().Skip(1).Select(stream => Text(stream!["text"]))));
        Assert.Equal("<b>x</b>", Text(cells[1]!["outputs"]![0]!["data"]!["text/html"]));
    }

    [Fact]
    public async Task A_cell_that_fails_fails_the_conversion()
    {
        _jupyter.Folder.Write("in.ipynb",
            NotebookJson.Of("var a = 1;\nthrow new InvalidOperationException(\"told\");", "display(\"not reached\")"));
        var (code, output) = await _jupyter.RunAsync(DebianJupyter.NbConvert, "--to", "notebook", "--execute", "in.ipynb", "--output",
            "out.ipynb");
        Assert.NotEqual(0, code);
        Assert.Contains("InvalidOperationException: told", output, StringComparison.Ordinal);
        Assert.Contains("at cell 1 line 2", output, StringComparison.Ordinal);
    }

    private static string Text(JsonNode? text) =>
        text is JsonArray lines ? string.Concat(lines.Select(line => (string?)line)) : (string?)text ?? "";
}
