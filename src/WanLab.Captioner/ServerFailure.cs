using System.ClientModel;
using System.Net.Sockets;

namespace WanLab.Captioner;

/// <summary>The meaning of a failed request.</summary>
/// <param name="Status">Status of the answer; 0 where there was none.</param>
/// <param name="Words">What happened, as far as server and system say.</param>
internal sealed record ServerFailure(int Status, string Words)
{
    private const int LongestWords = 300;

    // A server that wants to be left alone for longer is asked another day.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    /// <summary>The time that the server asks to wait; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether nothing listens at the address.</summary>
    public bool IsNoServer { get; init; }

    /// <summary>Whether it may work a little later.</summary>
    public bool MayPass => Status is 0 or 408 or 409 or 425 or 429 or >= 500 && Status != 501;

    /// <summary>Whether it will fail for every clip.</summary>
    public bool IsFinal => Status is 401 or 403 or 404 or 405 or (>= 300 and < 400);

    /// <summary>Whether the server may have failed because it was asked for a form.</summary>
    public bool RefusesForm => Status is 400 or 415 or 422 or 501;

    /// <summary>The remedy for a failure that is final.</summary>
    public string Advice(bool hasKey, string model) => Status switch
    {
        401 or 403 when hasKey => $" The key is not accepted: correct {CaptionKey.Own}.",
        401 or 403 => $" It wants a key: set the variable {CaptionKey.Own}.",
        404 or 405 => $" Check that the address ends as the server's manual says, mostly in /v1, and that it has the model '{model}'.",
        >= 300 and < 400 => " The server sends elsewhere, which is not followed: give the address that it names.",
        _ => " Is the server started, and the address right?",
    };

    /// <summary>The meaning of an exception of the client.</summary>
    public static ServerFailure Of(Exception exception, DateTimeOffset now)
    {
        var all = Unfolded(exception).ToList();
        if (all.OfType<ClientResultException>().FirstOrDefault(e => e.Status != 0) is { } answered)
            return new ServerFailure(answered.Status, $"the server answers {answered.Status}: {Cut(answered.Message)}")
            {
                RetryAfter = After(answered, now),
            };
        if (all.OfType<SocketException>().Any(e => e.SocketErrorCode is SocketError.ConnectionRefused or SocketError.HostNotFound
            or SocketError.NoData or SocketError.NetworkUnreachable or SocketError.HostUnreachable))
            return new ServerFailure(0, $"nothing answers there: {Cut(all[^1].Message)}") { IsNoServer = true };
        if (all.OfType<OperationCanceledException>().Any()) return new ServerFailure(0, "the answer takes too long.");
        // Bytes that are no answer of this interface, such as a page of a proxy.
        if (all.OfType<JsonException>().Any()) return new ServerFailure(0, "the answer is broken.");
        return new ServerFailure(0, $"the connection breaks: {Cut(all[^1].Message)}");
    }

    private static IEnumerable<Exception> Unfolded(Exception exception)
    {
        for (var e = exception; e is not null; e = (e as AggregateException)?.InnerExceptions[^1] ?? e.InnerException) yield return e;
    }

    private static TimeSpan? After(ClientResultException exception, DateTimeOffset now)
    {
        if (exception.GetRawResponse() is not { } response || !response.Headers.TryGetValue("Retry-After", out var text)) return null;
        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && double.IsFinite(seconds);
        TimeSpan? wait = isNumber
            ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, LongestWait.TotalSeconds))
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at - now : null;
        return wait is { } some ? TimeSpan.FromTicks(Math.Clamp(some.Ticks, 0, LongestWait.Ticks)) : null;
    }

    private static string Cut(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= LongestWords ? line : line[..LongestWords] + "...";
    }
}
