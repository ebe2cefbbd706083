using System.Text.Json.Nodes;

namespace WanLab.Cli.Tests.Verbs;

public sealed class DatasetLintVerbTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public DatasetLintVerbTests()
    {
        foreach (var name in (string[])["a.mp4", "b.mp4", "c.mp4", "d.mp4"]) _folder.Write(name, "not decoded");
        _folder.Write("a.txt", "orbit 360 around frung, a woman");
        _folder.Write("b.txt", "furng, a house");
        _folder.Write("c.txt", "");
        _folder.Write("lost.txt", "x");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Flaws_are_shown_with_the_names_of_files()
    {
        var run = await CliRun.OfAsync(["dataset", "lint", _folder.Path, "--kind", "motion", "--trigger", "frung"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Golden.Matches("dataset-lint.txt", run.Out);
    }

    [Fact]
    public async Task For_programs_there_is_json()
    {
        var run = await CliRun.OfAsync(["dataset", "lint", _folder.Path, "--trigger", "frung", "--json"]);
        var json = JsonNode.Parse(run.Out)!;
        Assert.Equal(4, (int)json["clips"]!);
        Assert.Equal(["orphan lost.txt", "trigger_misspelt b.mp4", "empty_file c.mp4", "missing d.mp4"],
            json["flaws"]!.AsArray().Select(flaw => $"{flaw!["kind"]} {flaw["file"]}"));
        Assert.Equal("'furng'", (string)json["flaws"]![1]!["detail"]!);
    }

    [Fact]
    public async Task A_folder_without_clips_is_an_error()
    {
        using var empty = new TempFolder();
        var run = await CliRun.OfAsync(["dataset", "lint", empty.Path]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("there is neither a clip nor an image in it", run.Error);
    }

    [Fact]
    public async Task Tokens_are_counted_with_the_model_that_is_named()
    {
        _folder.Write("d.txt", string.Join(' ', Enumerable.Repeat("orbit around the quiet house", 120)));
        var run = await CliRun.OfAsync(["dataset", "lint", _folder.Path, "--model", "wan-tiny"]);
        Assert.Matches(@"d\.mp4: its caption has \d+ tokens, and the model reads 64: the end is cut off, after '\.\.\.", run.Out);
        var none = await CliRun.OfAsync(["dataset", "lint", _folder.Path, "--model", _folder.Path]);
        Assert.Contains("holds no tokenizer", none.Error);
    }
}
