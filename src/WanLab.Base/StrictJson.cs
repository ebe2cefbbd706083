using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace WanLab;

/// <summary>
/// Reads JSON that others wrote. What the usual reader finds out late, when a value is asked for, is found here at once: bytes that
/// are not UTF-8, halves of surrogate pairs, a key that comes twice.
/// </summary>
internal static class StrictJson
{
    private const int MaxDepth = 64;

    /// <summary>Reads one value.</summary>
    /// <exception cref="JsonException">It is no JSON, or nested too deep; the message begins with the line.</exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            CheckTexts(utf8);
            return JsonNode.Parse(utf8, documentOptions: new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
        }
        catch (JsonException e)
        {
            throw new JsonException(Complaint(e), e);
        }
    }

    private static void CheckTexts(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName)) continue;
            if (IsText(ref reader)) continue;
            var line = utf8[..(int)reader.TokenStartIndex].Count((byte)'\n');
            throw new JsonException("a text holds half a surrogate pair, or bytes that are not UTF-8.", null, line, null);
        }
    }

    private static bool IsText(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped) return Utf8.IsValid(reader.ValueSpan);
        try
        {
            _ = reader.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    // The reader counts lines from 0, and names them behind its message.
    private static string Complaint(JsonException e)
    {
        var message = e.Message;
        foreach (var tail in (string[])[" Path: ", " LineNumber: "])
            if (message.IndexOf(tail, StringComparison.Ordinal) is >= 0 and var at) message = message[..at];
        return e.LineNumber is { } line ? $"line {line + 1}: {message}" : message;
    }
}
