using System.Text.Json.Serialization;

namespace WanLab.Runs;

/// <summary>The form of the lines in metrics.jsonl and events.jsonl.</summary>
internal static class RunJson
{
    public static JsonSerializerOptions Options { get; } = new(SnakeJson.Line)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>
    /// The value of a line; null for half a line, left by a killed run or being written by a running one, and for any other text that
    /// is no such value.
    /// </summary>
    public static T? Parse<T>(string line) where T : class => Try(() => JsonSerializer.Deserialize<T>(line, Options));

    /// <summary>Calls <paramref name="read"/>; null if the text that it reads is not what it expects.</summary>
    public static T? Try<T>(Func<T?> read) where T : class
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException
            or NotSupportedException or KeyNotFoundException or OverflowException)
        {
            return null;
        }
    }
}
