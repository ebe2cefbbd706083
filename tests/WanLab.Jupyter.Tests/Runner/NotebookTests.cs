using System.Text.Json.Nodes;
using WanLab.Jupyter.Install;
using WanLab.Jupyter.Runner;
using WanLab.Jupyter.Wire;
using WanLab.Testing;

namespace WanLab.Jupyter.Tests.Runner;

public sealed class NotebookTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{\"kernelspec\": {\"name\": \"python3\", \"display_name\": \"Python 3\", \"language\": \"python\"}}", "is for Python;")]
    [InlineData("{\"kernelspec\": {\"name\": \"python3\", \"display_name\": \"Python 3\"}}", "is for Python;")]
    [InlineData("{\"language_info\": {\"name\": \"python\"}}", "is for Python;")]
    [InlineData("{\"kernelspec\": {\"name\": \"ir\", \"language\": \"R\"}}", "is for R;")]
    [InlineData("{\"kernelspec\": {\"name\": \".net-fsharp\", \"language\": \"F#\"}}", "is for F#;")]
    [InlineData("{\"kernelspec\": {\"name\": \".net-csharp\", \"language\": \"C#\"}, \"language_info\": {\"name\": \"python\"}}", null)]
    [InlineData("{\"kernelspec\": {\"name\": \"wanlab-csharp\", \"language\": \"C#\"}}", null)]
    [InlineData("{\"language_info\": {\"name\": \"polyglot-notebook\"}}", null)]
    [InlineData("{}", null)]
    public void A_notebook_for_another_language_is_refused(string metadata, string? expected)
    {
        var file = _folder.Write("a.ipynb", $"{{\"nbformat\": 4, \"metadata\": {metadata}, \"cells\": []}}");
        if (expected is null) Assert.Empty(Notebook.Read(file).CodeCells);
        else Assert.Contains(expected, Assert.Throws<WanLabException>(() => Notebook.Read(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_names_the_cell_or_the_line()
    {
        var cell = _folder.Write("a.ipynb",
            "{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"markdown\"},\n{\"cell_type\": \"code\", \"source\": [1]}]}");
        Assert.Contains("cell 2: source must be", Complaint(cell), StringComparison.Ordinal);
        var text = _folder.Write("b.ipynb", "{\"nbformat\": 4,\n\"cells\": [\n\"\\ud800\"]}");
        Assert.Contains("line 3: a text holds half", Complaint(text), StringComparison.Ordinal);
    }

    private static string Complaint(string file) => Assert.Throws<WanLabException>(() => Notebook.Read(file)).Message;

    [Fact]
    public void Fields_of_a_notebook_that_are_not_changed_stay()
    {
        var file = _folder.Write("a.ipynb", """
            {"nbformat": 4, "nbformat_minor": 4, "metadata": {"mine": {"a": 1}, "kernelspec": {"name": ".net-csharp"}},
             "cells": [{"cell_type": "markdown", "metadata": {"b": 2}, "source": ["# 見\n", "x"]},
                       {"cell_type": "code", "metadata": {}, "execution_count": 3, "outputs": [], "source": ["var a = 1;\n", "a"]}]}
            """);
        var notebook = Notebook.Read(file);
        Assert.Equal("var a = 1;\na", Assert.Single(notebook.CodeCells).Source);
        notebook.NameKernel(KernelSpec.Metadata(), []);
        notebook.Write(file);
        var text = File.ReadAllText(file);
        var json = JsonNode.Parse(text)!;
        Assert.Contains("見", text, StringComparison.Ordinal);
        Assert.Equal(".net-csharp", (string?)json["metadata"]!["kernelspec"]!["name"]);
        Assert.Equal((1, 2, 5),
            ((int)json["metadata"]!["mine"]!["a"]!, (int)json["cells"]![0]!["metadata"]!["b"]!, (int)json["nbformat_minor"]!));
        Assert.Equal(["cell-1", "cell-2"], json["cells"]!.AsArray().Select(cell => (string?)cell!["id"]));
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("[]")]
    [InlineData("{\"nbformat\": 3, \"cells\": []}")]
    [InlineData("{\"nbformat\": 4}")]
    [InlineData("{\"nbformat\": 4, \"cells\": [1]}")]
    [InlineData("{\"nbformat\": \"four\", \"cells\": []}")]
    [InlineData("{\"nbformat\": 4, \"nbformat_minor\": \"five\", \"cells\": []}")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": 5}]}")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": {\"a\": 1}}]}")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": [1]}]}")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": \"\\ud800\"}]}")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": \"\\u0000\"}]}")]
    [InlineData("{\"nbformat\": 4, \"metadata\": [], \"cells\": []}")]
    [InlineData("{\"nbformat\": 4, \"cells\": [], \"cells\": []}")]
    public void What_is_no_notebook_is_refused(string text)
    {
        var file = _folder.Write("a.ipynb", text);
        Assert.StartsWith(file, Assert.Throws<WanLabException>(() => Notebook.Read(file)).Message, StringComparison.Ordinal);
    }
}
