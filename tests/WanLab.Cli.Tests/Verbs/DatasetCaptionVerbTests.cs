using System.Text.Json.Nodes;

namespace WanLab.Cli.Tests.Verbs;

public sealed class DatasetCaptionVerbTests : IDisposable
{
    private const string Key = "sk-secret-9876543210";
    private const string Variable = "WANLAB_CAPTION_KEY";

    private readonly RecipeClips _clips = RecipeClips.Of(5, 5);

    public DatasetCaptionVerbTests() => Environment.SetEnvironmentVariable(Variable, Key);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        _clips.Dispose();
    }

    private Task<CliRun> Run(string endpoint, params string[] args) =>
        CliRun.OfAsync(["dataset", "caption", _clips.Clips, "--endpoint", endpoint, "--model", "sees", "--frames", "2", .. args]);

    private string Text(string name) => File.ReadAllText(Path.Combine(_clips.Clips, name)).TrimEnd();

    [Fact]
    public async Task Drafts_are_made_looked_at_accepted_and_taken_back()
    {
        using var server = StubServer.Of(request => $$"""{"caption": "draft {{request.Number}}"}""");
        var run = await Run(server.Endpoint, "--kind", "motion");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Matches(@"2 clips to caption: 4 pictures, about [\d,]+ tokens sent and 160 received\n", run.Out);
        Assert.Matches(@"1 of 2 \(.* left\)  clip0[01]\.mp4: draft [12]\n2 of 2  clip0[01]\.mp4: draft [12]\n", run.Out);
        Assert.Contains("200 tokens sent, 20 received\n", run.Out);
        Assert.Contains("2 drafts to look at", run.Out);
        Assert.Equal("orbit 360 around the subject, toy 0", Text("clip00.txt"));
        Assert.All(server.Requests, request => Assert.Equal($"Bearer {Key}", request.Key));

        var list = await CliRun.OfAsync(["dataset", "captions", _clips.Clips, "--json"]);
        Assert.All(JsonNode.Parse(list.Out)!.AsArray(), row => Assert.StartsWith("draft ", (string)row!["draft"]!));
        Assert.Matches(@"clip +draft +caption\n", (await CliRun.OfAsync(["dataset", "captions", _clips.Clips])).Out);

        Assert.Equal(0, (await CliRun.OfAsync(["dataset", "captions", _clips.Clips, "--accept-drafts", "clip01"])).ExitCode);
        Assert.StartsWith("draft ", Text("clip01.txt"));
        Assert.StartsWith("orbit", Text("clip00.txt"));
        await CliRun.OfAsync(["dataset", "captions", _clips.Clips, "--accept-drafts"]);
        Assert.StartsWith("draft ", Text("clip00.txt"));
        await CliRun.OfAsync(["dataset", "captions", _clips.Clips, "--undo"]);
        Assert.StartsWith("orbit", Text("clip00.txt"));

        var again = await Run(server.Endpoint, "--kind", "motion");
        Assert.Contains("0 clips to caption (2 drafted before)", again.Out);
        Assert.Equal(2, server.Requests.Count);
        Assert.DoesNotContain("warning", (await CliRun.OfAsync(["dataset", "lint", _clips.Clips])).Out); // its files are no captions
    }

    [Fact]
    public async Task A_dry_run_says_what_it_would_cost_and_sends_nothing()
    {
        using var server = StubServer.Of(_ => "a toy");
        var run = await Run(server.Endpoint, "--dry-run", "--price-in", "1000000", "--price-out", "0");
        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"about (?<n>1,\d+) tokens sent and 160 received, costs 1\d{3}\.0000\nNothing was sent\.\n", run.Out);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Accepting_at_once_writes_captions_and_failures_are_an_exit_code()
    {
        using var server = new StubServer((request, context) => request.Number == 1
            ? StubServer.FailAsync(context, 413, "too large") : StubServer.SayAsync(context, "a toy turns"));
        var run = await Run(server.Endpoint, "--at-once", "1", "--accept");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("clip00.mp4: the server answers 413", run.Error);
        Assert.Contains("1 caption written", run.Out);
        Assert.Equal(("orbit 360 around the subject, toy 0", "a toy turns"), (Text("clip00.txt"), Text("clip01.txt")));
    }

    [Fact]
    public async Task Stopping_keeps_the_drafts_so_far()
    {
        using var stop = new CancellationTokenSource();
        using var server = new StubServer((request, context) =>
        {
            if (request.Number == 1) return StubServer.SayAsync(context, "a toy turns");
            stop.Cancel();
            return Task.CompletedTask;
        });
        string[] line =
            ["dataset", "caption", _clips.Clips, "--endpoint", server.Endpoint, "--model", "sees", "--frames", "2", "--at-once", "1"];
        var run = await CliRun.OfAsync(line, cancellation: stop.Token);
        Assert.Equal(ExitCode.Stopped, run.ExitCode);
        Assert.Contains("the drafts so far are kept; the same command does the rest", run.Error);
        Assert.Contains("1 clip to caption (1 drafted before)", (await CliRun.OfAsync([.. line, "--dry-run"])).Out);
    }

    [Fact]
    public async Task The_key_is_in_no_output_and_in_no_file()
    {
        using var server = new StubServer((request, context) => StubServer.FailAsync(context, 401, $"wrong key: {request.Key}"));
        var run = await Run(server.Endpoint);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("wrong key: Bearer (key)", run.Error);
        Assert.DoesNotContain(Key, run.Out + run.Error);
        Assert.All(Directory.GetFiles(_clips.Root, "*", SearchOption.AllDirectories),
            file => Assert.DoesNotContain(Key, File.ReadAllText(file)));
    }

    [Theory]
    [InlineData("cache", "clean", "--older-than", "x")]
    [InlineData("bench", "kernel", "--rounds", "x")]
    [InlineData("train", "job.yaml", "--threads", "x")]
    public async Task What_is_no_number_is_a_usage_error_of_every_verb(params string[] line)
    {
        var run = await CliRun.OfAsync(line);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"'x' for option '{line[2]}'", run.Error);
        Assert.DoesNotContain("bug", run.Error);
    }

    [Theory]
    [InlineData("--frames", "0", "--frames must be 1 to 64")]
    [InlineData("--at-once", "x", "--at-once")]
    [InlineData("--price-in", "-1", "--price-in must be 0 or more")]
    public async Task A_number_out_of_range_is_a_usage_error(string option, string value, string message)
    {
        string[] line = ["dataset", "caption", _clips.Clips, "--endpoint", "http://localhost:1", "--model", "m", option, value];
        var run = await CliRun.OfAsync(line);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error);
    }
}
