using System.Text.Json.Nodes;

namespace WanLab.Cli.Tests.Verbs;

public sealed class DatasetCaptionsVerbTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public DatasetCaptionsVerbTests()
    {
        foreach (var name in (string[])["a.mp4", "b.mp4", "c.mp4"]) _folder.Write(name, "not decoded");
        _folder.Write("a.txt", "[trigger], pan left over a field");
        _folder.Write("b.txt", "a red house [bold]");
    }

    public void Dispose() => _folder.Dispose();

    private Task<CliRun> Run(params string[] args) => CliRun.OfAsync(["dataset", "captions", _folder.Path, .. args]);

    private string Text(string name) => File.ReadAllText(_folder[name]).TrimEnd();

    [Fact]
    public async Task Captions_are_listed_as_they_are_and_as_they_are_trained()
    {
        var plain = await Run();
        Assert.Equal((0, ""), (plain.ExitCode, plain.Error));
        Assert.Matches(@"a\.mp4 +\[trigger\], pan left over a field\n", plain.Out);
        Assert.Matches(@"b\.mp4 +a red house \[bold\]\n", plain.Out);
        Assert.Matches(@"c\.mp4 +\(none\)\n", plain.Out);
        Assert.EndsWith("3 clips, 2 with a caption of their own\n", plain.Out);

        var trained = await Run("--trigger", "frung", "--model", "wan-tiny");
        Assert.Matches(@"clip +tokens +caption as trained\n", trained.Out);
        Assert.Matches(@"a\.mp4 +\d+ +frung, pan left over a field\n", trained.Out);
        Assert.Matches(@"b\.mp4 +\d+ +frung a red house \[bold\]\n", trained.Out);
    }

    [Fact]
    public async Task For_programs_there_is_json_with_what_is_cut_off()
    {
        _folder.Write("c.txt", string.Join(' ', Enumerable.Repeat("orbit around the quiet house", 20)));
        var json = JsonNode.Parse((await Run("--json", "--model", "wan-tiny", "--trigger", "frung")).Out)!.AsArray();
        Assert.Equal(["a.txt", "b.txt", "c.txt"], json.Select(row => (string?)row!["caption_file"]));
        Assert.Equal("frung, pan left over a field", (string)json[0]!["trained_as"]!);
        Assert.Null(json[0]!["cut_off"]);
        Assert.EndsWith("the quiet house", (string)json[2]!["cut_off"]!);
        Assert.True((int)json[2]!["tokens"]! > (int)json[2]!["limit"]!);
    }

    [Fact]
    public async Task One_caption_is_set_at_once_and_taken_back()
    {
        var set = await Run("--set", "c", "zoom in on a cup");
        Assert.Equal((0, ""), (set.ExitCode, set.Error));
        Assert.Equal("zoom in on a cup", Text("c.txt"));
        await Run("--set", "a.mp4", "tilt up");
        Assert.Equal(0, (await Run("--undo")).ExitCode);
        Assert.Equal("[trigger], pan left over a field", Text("a.txt"));
        await Run("--undo");
        Assert.False(File.Exists(_folder["c.txt"]));
        var history = await Run("--history");
        Assert.Contains("3, undoes 2", history.Out);
        Assert.Equal(4, JsonNode.Parse((await Run("--history", "--json")).Out)!.AsArray().Count);
        Assert.Equal(1, (await Run("--undo")).ExitCode);
    }

    [Theory]
    [InlineData("[trigger], tilt up over a field", "a red house [bold]", "--replace", "pan left", "tilt up")]
    [InlineData("slowly, [trigger], pan left over a field", "slowly, a red house [bold]", "--prefix", "slowly, ")]
    [InlineData("[trigger], pan left over a field at dusk", "a red house [bold] at dusk", "--suffix", " at dusk")]
    [InlineData("[trigger], pan left over a field, dusk", "a red house [bold], dusk", "--add-tag", "dusk")]
    [InlineData("pan left over a field", "a red house [bold]", "--remove-tag", "[trigger]")]
    [InlineData("orbit", "orbit", "--set-all", "orbit")]
    public async Task What_touches_many_is_shown_first_and_written_when_that_is_asked_for(string a, string b, params string[] edit)
    {
        var preview = await Run(edit);
        Assert.Equal((0, ""), (preview.ExitCode, preview.Error));
        Assert.Contains($"+ {a}\n", preview.Out);
        Assert.Contains("Nothing is written yet: add --write.", preview.Out);
        Assert.Equal("[trigger], pan left over a field", Text("a.txt"));

        Assert.Equal(0, (await Run([.. edit, "--write"])).ExitCode);
        Assert.Equal((a, b), (Text("a.txt"), Text("b.txt")));
    }

    [Fact]
    public async Task Only_bare_clips_get_a_common_caption_where_that_is_asked_for()
    {
        await Run("--set-all", "orbit", "--only-missing", "--write");
        Assert.Equal(("a red house [bold]", "orbit"), (Text("b.txt"), Text("c.txt")));
    }

    [Fact]
    public async Task Captions_go_out_and_come_back_through_a_table()
    {
        var file = _folder["out.csv"];
        Assert.Equal(0, (await Run("--export", file)).ExitCode);
        File.WriteAllText(file, File.ReadAllText(file).Replace("c.mp4,", "c.mp4,\"zoom in, slowly\""));
        Assert.Contains("+ zoom in, slowly", (await Run("--import", file)).Out);
        Assert.False(File.Exists(_folder["c.txt"]));
        await Run("--import", file, "--write");
        Assert.Equal("zoom in, slowly", Text("c.txt"));
    }

    [Fact]
    public async Task Two_changes_at_a_time_are_a_usage_error()
    {
        var run = await Run("--prefix", "x", "--undo");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--prefix and --undo: give one of them at a time.", run.Error);
        Assert.Contains("there is no clip 'z.mp4'", (await Run("--set", "z.mp4", "x")).Error);
    }
}
