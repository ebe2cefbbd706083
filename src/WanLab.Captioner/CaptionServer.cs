using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;

namespace WanLab.Captioner;

/// <summary>An answer, and what it cost.</summary>
/// <param name="Text">The answer.</param>
/// <param name="TokensIn">Tokens of the question, as far as the server says; else 0.</param>
/// <param name="TokensOut">Tokens of the answer.</param>
internal sealed record ServerAnswer(string Text, long TokensIn, long TokensOut);

/// <summary>
/// A server that is asked about pictures. Busy servers and broken connections are tried again after a while; a server that cannot keep to a
/// form is asked for plain text from then on. Safe for use by many threads.
/// </summary>
internal sealed class CaptionServer : IDisposable
{
    private const int MostTokens = 2000;

    private static readonly JsonElement Schema = JsonDocument.Parse("""
        {"type": "object", "properties": {"caption": {"type": "string", "description": "The caption."}}, "required": ["caption"],
         "additionalProperties": false}
        """).RootElement.Clone();

    private readonly CaptionerOptions _options;
    private readonly CaptionKey _key;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly IChatClient _chat;
    private volatile bool _isPlain;
    private volatile bool _hasAnswered;

    public CaptionServer(CaptionerOptions options, CaptionKey key, TimeProvider time)
    {
        (_options, _key, _time) = (options, key, time);
        // A redirection could carry pictures and key to another host.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = !options.Endpoint.IsLocal };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _chat = new ChatClient(options.Model, new ApiKeyCredential(key.ToSend()), new OpenAIClientOptions
        {
            Endpoint = options.Endpoint.Address,
            Transport = new HttpClientPipelineTransport(_http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        }).AsIChatClient();
    }

    /// <summary>Called before a wait, with its length and its reason.</summary>
    public Action<TimeSpan, string>? OnWait { get; init; }

    /// <summary>Asks for the caption of some pictures.</summary>
    /// <returns>The caption, and the tokens of all questions that it took.</returns>
    /// <exception cref="CaptionRefusedException">The server answers nothing useful about this clip.</exception>
    /// <exception cref="WanLabException">There is no such server, key or model.</exception>
    public async Task<ServerAnswer> AskAsync(string question, IReadOnlyList<byte[]> pictures, CancellationToken cancellation)
    {
        var (tokensIn, tokensOut) = (0L, 0L);
        var said = "";
        // In the form first; where that gives nothing, in plain text once.
        foreach (var isPlain in _isPlain ? [true] : (bool[])[false, true])
        {
            if (await PatientlyAsync(question, pictures, isPlain, cancellation) is not { } answer) continue;
            (tokensIn, tokensOut, said) = (tokensIn + answer.TokensIn, tokensOut + answer.TokensOut, answer.Text);
            if (CaptionReply.Caption(answer.Text) is not { } caption) continue;
            if (CaptionReply.IsRefusal(caption)) throw new CaptionRefusedException($"the model declines: {Short(caption)}");
            return new ServerAnswer(caption, tokensIn, tokensOut);
        }
        throw new CaptionRefusedException(said.Trim() == "" ? "the answer is empty." : $"the answer holds no caption: {Short(said)}");
    }

    public void Dispose()
    {
        _chat.Dispose();
        _http.Dispose();
    }

    // Null where the server refuses the form.
    private async Task<ServerAnswer?> PatientlyAsync(string question, IReadOnlyList<byte[]> pictures, bool isPlain,
        CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var answer = await OnceAsync(question, pictures, isPlain, cancellation);
                _hasAnswered = true;
                return answer;
            }
            catch (Exception e) when (e is not WanLabException)
            {
                cancellation.ThrowIfCancellationRequested();
                var failure = ServerFailure.Of(e, _time.GetUtcNow());
                if (failure.RefusesForm && !isPlain)
                {
                    _isPlain = true;
                    return null;
                }
                var why = _key.HiddenIn(failure.Words);
                if (failure.IsFinal || (failure.IsNoServer && !_hasAnswered))
                    throw new WanLabException($"{_options.Endpoint}: {why}{failure.Advice(_key.IsSet, _options.Model)}");
                if (!failure.MayPass || attempt == _options.Tries)
                    throw new CaptionRefusedException(attempt == 1 ? why : $"{why} ({attempt} tries)");
                var wait = failure.RetryAfter ?? TimeSpan.FromSeconds(Math.Min(60, 1 << (attempt - 1)));
                OnWait?.Invoke(wait, why);
                await Task.Delay(wait, _time, cancellation);
            }
        }
    }

    private async Task<ServerAnswer> OnceAsync(string question, IReadOnlyList<byte[]> pictures, bool isPlain,
        CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(_options.Patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        var text = $"{question} {(isPlain ? CaptionPrompt.AsText : CaptionPrompt.AsJson)}";
        var response = await _chat.GetResponseAsync(
            [new Microsoft.Extensions.AI.ChatMessage(ChatRole.User,
                [new TextContent(text), .. pictures.Select(picture => new DataContent(picture, "image/jpeg"))])],
            new ChatOptions
            {
                MaxOutputTokens = MostTokens,
                ResponseFormat = isPlain ? null : Microsoft.Extensions.AI.ChatResponseFormat.ForJsonSchema(Schema, "caption"),
            }, either.Token);
        return new ServerAnswer(response.Text, response.Usage?.InputTokenCount ?? 0, response.Usage?.OutputTokenCount ?? 0);
    }

    private string Short(string text)
    {
        var line = _key.HiddenIn(text.Trim().ReplaceLineEndings(" "));
        return line.Length <= 120 ? line : line[..120] + "...";
    }
}
