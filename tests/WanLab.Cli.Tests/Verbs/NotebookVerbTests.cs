using System.Text.Json.Nodes;
using WanLab.Cli.Verbs;
using WanLab.Jupyter.Wire;

namespace WanLab.Cli.Tests.Verbs;

public sealed class NotebookVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wanlab-notebook-").FullName;
    private readonly string _before = Directory.GetCurrentDirectory();

    public void Dispose()
    {
        Directory.SetCurrentDirectory(_before);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_notebook_is_run_into_another_file_with_other_parameters()
    {
        var file = Write(
            """{"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": "var steps = 5;"}, {"cell_type": "code", "metadata": {}, "source": "System.IO.File.WriteAllText(\"here\", \"\");\nsteps * 2"}""");
        var before = File.ReadAllText(file);
        var run = await Run("run", file, "--set", "steps=21", "--output", Path.Combine(_folder, "out.ipynb"));
        Assert.Equal((0, $"Written: {Path.Combine(_folder, "out.ipynb")}\n"), (run.ExitCode, run.Out));
        Assert.Matches(
            @"\[1/3\] var steps = 5;  \d+\.\d s\n\[2/3\] steps = 21;  \d+\.\d s\n\[3/3\] System\.IO\.File\.WriteAllText\(""here"", """"\);  \d+\.\d s\n", run.Error);
        Assert.Equal(before, File.ReadAllText(file));
        Assert.True(File.Exists(Path.Combine(_folder, "here")));
        var notebook = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, "out.ipynb")))!;
        Assert.Equal("42", (string?)notebook["cells"]![2]!["outputs"]![0]!["data"]!["text/plain"]![0]);
        Assert.Equal("wanlab-csharp", (string?)notebook["metadata"]!["kernelspec"]!["name"]);
    }

    [Fact]
    public async Task The_exit_code_tells_of_a_cell_that_fails_and_the_file_shows_it()
    {
        var file = Write("""{"cell_type": "code", "metadata": {}, "source": "\nthrow new WanLabException(\"no clips\");"}""");
        var run = await Run("run", file);
        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith("no clips\n    at cell 1 line 2\nerror: A cell failed.\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("WanLabException", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notebook_that_is_not_there_is_said()
    {
        var run = await Run("run", Path.Combine(_folder, "no.ipynb"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("no.ipynb: cannot be read as a notebook", run.Error, StringComparison.Ordinal);
    }

    private string Write(string cells)
    {
        var file = Path.Combine(_folder, "in.ipynb");
        File.WriteAllText(file, $$"""{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{{cells}}]}""");
        return file;
    }

    private static Task<CliRun> Run(params string[] arguments) => CliRun.OfAsync(["notebook", .. arguments], NotebookVerb.Create);
}
