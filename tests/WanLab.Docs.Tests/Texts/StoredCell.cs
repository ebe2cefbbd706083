using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace WanLab.Docs.Tests.Texts;

/// <summary>A code cell of a notebook, with the outputs that were stored with it.</summary>
/// <param name="Name">The cell's id.</param>
/// <param name="Source">The code.</param>
/// <param name="Count">The number of its execution; null if it was not executed.</param>
/// <param name="Outputs">The outputs, as in the file.</param>
internal sealed record StoredCell(string Name, string Source, int? Count, IReadOnlyList<JsonElement> Outputs)
{
    /// <summary>The code cells of a notebook, in order.</summary>
    public static IReadOnlyList<StoredCell> Of(JsonElement notebook) =>
    [
        .. from cell in notebook.GetProperty("cells").EnumerateArray()
           where cell.GetProperty("cell_type").GetString() == "code"
           let count = cell.GetProperty("execution_count")
           select new StoredCell(cell.GetProperty("id").GetString()!, NotebookText.TextOf(cell.GetProperty("source")),
               count.ValueKind == JsonValueKind.Number ? count.GetInt32() : null, [.. cell.GetProperty("outputs").EnumerateArray()]),
    ];

    /// <summary>SHA-256 of the sources, a zero byte after each. tools/notebooks/store.py computes the same.</summary>
    public static string HashOf(IEnumerable<StoredCell> cells) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(cells.Select(cell => cell.Source + "\0")))));

    /// <summary>The contents of an output by their types.</summary>
    public static IEnumerable<(string Type, string Content)> ContentsOf(JsonElement output)
    {
        if (output.TryGetProperty("text", out var text)) yield return ("text/plain", NotebookText.TextOf(text));
        if (!output.TryGetProperty("data", out var data)) yield break;
        foreach (var content in data.EnumerateObject()) yield return (content.Name, NotebookText.TextOf(content.Value));
    }
}
