using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WanLab.Curation.Editing;
using WanLab.Jobs.Recipes;

namespace WanLab.Curator;

/// <summary>Serves the page on this machine's own address until it is disposed. It needs no network.</summary>
internal sealed class CuratorServer : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Pages = new()
    {
        ["/"] = "index.html", ["/page.css"] = "page.css", ["/data.js"] = "data.js", ["/sheet.js"] = "sheet.js", ["/clip.js"] = "clip.js",
        ["/page.js"] = "page.js",
    };

    private readonly WebApplication _application;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _scan;

    private CuratorServer(WebApplication application, CuratorScan scan, CuratorOptions options)
    {
        _application = application;
        _scan = Task.Run(() => scan.Run(options, _stop.Token));
    }

    /// <summary>The address to open, with the token.</summary>
    public required string Address { get; init; }

    /// <summary>Starts the server, and the scan of the folder.</summary>
    /// <exception cref="WanLabException">The folder has no clip, or the port is taken.</exception>
    public static async Task<CuratorServer> StartAsync(CuratorOptions options, CancellationToken cancellation)
    {
        // With a slash at its end a folder has no name.
        options = options with { Folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Folder)) };
        var scan = new CuratorScan();
        var session = new CuratorSession(options, scan);
        var media = new CuratorMedia(session, options.CacheFolder);
        var finish = new CuratorFinish(session, options);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = 4 << 20;
            server.Listen(System.Net.IPAddress.Loopback, options.Port);
        });
        // The terminal's Ctrl-C is handled by the verb.
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        var application = builder.Build();
        application.Use(async (context, next) => await new CuratorGuard(options.Token).CheckAsync(context, () => next(context)));
        application.Use(WordsAsync);
        foreach (var (path, file) in Pages) application.MapGet(path, () => Resource(file));
        application.MapGet("/api/state", (string? kind, string? trigger) => Json(session.State(Kind(kind), Blank(trigger))));
        application.MapGet("/api/advice", (string kind, CancellationToken stop) => Json(finish.Advice(Kind(kind)!.Value, stop)));
        application.MapPost("/api/caption", async (HttpRequest request) =>
        {
            var asked = await ReadAsync<CaptionRequest>(request);
            session.Caption(asked.Clip, asked.Text, asked.Before);
            return Results.NoContent();
        });
        application.MapPost("/api/captions", async (HttpRequest request) => Json(session.Captions(await ReadAsync<BulkRequest>(request))
            .Select(change => new { change.Clip, change.Before, change.After })));
        application.MapPost("/api/draft", async (HttpRequest request) =>
        {
            session.AcceptDrafts((await ReadAsync<NamesRequest>(request)).Clips);
            return Results.NoContent();
        });
        application.MapPost("/api/edit", async (HttpRequest request) =>
        {
            session.Edit(await ReadAsync<EditRequest>(request));
            return Results.NoContent();
        });
        application.MapPost("/api/undo", () => Done(session.Undo));
        application.MapPost("/api/redo", () => Done(session.Redo));
        application.MapPost("/api/finish", async (HttpRequest request, CancellationToken stop) =>
            Json(finish.Run(await ReadAsync<FinishRequest>(request), stop)));
        application.MapGet("/api/finish", () => Json(finish.Progress));
        application.MapGet("/strip/{name}", (string name, CancellationToken stop) => media.Strip(name, stop));
        application.MapGet("/middle/{name}", (string name, CancellationToken stop) => media.Middle(name, stop));
        application.MapGet("/clip/{name}", (string name) => media.Clip(name));
        application.MapGet("/preview/{name}", (string name, CancellationToken stop) => media.PreviewAsync(name, stop));
        application.MapGet("/trained/{name}", (string name, int? frames, int? resolution, CancellationToken stop) =>
            media.TrainedAsync(name, frames ?? 41, resolution ?? 512, stop));
        try
        {
            await application.StartAsync(cancellation);
        }
        catch (IOException e)
        {
            await application.DisposeAsync();
            throw new WanLabException($"--port: {options.Port} cannot be used: {e.Message}", e);
        }
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        var port = new Uri(addresses.First()).Port;
        return new CuratorServer(application, scan, options) { Address = $"http://127.0.0.1:{port}/?token={options.Token}" };
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
        await _scan;
        _stop.Dispose();
    }

    // A mistake is a sentence on the page: 409 where something was changed elsewhere, 400 for the rest.
    private static async Task WordsAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (e is PageConflictException or CurationConflictException)
        {
            await SayAsync(context, StatusCodes.Status409Conflict, e.Message);
        }
        catch (Exception e) when (e is WanLabException or JsonException or BadHttpRequestException)
        {
            await SayAsync(context, StatusCodes.Status400BadRequest, e.Message);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
        }
    }

    private static async Task SayAsync(HttpContext context, int status, string words)
    {
        if (context.Response.HasStarted) return;
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(words);
    }

    private static IResult Done(Action work)
    {
        work();
        return Results.NoContent();
    }

    private static IResult Json<T>(T value) => Results.Text(JsonSerializer.Serialize(value, SnakeJson.Line), "application/json");

    private static async Task<T> ReadAsync<T>(HttpRequest request) =>
        await JsonSerializer.DeserializeAsync<T>(request.Body, SnakeJson.Line, request.HttpContext.RequestAborted)
            ?? throw new WanLabException("The request is empty.");

    private static RecipeKind? Kind(string? word) => Blank(word) is null ? null
        : Enum.TryParse<RecipeKind>(word, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind
        : throw new WanLabException($"There is no kind '{word}'; there are motion, style and character.");

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static IResult Resource(string name)
    {
        using var stream = typeof(CuratorServer).Assembly.GetManifestResourceStream($"page/{name}")!;
        using var reader = new StreamReader(stream);
        return Results.Text(reader.ReadToEnd(), Path.GetExtension(name) switch
        {
            ".css" => "text/css", ".js" => "text/javascript", _ => "text/html",
        }, System.Text.Encoding.UTF8);
    }

    private sealed class QuietLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
