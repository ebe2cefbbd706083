namespace WanLab.Captioner;

/// <summary>Takes the caption out of a model's answer: JSON as asked for, JSON in a fence, or plain text.</summary>
internal static partial class CaptionReply
{
    private static readonly string[] Keys = ["caption", "text", "description"];

    /// <summary>The caption; null where the answer holds none, such as JSON that is broken.</summary>
    public static string? Caption(string answer)
    {
        var text = Fence().Replace(Thoughts().Replace(answer, ""), "$1").Trim();
        if (text is ['{' or '[', ..]) return FromJson(text);
        text = Blanks().Replace(Label().Replace(text, ""), " ").Trim();
        if (text is ['"', .. var inner, '"'] && !inner.Contains('"')) text = inner.Trim();
        return text == "" ? null : text;
    }

    /// <summary>Whether an answer says that the model will not describe the clip.</summary>
    public static bool IsRefusal(string caption) => Refusal().IsMatch(caption);

    private static string? FromJson(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return null;
            foreach (var key in Keys)
                if (json.RootElement.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String
                    && Blanks().Replace(value.GetString()!, " ").Trim() is { Length: > 0 } caption) return caption;
            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // What reasoning models write before they answer.
    [GeneratedRegex("<think>.*?(</think>|$)", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Thoughts();

    [GeneratedRegex(@"^\s*```\w*\s*(.*?)\s*```\s*$", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^\s*(?:\*\*)?caption(?:\*\*)?\s*:\s*(?:\*\*)?\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Label();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^(?:i['’]?m sorry|sorry[,.]|i (?:can ?not|can['’]t|am unable|am not able|won['’]t)|as an ai\b)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Refusal();
}
