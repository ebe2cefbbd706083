using System.Text.Json;

namespace WanLab.Docs.Tests.Texts;

/// <summary>The text of a notebook's cells, not of their outputs. Its lines are counted from the cell's start.</summary>
internal static class NotebookText
{
    public static IEnumerable<Prose> Of(string file, string json)
    {
        using var notebook = JsonDocument.Parse(json);
        var number = 0;
        foreach (var cell in notebook.RootElement.GetProperty("cells").EnumerateArray())
        {
            var name = $"{file}, cell {++number}";
            var text = SourceOf(cell);
            var texts = IsPage(cell) ? MarkdownText.Of(name, text) : CSharpText.Of(name, text, script: true).Texts;
            foreach (var prose in texts) yield return prose;
        }
    }

    /// <summary>The Markdown of a notebook's cells.</summary>
    public static IReadOnlyList<string> Pages(string json)
    {
        using var notebook = JsonDocument.Parse(json);
        return [.. notebook.RootElement.GetProperty("cells").EnumerateArray().Where(IsPage).Select(SourceOf)];
    }

    /// <summary>Text in either of the forms that notebooks have: whole, or a list of lines.</summary>
    public static string TextOf(JsonElement text) => text.ValueKind == JsonValueKind.Array
        ? string.Concat(text.EnumerateArray().Select(line => line.GetString()))
        : text.GetString()!;

    private static bool IsPage(JsonElement cell) => cell.GetProperty("cell_type").GetString() == "markdown";

    private static string SourceOf(JsonElement cell) => TextOf(cell.GetProperty("source"));
}
