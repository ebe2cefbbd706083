using System.Text.Json.Nodes;
using WanLab.Jupyter.Install;
using WanLab.Jupyter.Wire;
using WanLab.Notebooks.Blocks;

namespace WanLab.Jupyter.Tests;

/// <summary>Makes notebook files.</summary>
internal static class NotebookJson
{
    /// <summary>A notebook of code cells.</summary>
    public static string Of(params string[] cells) => Of([.. cells.Select(code => (code, Array.Empty<string>()))]);

    /// <summary>A notebook of code cells with labels.</summary>
    public static string Of(params (string Code, string[] Tags)[] cells) => new JsonObject
    {
        ["cells"] = new JsonArray([.. cells.Select((cell, k) => new JsonObject
        {
            ["cell_type"] = "code",
            ["execution_count"] = null,
            ["id"] = $"c{k + 1}",
            ["metadata"] = new JsonObject { ["tags"] = new JsonArray([.. cell.Tags.Select(tag => (JsonNode)tag)]) },
            ["outputs"] = new JsonArray(),
            ["source"] = cell.Code,
        })]),
        ["metadata"] = new JsonObject { ["kernelspec"] = KernelSpec.Metadata() },
        ["nbformat"] = 4,
        ["nbformat_minor"] = 5,
    }.ToJsonString();
}
