using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using WanLab.Jupyter.CSharp;
using WanLab.Jupyter.Runner;
using WanLab.Jupyter.Wire;
using WanLab.Testing;

namespace WanLab.Jupyter.Tests.Runner;

public sealed class NotebookRunnerTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<NotebookProgress> _progress = [];
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Outputs_are_written_as_Jupyter_writes_them()
    {
        var (failed, cells) = await RunAsync(NotebookJson.Of(
            "Console.WriteLine(\"a\");\nConsole.Write(\"b\");\nConsole.Error.Write(\"e\");", "HTML(\"<b>\\nx</b>\")", "", "1 + 1"));
        Assert.Equal(0, failed);
        Assert.Equal(
            """[{"output_type":"stream","name":"stdout","text":["a\n","b"]},{"output_type":"stream","name":"stderr","text":["e"]}]""",
            cells[0]["outputs"]!.ToJsonString());
        Assert.Equal("<b>\n|x</b>",
            string.Join('|', cells[1]["outputs"]![0]!["data"]!["text/html"]!.AsArray().Select(line => (string?)line)));
        Assert.Equal([1, 2, null, 3], cells.Select(cell => (int?)cell["execution_count"]));
    }

    [Fact]
    public async Task A_later_cell_changes_what_an_earlier_one_shows()
    {
        var (_, cells) = await RunAsync(NotebookJson.Of("var place = display(\"first\");", "place.Update(\"last\");"));
        Assert.Equal("last", (string?)cells[0]["outputs"]![0]!["data"]!["text/plain"]![0]);
        Assert.Empty(cells[1]["outputs"]!.AsArray());
    }

    [Fact]
    public async Task Output_can_be_cleared_at_once_or_by_the_next()
    {
        var (_, cells) = await RunAsync(NotebookJson.Of("display(1); ClearOutput(); display(2); ClearOutput(wait: true); display(3);",
            "display(1); ClearOutput(wait: true);"));
        Assert.Equal("3", (string?)cells[0]["outputs"]!.AsArray().Single()!["data"]!["text/plain"]![0]);
        Assert.Single(cells[1]["outputs"]!.AsArray());
    }

    [Fact]
    public async Task A_cell_that_fails_ends_the_run_and_is_shown()
    {
        var (failed, cells) = await RunAsync(NotebookJson.Of("1", "throw new InvalidOperationException(\"no\");", "3"));
        Assert.Equal(1, failed);
        Assert.Equal("error", (string?)cells[1]["outputs"]![0]!["output_type"]);
        Assert.Equal(("InvalidOperationException", "no"),
            ((string?)cells[1]["outputs"]![0]!["ename"], (string?)cells[1]["outputs"]![0]!["evalue"]));
        Assert.Empty(cells[2]["outputs"]!.AsArray());
        Assert.Equal("no", _progress[^1].Error!.Message);
    }

    [Fact]
    public async Task A_run_can_go_on_and_a_cell_may_fail()
    {
        var (failed, cells) = await RunAsync(
            NotebookJson.Of(("throw new Exception();", [NotebookRunner.MayFail]), ("throw new Exception();", []), ("3", [])), goOn: true);
        Assert.Equal(1, failed);
        Assert.Equal("3", (string?)cells[2]["outputs"]![0]!["data"]!["text/plain"]![0]);
    }

    [Fact]
    public async Task What_was_shown_is_on_disk_before_the_next_cell_runs_and_names_it()
    {
        var file = Path.Combine(_folder.Path, "out.ipynb");
        var seen = new List<JsonObject>();
        var notebook = Notebook.Read(_folder.Write("in.ipynb", NotebookJson.Of("Console.Write(7)", "8", "9")));
        var runner = new NotebookRunner(new Interpreter(Path.Combine(_folder.Path, "packages"), _time), _time)
        {
            Save = () =>
            {
                notebook.Write(file);
                seen.Add(JsonNode.Parse(File.ReadAllText(file))!.AsObject());
            },
        };
        await runner.RunAsync(notebook, [], goOn: false, _ => { }, CancellationToken.None);
        var beforeSecond = seen[2]["cells"]!.AsArray();
        Assert.Equal("7", (string?)beforeSecond[0]!["outputs"]![0]!["text"]![0]);
        Assert.Equal("The program ended while cell 2 ran; the cells after it did not run.",
            (string?)beforeSecond[1]!["outputs"]![0]!["evalue"]);
        Assert.Empty(beforeSecond[2]!["outputs"]!.AsArray());
        Assert.Equal(["stream", "execute_result", "execute_result"],
            seen[^1]["cells"]!.AsArray().Select(cell => (string?)cell!["outputs"]!.AsArray().Single()!["output_type"]));
    }

    [Fact]
    public async Task Nobody_is_there_to_ask()
    {
        var (failed, cells) = await RunAsync(NotebookJson.Of("await GetInputAsync(\"Who?\")"));
        Assert.Equal(1, failed);
        Assert.Contains("without anybody who could answer", (string?)cells[0]["outputs"]![0]!["evalue"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_interrupts_the_cell_and_keeps_what_was_shown()
    {
        using var source = new CancellationTokenSource();
        var interpreter = new Interpreter(_folder.Path, _time);
        var notebook = Notebook.Read(
            _folder.Write("in.ipynb", NotebookJson.Of("display(1);", "await Task.Delay(-1, Interrupt.Token);", "3")));
        await new NotebookRunner(interpreter, _time).RunAsync(notebook, [], goOn: true, progress =>
        {
            if (progress is { Number: 2, Elapsed: null }) source.Cancel();
        }, source.Token);
        var cells = notebook.CodeCells.Select(cell => cell.Json).ToList();
        Assert.Single(cells[0]["outputs"]!.AsArray());
        Assert.Equal("Interrupted", (string?)cells[1]["outputs"]![0]!["ename"]);
        Assert.Empty(cells[2]["outputs"]!.AsArray());
    }

    [Fact]
    public async Task Parameters_are_set_behind_the_cell_that_declares_them()
    {
        var json = NotebookJson.Of(("var steps = 5;\nvar name = \"a\";\nvar rate = 0.5;", ["parameters"]),
            ("$\"{name} {steps} {rate * 2}\"", []));
        var (_, cells) = await RunAsync(json, parameters: ["steps=7", "name=blue sky", "rate=1e-3"]);
        Assert.Equal("steps = 7;\nname = \"blue sky\";\nrate = 1e-3;", (string?)cells[1]["source"]);
        Assert.Equal("blue sky 7 0.002", (string?)cells[2]["outputs"]![0]!["data"]!["text/plain"]![0]);
    }

    [Fact]
    public async Task Parameters_of_an_earlier_run_are_replaced()
    {
        var json = NotebookJson.Of(("var steps = 5;", ["parameters"]), ("steps = 6;", ["injected-parameters"]), ("steps", []));
        var (_, cells) = await RunAsync(json);
        Assert.Equal(2, cells.Count);
        Assert.Equal("5", (string?)cells[1]["outputs"]![0]!["data"]!["text/plain"]![0]);
    }

    [Theory]
    [InlineData("stepz=7", "declares no such variable; it has: steps")]
    [InlineData("steps", "is not of the form name=value")]
    [InlineData("=7", "is not of the form name=value")]
    public async Task A_parameter_without_effect_is_an_error(string parameter, string expected)
    {
        var error = await Assert.ThrowsAsync<WanLabException>(
            () => RunAsync(NotebookJson.Of(("var steps = 5;", ["parameters"])), parameters: [parameter]));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notebook_without_parameters_takes_none()
    {
        var error = await Assert.ThrowsAsync<WanLabException>(() => RunAsync(NotebookJson.Of("1"), parameters: ["steps=1"]));
        Assert.Contains("Give the label (cell tag) 'parameters'", error.Message, StringComparison.Ordinal);
    }

    private async Task<(int Failed, List<JsonObject> Cells)> RunAsync(string json, string[]? parameters = null, bool goOn = false)
    {
        var notebook = Notebook.Read(_folder.Write("in.ipynb", json));
        var failed = await new NotebookRunner(new Interpreter(Path.Combine(_folder.Path, "packages"), _time), _time)
            .RunAsync(notebook, [.. (parameters ?? []).Select(NotebookParameter.Parse)], goOn, _progress.Add, CancellationToken.None);
        var file = Path.Combine(_folder.Path, "out.ipynb");
        notebook.Write(file);
        return (failed, [.. JsonNode.Parse(File.ReadAllText(file))!["cells"]!.AsArray().Select(cell => cell!.AsObject())]);
    }
}
