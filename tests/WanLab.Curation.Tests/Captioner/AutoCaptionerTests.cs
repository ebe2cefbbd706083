using System.Collections.Concurrent;
using WanLab.Captioner;
using WanLab.Curation.Captioning;
using WanLab.Curation.Motion;
using WanLab.Curation.Tests.Captioning;
using WanLab.Datasets;
using WanLab.Jobs.Recipes;
using WanLab.Media;

namespace WanLab.Curation.Tests.Captioner;

public sealed class AutoCaptionerTests(AutoCaptionerTests.Shared shared) : IClassFixture<AutoCaptionerTests.Shared>, IDisposable
{
    private const string Key = "sk-very-secret-0123456789";
    private const string Good = """{"caption": "A toy turns."}""";

    private readonly RecipeClips _clips = shared.Copy();
    private readonly QuickClock _time = new();
    private readonly List<CaptionProgress> _progress = [];
    private Action? _reported;

    public void Dispose() => _clips.Dispose();

    private CaptionerOptions Options(StubServer server) =>
        new() { Endpoint = CaptionEndpoint.Parse(server.Endpoint), Model = "sees", Frames = 2, LongestSide = 24 };

    private async Task<CaptionResult> RunAsync(StubServer server, CaptionerOptions? options = null,
        CancellationToken cancellation = default, Func<string, ClipMotion?>? motion = null)
    {
        options ??= Options(server);
        var captioner = new AutoCaptioner(CaptionFolder.Read(_clips.Clips), options);
        var book = DraftBook.Read(_clips.Clips);
        var work = captioner.Plan(book, Shared.Facts, motion ?? (_ => null), cancellation);
        using var asked = new CaptionServer(options, CaptionKey.Read(_ => Key, options.Endpoint), _time);
        return await captioner.RunAsync(work, book, asked, _time, Report, cancellation);
    }

    private void Report(CaptionProgress progress)
    {
        _progress.Add(progress);
        _reported?.Invoke();
    }

    private string[] Drafts() =>
        [.. DraftBook.Read(_clips.Clips).All.OrderBy(draft => draft.Clip).Select(draft => $"{draft.Clip} {draft.Text}")];

    [Fact]
    public async Task Each_clip_is_asked_about_with_its_frames_and_gets_a_draft_and_no_caption()
    {
        var before = Directory.GetFiles(_clips.Clips, "*.txt").Order().Select(File.ReadAllText).ToList();
        using var server = StubServer.Of(request => $$"""{"caption": "Picture {{request.Pictures.Count}}\nof a toy."}""");
        var result = await RunAsync(server, Options(server) with { Frames = 6 });

        Assert.Equal((4, 0, 400, 40), (result.Drafts, result.Problems.Count, result.TokensIn, result.TokensOut));
        Assert.Equal(["clip00.mp4 Picture 6 of a toy.", "clip01.mp4 Picture 5 of a toy.", "clip02.mp4 Picture 5 of a toy.",
            "clip03.mp4 Picture 5 of a toy."], Drafts());
        Assert.Equal(before, Directory.GetFiles(_clips.Clips, "*.txt").Order().Select(File.ReadAllText));
        var request = server.Requests[0];
        Assert.Equal(("sees", $"Bearer {Key}", "/v1/chat/completions", true),
            ((string)request.Body["model"]!, request.Key, request.Path, request.WantsForm));
        Assert.All(server.Requests, one => Assert.All(one.Pictures, picture => Assert.StartsWith("data:image/jpeg;base64,/9j/", picture)));
        var schema = request.Body["response_format"]!["json_schema"]!["schema"]!;
        Assert.Equal(["caption"], schema["required"]!.AsArray().Select(key => (string)key!));
        Assert.Equal([1, 2, 3, 4], _progress.Select(progress => progress.Done));
        Assert.Equal(TimeSpan.Zero, _progress[^1].Left);
    }

    [Fact]
    public async Task The_kind_the_trigger_word_and_the_measured_motion_are_in_the_question()
    {
        using var server = StubServer.Of(_ => Good);
        var motion = Motions.Of(CameraMove.PanLeft, 0.9, "slow pan left");
        await RunAsync(server, Options(server) with { Kind = RecipeKind.Motion, TriggerWord = "frung" }, motion: _ => motion);
        Assert.All(server.Requests, request => Assert.Contains("Name the motion first", request.Question));
        Assert.All(server.Requests, request => Assert.Contains("measured as: slow pan left.", request.Question));
        Assert.StartsWith("clip00.mp4 A toy turns.", Drafts()[0]);

        await RunAsync(server, Options(server) with { Kind = RecipeKind.Character, TriggerWord = "frung" });
        Assert.Contains("Begin with frung", server.Requests[^1].Question);
        Assert.Equal("frung, A toy turns.", DraftBook.Read(_clips.Clips).Open("clip00.mp4")!.Text);
    }

    [Fact]
    public async Task A_busy_server_is_asked_again_after_the_time_it_names_or_one_that_doubles()
    {
        using var server = new StubServer((request, context) => request.Number switch
        {
            1 => StubServer.FailAsync(context, 429, "slow down", retryAfter: "17"),
            2 or 3 or 4 => StubServer.FailAsync(context, 503, "loading"),
            _ => StubServer.SayAsync(context, Good),
        });
        var result = await RunAsync(server, Options(server) with { AtOnce = 1 });
        Assert.Equal((4, 0, 8), (result.Drafts, result.Problems.Count, server.Requests.Count));
        Assert.Equal([17, 2, 4, 8], _time.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task A_date_to_wait_for_is_understood()
    {
        var at = _time.GetUtcNow().AddSeconds(41).ToString("R");
        using var server = new StubServer((request, context) =>
            request.Number == 1 ? StubServer.FailAsync(context, 429, "later", at) : StubServer.SayAsync(context, Good));
        await RunAsync(server, Options(server) with { AtOnce = 1 });
        Assert.Equal([41], _time.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task A_server_that_stays_busy_costs_that_clip_its_tries_and_no_other()
    {
        string? busy = null;
        using var server = new StubServer((request, context) =>
        {
            busy ??= request.Pictures[0];
            return request.Pictures[0] == busy ? StubServer.FailAsync(context, 503, "overloaded") : StubServer.SayAsync(context, Good);
        });
        var result = await RunAsync(server, Options(server) with { AtOnce = 1 });
        Assert.Equal((3, 6 + 3), (result.Drafts, server.Requests.Count));
        Assert.Matches(@"clip00\.mp4: the server answers 503: .*\(6 tries\)$", Assert.Single(result.Problems).Message);
    }

    [Fact]
    public async Task Broken_json_is_asked_for_again_as_plain_text()
    {
        using var server = StubServer.Of(request => request.WantsForm ? """{"caption": "A toy tu""" : "\"A toy turns left.\"\n");
        var result = await RunAsync(server);
        Assert.Equal((4, 8), (result.Drafts, server.Requests.Count));
        Assert.All(Drafts(), draft => Assert.EndsWith(" A toy turns left.", draft));
        Assert.Equal(800, result.TokensIn);
    }

    [Fact]
    public async Task An_answer_that_holds_nothing_is_a_problem_of_its_clip()
    {
        string? bad = null;
        using var server = StubServer.Of(request => request.Pictures[0] == (bad ??= request.Pictures[0]) ? "{" : Good);
        var result = await RunAsync(server, Options(server) with { AtOnce = 1 });
        Assert.Equal(3, result.Drafts);
        Assert.EndsWith("clip00.mp4: the answer holds no caption: {", Assert.Single(result.Problems).Message);
        Assert.Contains(_progress, progress => progress is { Clip: "clip00.mp4", Caption: null });
    }

    [Fact]
    public async Task Bytes_that_are_no_answer_at_all_are_tried_again()
    {
        using var server = new StubServer((request, context) => request.Number == 1
            ? StubServer.SendAsync(context, 200, "<html>proxy</html>") : StubServer.SayAsync(context, Good));
        Assert.Equal(4, (await RunAsync(server)).Drafts);
    }

    [Fact]
    public async Task A_server_that_knows_no_forms_is_asked_for_plain_text_from_then_on()
    {
        using var server = new StubServer((request, context) => request.WantsForm
            ? StubServer.FailAsync(context, 400, "response_format is not supported") : StubServer.SayAsync(context, "A toy turns."));
        Assert.Equal(4, (await RunAsync(server, Options(server) with { AtOnce = 1 })).Drafts);
        Assert.Equal([true, false, false, false, false], server.Requests.Select(request => request.WantsForm));
    }

    [Fact]
    public async Task A_broken_connection_is_tried_again()
    {
        using var server = new StubServer((request, context) =>
        {
            if (request.Number > 2) return StubServer.SayAsync(context, Good);
            context.Response.Abort();
            return Task.CompletedTask;
        });
        Assert.Equal(4, (await RunAsync(server, Options(server) with { AtOnce = 1 })).Drafts);
        Assert.Equal(6, server.Requests.Count);
    }

    [Fact]
    public async Task A_slow_answer_holds_up_no_other_clip_and_one_that_never_comes_is_asked_for_again()
    {
        var others = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _reported = () =>
        {
            if (_progress.Count == 3) others.TrySetResult();
        };
        using var server = new StubServer(async (request, context) =>
        {
            if (request.Number == 1)
            {
                await others.Task;
                _time.RunOut(); // this request has waited for its whole time
                return;
            }
            await StubServer.SayAsync(context, Good);
        });
        Assert.Equal(4, (await RunAsync(server, Options(server) with { AtOnce = 2 })).Drafts);
        Assert.Equal(5, server.Requests.Count);
    }

    [Fact]
    public async Task What_was_stopped_is_resumed_without_asking_twice_for_a_finished_clip()
    {
        using var stop = new CancellationTokenSource();
        using (var server = new StubServer((request, context) =>
        {
            if (request.Number < 3) return StubServer.SayAsync(context, Good);
            stop.Cancel(); // and no answer
            return Task.CompletedTask;
        }))
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => RunAsync(server, Options(server) with { AtOnce = 1 }, stop.Token));
        Assert.Equal(2, Drafts().Length);

        using var again = StubServer.Of(_ => Good);
        Assert.Equal(2, (await RunAsync(again)).Drafts);
        Assert.Equal(2, again.Requests.Count);
        Assert.Equal(0, (await RunAsync(again)).Drafts);

        // Nor when it was accepted; another model is another question.
        DraftBook.Read(_clips.Clips).Accept(CaptionFolder.Read(_clips.Clips), null, _time);
        Assert.Equal(0, (await RunAsync(again)).Drafts);
        Assert.Equal(2, again.Requests.Count);
        Assert.Equal(4, (await RunAsync(again, Options(again) with { Model = "other" })).Drafts);
    }

    [Fact]
    public async Task Copies_of_a_clip_are_asked_about_once()
    {
        File.Copy(Path.Combine(_clips.Clips, "clip01.mp4"), Path.Combine(_clips.Clips, "copy.mp4"));
        using var server = StubServer.Of(request => $$"""{"caption": "answer {{request.Number}}"}""");
        var result = await RunAsync(server, Options(server) with { AtOnce = 1 });
        Assert.Equal((5, 4), (result.Drafts, server.Requests.Count));
        var book = DraftBook.Read(_clips.Clips);
        Assert.Equal(book.Open("clip01.mp4")!.Text, book.Open("copy.mp4")!.Text);
    }

    [Fact]
    public async Task Clips_with_a_caption_are_passed_over_where_that_is_asked_for()
    {
        File.Delete(Path.Combine(_clips.Clips, "clip02.txt"));
        using var server = StubServer.Of(_ => Good);
        await RunAsync(server, Options(server) with { OnlyMissing = true });
        Assert.Equal(["clip02.mp4 A toy turns."], Drafts());
    }

    [Theory]
    [InlineData(401, "The key is not accepted: correct WANLAB_CAPTION_KEY.")]
    [InlineData(404, "has the model 'sees'")]
    [InlineData(302, "The server sends elsewhere, which is not followed")]
    public async Task What_fails_for_every_clip_ends_the_work_at_once(int status, string advice)
    {
        using var server = new StubServer((_, context) =>
        {
            context.Response.Headers["Location"] = "http://127.0.0.1:1/";
            return StubServer.FailAsync(context, status, "no");
        });
        var error = await Assert.ThrowsAsync<WanLabException>(() => RunAsync(server, Options(server) with { AtOnce = 1 }));
        Assert.Contains(advice, error.Message);
        Assert.Single(server.Requests);
        Assert.Empty(_time.Waits);
    }

    [Fact]
    public async Task Where_the_first_clips_all_fail_the_others_are_not_tried()
    {
        using var server = new StubServer((_, context) => StubServer.FailAsync(context, 400, "this model sees no pictures"));
        var error = await Assert.ThrowsAsync<WanLabException>(() => RunAsync(server, Options(server) with { AtOnce = 1 }));
        Assert.Contains("the first clips all fail", error.Message);
        Assert.Contains("this model sees no pictures", error.Message);
        Assert.Equal(4, server.Requests.Count); // the first one twice, in both forms
    }

    [Fact]
    public async Task Where_nothing_listens_it_is_said_at_once()
    {
        using var server = StubServer.Of(_ => Good);
        var options = Options(server) with { Endpoint = CaptionEndpoint.Parse($"http://127.0.0.1:{StubServer.FreePort()}") };
        var error = await Assert.ThrowsAsync<WanLabException>(() => RunAsync(server, options));
        Assert.Contains("nothing answers there", error.Message);
        Assert.Contains("Is the server started", error.Message);
        Assert.Empty(_time.Waits);
    }

    [Fact]
    public async Task The_key_is_in_no_file_and_in_no_message_even_if_the_server_repeats_it()
    {
        using var server = new StubServer((request, context) => request.Number switch
        {
            1 => StubServer.FailAsync(context, 503, $"busy with {request.Key}"),
            2 => StubServer.SayAsync(context, $"{{ {request.Key}"),
            3 => StubServer.SayAsync(context, $"[{request.Key}"),
            4 => StubServer.SayAsync(context, Good),
            _ => StubServer.FailAsync(context, 401, $"Incorrect API key provided: {Key}."),
        });
        var error = await Assert.ThrowsAsync<WanLabException>(() => RunAsync(server, Options(server) with { AtOnce = 1 }));
        Assert.Contains("Incorrect API key provided: (key).", error.Message);
        Assert.DoesNotContain(Key, error.ToString());
        Assert.Single(Drafts());
        Assert.All(Directory.GetFiles(_clips.Root, "*", SearchOption.AllDirectories),
            file => Assert.DoesNotContain(Key, File.ReadAllText(file)));
        Assert.Equal("(key)", CaptionKey.Read(_ => Key, Options(server).Endpoint).ToString());
    }

    [Fact]
    public void The_estimate_counts_pictures_and_words_of_what_is_still_to_ask()
    {
        var options = new CaptionerOptions { Endpoint = CaptionEndpoint.Parse("http://localhost"), Model = "m", Frames = 4 };
        var captioner = new AutoCaptioner(CaptionFolder.Read(_clips.Clips), options);
        var work = captioner.Plan(DraftBook.Read(_clips.Clips), Shared.Facts, _ => null, default);
        var (tokensIn, tokensOut) = captioner.Tokens(work);
        Assert.Equal((4, 4 * 80), (work.Open.Count, tokensOut));
        Assert.InRange(tokensIn, 4 * 4 * 255, 4 * (4 * 255 + 200));
        File.WriteAllText(Path.Combine(_clips.Clips, "broken.mp4"), "no clip");
        var broken = new AutoCaptioner(CaptionFolder.Read(_clips.Clips), options)
            .Plan(DraftBook.Read(_clips.Clips), Shared.Facts, _ => null, default);
        Assert.Equal((4, "broken.mp4"), (broken.Open.Count, Path.GetFileName(Assert.Single(broken.Problems).Path)));
    }

    /// <summary>Clips that are encoded and probed once for all tests.</summary>
    public sealed class Shared : IDisposable
    {
        private static readonly ConcurrentDictionary<long, MediaFacts> Known = new();

        private readonly RecipeClips _clips = RecipeClips.Of(9, 5, 5, 5);

        internal static MediaFacts Facts(string file) => Known.GetOrAdd(new FileInfo(file).Length, _ => VideoProbe.Probe(file));

        internal RecipeClips Copy()
        {
            var copy = RecipeClips.Empty();
            foreach (var file in Directory.GetFiles(_clips.Clips)) File.Copy(file, Path.Combine(copy.Clips, Path.GetFileName(file)));
            return copy;
        }

        public void Dispose() => _clips.Dispose();
    }
}
