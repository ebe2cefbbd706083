using System.Text.Json.Nodes;

namespace WanLab.Jupyter.Runner;

/// <summary>The form of a notebook file: what is read later has the right type, and the code is C#.</summary>
internal static class NotebookForm
{
    private static readonly string[] CSharp = ["C#", "csharp", ".net-csharp", "polyglot-notebook", "wanlab-csharp"];

    /// <summary>Checks a file's JSON.</summary>
    /// <returns>The same, as an object.</returns>
    /// <exception cref="WanLabException">A value is of another form, or the code is of another language.</exception>
    public static JsonObject Check(JsonNode? json, string path)
    {
        if (json is not JsonObject root || root["nbformat"] is not JsonValue format || !format.TryGetValue<int>(out var version)
            || version != 4 || root["cells"] is not JsonArray cells)
            throw new WanLabException($"{path}: is not a notebook of format 4; save it again with a current Jupyter.");

        void Require(bool isRight, string place, string what)
        {
            if (!isRight) throw new WanLabException($"{path}: {place}: {what}. Save it again with a current Jupyter, or correct it.");
        }

        Require(root["nbformat_minor"] is null || root["nbformat_minor"] is JsonValue minor && minor.TryGetValue<int>(out _),
            "nbformat_minor", "must be a whole number");
        Require(root["metadata"] is null or JsonObject, "metadata", "must be a mapping");
        CheckLanguage(Language(root["metadata"] as JsonObject), path);
        foreach (var (k, cell) in cells.Index()) CheckCell(cell, (isRight, what) => Require(isRight, $"cell {k + 1}", what));
        return root;
    }

    private static void CheckCell(JsonNode? node, Action<bool, string> require)
    {
        require(node is JsonObject, "must be a mapping");
        var cell = node!.AsObject();
        require(IsText(cell["cell_type"]), "cell_type must be a text");
        require(cell["id"] is null || IsText(cell["id"]), "id must be a text");
        require(cell["source"] is null || IsText(cell["source"]) || IsTexts(cell["source"]), "source must be a text or a list of lines");
        require(cell["metadata"] is null or JsonObject, "metadata must be a mapping");
        require(cell["metadata"]?["tags"] is null || IsTexts(cell["metadata"]!["tags"]), "metadata.tags must be a list of texts");
        if ((string)cell["cell_type"]! != "code") return;
        require(!new NotebookCell(cell).Source.Contains('\0', StringComparison.Ordinal), "source holds a NUL character");
        var own = cell["metadata"] is JsonObject { } metadata
            ? Text(metadata["polyglot_notebook"], "kernelName") ?? Text(metadata["dotnet_interactive"], "language")
            : null;
        if (own is not null && !IsCSharp(own)) require(false, $"is for {own}; WanLab runs C#. Remove the cell or its language");
    }

    private static void CheckLanguage(string? language, string path)
    {
        if (language is not null && !IsCSharp(language))
            throw new WanLabException($"{path}: is for {char.ToUpperInvariant(language[0])}{language[1..]}; WanLab runs notebooks in C#. " +
                "Open it with Jupyter and a kernel for its language.");
    }

    // The kernel decides; some programs leave only the language of the file.
    private static string? Language(JsonObject? metadata) =>
        Text(metadata?["kernelspec"], "language")
        ?? (Text(metadata?["kernelspec"], "name") is { } name && name.StartsWith("python", StringComparison.OrdinalIgnoreCase)
            ? "Python"
            : Text(metadata?["language_info"], "name"));

    private static bool IsCSharp(string language) => CSharp.Contains(language, StringComparer.OrdinalIgnoreCase);

    private static string? Text(JsonNode? node, string key) =>
        node is JsonObject json && json[key] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    private static bool IsText(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out _);

    private static bool IsTexts(JsonNode? node) => node is JsonArray items && items.All(IsText);
}
