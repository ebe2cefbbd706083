using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using WanLab.Jupyter.Wire;

namespace WanLab.Jupyter.Tests.Notebooks;

/// <summary>What a notebook shows after it ran.</summary>
internal sealed partial class RunNotebook(JsonNode json)
{
    /// <summary>Reads a notebook's file.</summary>
    public static RunNotebook Read(string file) => new(JsonNode.Parse(File.ReadAllText(file))!);

    /// <summary>Cells with code.</summary>
    public IReadOnlyList<JsonNode> CodeCells { get; } = [.. json["cells"]!.AsArray()
        .Where(cell => (string?)cell!["cell_type"] == "code")
        .Select(cell => cell!)];

    /// <summary>Everything shown, in order.</summary>
    public IReadOnlyList<JsonNode> Outputs => [.. CodeCells.SelectMany(cell => cell["outputs"]!.AsArray()).Select(output => output!)];

    /// <summary>All HTML.</summary>
    public string Html => string.Join('\n', Outputs.Select(output => Text(output["data"]?["text/html"])));

    /// <summary>All that was printed to one of the streams.</summary>
    public string Printed(string stream) =>
        string.Concat(Outputs.Where(output => (string?)output["name"] == stream).Select(output => Text(output["text"])));

    /// <summary>Titles of all plots and pictures of plots.</summary>
    public IReadOnlyList<string> Figures => [.. Picture().Matches(Html).Select(match => match.Groups[1].Value)];

    /// <summary>Number of videos with a poster.</summary>
    public int Videos => Regex.Count(Html, "<video [^>]*poster=");

    /// <summary>Text in either of the forms that files have.</summary>
    public static string Text(JsonNode? text) =>
        text is JsonArray lines ? string.Concat(lines.Select(line => (string?)line)) : (string?)text ?? "";

    [GeneratedRegex("<img alt=\"([^\"]*)\" [^>]*src=\"data:image/svg")]
    private static partial Regex Picture();
}
