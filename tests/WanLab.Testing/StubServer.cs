using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace WanLab.Testing;

/// <summary>A request that a stub server got.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Body">What was sent.</param>
/// <param name="Key">The header with the key.</param>
/// <param name="Path">The path that was asked for.</param>
public sealed record StubRequest(int Number, JsonNode Body, string? Key, string Path)
{
    /// <summary>The pictures, as data URLs.</summary>
    public IReadOnlyList<string> Pictures => [.. Parts("image_url").Select(part => (string)part["image_url"]!["url"]!)];

    /// <summary>The question.</summary>
    public string Question => (string)Parts("text").Single()["text"]!;

    /// <summary>Whether an answer of a form is asked for.</summary>
    public bool WantsForm => Body["response_format"] is not null;

    private IEnumerable<JsonNode> Parts(string type) =>
        Body["messages"]![0]!["content"]!.AsArray().Where(part => (string)part!["type"]! == type).Select(part => part!);
}

/// <summary>A server on the loopback address that answers as a test wants, in place of a model.</summary>
public sealed class StubServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<StubRequest, HttpListenerContext, Task> _answer;
    private readonly List<StubRequest> _requests = [];
    private readonly Lock _one = new();

    public StubServer(Func<StubRequest, HttpListenerContext, Task> answer)
    {
        _answer = answer;
        Port = FreePort();
        _listener.Prefixes.Add($"http://127.0.0.1:{Port}/");
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>A server that gives an answer to each request.</summary>
    public static StubServer Of(Func<StubRequest, string> answer) => new((request, context) => SayAsync(context, answer(request)));

    public int Port { get; }

    public string Endpoint => $"http://127.0.0.1:{Port}/v1";

    /// <summary>All requests so far.</summary>
    public IReadOnlyList<StubRequest> Requests
    {
        get
        {
            lock (_one) return [.. _requests];
        }
    }

    /// <summary>A port that nothing listens on.</summary>
    public static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    /// <summary>Answers as a model that says a text.</summary>
    public static Task SayAsync(HttpListenerContext context, string text) => SendAsync(context, 200, new JsonObject
    {
        ["id"] = "1",
        ["object"] = "chat.completion",
        ["created"] = 1,
        ["model"] = "stub",
        ["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["finish_reason"] = "stop",
            ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = text },
        }),
        ["usage"] = new JsonObject { ["prompt_tokens"] = 100, ["completion_tokens"] = 10, ["total_tokens"] = 110 },
    }.ToJsonString());

    /// <summary>Answers with a failure.</summary>
    public static Task FailAsync(HttpListenerContext context, int status, string message, string? retryAfter = null)
    {
        if (retryAfter is not null) context.Response.Headers["Retry-After"] = retryAfter;
        return SendAsync(context, status, new JsonObject { ["error"] = new JsonObject { ["message"] = message } }.ToJsonString());
    }

    /// <summary>Answers with a status and any text.</summary>
    public static async Task SendAsync(HttpListenerContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text));
        context.Response.Close();
    }

    public void Dispose() => _listener.Abort();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return; // the test is over
            }
            _ = AnswerAsync(context);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            var body = await JsonNode.ParseAsync(context.Request.InputStream);
            StubRequest request;
            lock (_one)
            {
                request = new(_requests.Count + 1, body!, context.Request.Headers["Authorization"], context.Request.Url!.AbsolutePath);
                _requests.Add(request);
            }
            await _answer(request, context);
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException or IOException)
        {
            // The client has gone.
        }
    }
}
