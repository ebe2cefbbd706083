using WanLab.Yaml;

namespace WanLab.Jobs.Import;

/// <summary>Opens a foreign job: YAML with line numbers, or JSON (comments allowed) without.</summary>
internal static class SourceFile
{
    /// <exception cref="WanLabException">The file cannot be read, or is neither YAML nor JSON.</exception>
    public static YamlMap Read(string path)
    {
        string text;
        try
        {
            text = TextFile.Read(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{path}: cannot be read: {e.Message}", e);
        }
        try
        {
            if (Parse(text, path) is YamlMap map) return map;
        }
        catch (WanLabException) when (ForeignForms.Describe(text, path) is not null)
        {
            // The name says more than the first wrong line.
        }
        if (ForeignForms.Describe(text, path) is { } foreign) throw new WanLabException($"{path}: {foreign}");
        throw new WanLabException($"{path}: is not a job: it has no keys.");
    }

    private static YamlNode? Parse(string text, string path)
    {
        var source = new YamlSource(path, "", HasLines: true);
        try
        {
            if (text.TrimStart().StartsWith('{') || text.TrimStart().StartsWith("//", StringComparison.Ordinal))
                return Json(text, source with { HasLines = false });
            return YamlText.Parse(text, source);
        }
        catch (NotYamlException e)
        {
            throw new WanLabException(e.Message, e);
        }
        catch (JsonException e)
        {
            throw new WanLabException(e.LineNumber is { } line
                ? $"{path}:{line + 1}: is not valid JSON: {e.Message}"
                : $"{path}: is not valid JSON: {e.Message}", e);
        }
    }

    private static YamlNode Json(string text, YamlSource source)
    {
        using var json = JsonDocument.Parse(text,
            new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 64 });
        return Node(json.RootElement, source);
    }

    private static YamlNode Node(JsonElement element, YamlSource source) => element.ValueKind switch
    {
        JsonValueKind.Object =>
            new YamlMap(source, 0, [.. element.EnumerateObject().Select(p => new YamlEntry(Text(() => p.Name), 0, Node(p.Value, source)))]),
        JsonValueKind.Array => new YamlList(source, 0, [.. element.EnumerateArray().Select(e => Node(e, source))]),
        JsonValueKind.String => new YamlScalar(source, 0, Text(() => element.GetString()!), plain: false),
        JsonValueKind.Null => new YamlScalar(source, 0, "null", plain: true),
        JsonValueKind.True or JsonValueKind.False => new YamlScalar(source, 0, element.GetBoolean() ? "true" : "false", plain: true),
        _ => new YamlScalar(source, 0, element.GetRawText(), plain: true),
    };

    private static string Text(Func<string> read)
    {
        string text;
        try
        {
            text = read();
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("a text holds half a surrogate pair", e);
        }
        if (BadText.IndexIn(text) is not { } at) return text;
        var shown = YamlScalar.Short(text.Replace("\0", "", StringComparison.Ordinal));
        throw new JsonException($"'{shown}' holds {BadText.NameAt(text, at)}");
    }
}
