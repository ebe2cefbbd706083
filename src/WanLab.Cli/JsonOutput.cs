using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace WanLab.Cli;

/// <summary>The option <c>--json</c> of the verbs that only read: the same facts for programs.</summary>
internal static class JsonOutput
{
    /// <summary>The option.</summary>
    public static Option<bool> Option() => new("--json") { Description = "Print JSON instead of text." };

    /// <summary>Prints a value.</summary>
    public static void Write(IAnsiConsole console, JsonNode value) => console.WriteRaw(value.ToJsonString(SnakeJson.Indented));
}
