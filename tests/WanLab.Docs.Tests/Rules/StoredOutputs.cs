using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WanLab.Docs.Tests.Texts;

namespace WanLab.Docs.Tests.Rules;

/// <summary>The rules for a notebook that is stored with its outputs.</summary>
internal static partial class StoredOutputs
{
    // Sites that show notebooks drop scripts and most of HTML; these they all show.
    private static readonly string[] Shown = ["text/plain", "image/png", "image/jpeg"];

    /// <summary>The rules that a notebook breaks, as sentences.</summary>
    /// <param name="json">The notebook.</param>
    /// <param name="version">The version of WanLab that the notebook is stored with at the latest.</param>
    public static IEnumerable<string> Faults(string json, Version version)
    {
        using var notebook = JsonDocument.Parse(json);
        if (!notebook.RootElement.GetProperty("metadata").TryGetProperty("wanlab", out var stored)) return ["has no stored outputs"];
        var cells = StoredCell.Of(notebook.RootElement);
        var faults = new List<string>();
        if (stored.GetProperty("outputs_of").GetString() != StoredCell.HashOf(cells)) faults.Add("the code is newer than the outputs");
        if (!Version.TryParse(stored.GetProperty("version").GetString(), out var storedBy) || storedBy > version)
            faults.Add($"the outputs are of no version up to {version}");
        faults.AddRange(cells.Index().SelectMany(cell => OfCell(cell.Item, cell.Index + 1)));
        return faults;
    }

    private static IEnumerable<string> OfCell(StoredCell cell, int number)
    {
        if (cell.Count != number) yield return $"{cell.Name}: was not executed as number {number}";
        if (cell.Outputs.Count == 0 && Shows(cell.Source)) yield return $"{cell.Name}: shows something and has no output";
        foreach (var output in cell.Outputs)
        {
            if (output.GetProperty("output_type").GetString() == "error") yield return $"{cell.Name}: failed";
            if (output.TryGetProperty("name", out var stream) && stream.GetString() == "stderr")
                yield return $"{cell.Name}: wrote an error";
            foreach (var (type, content) in StoredCell.ContentsOf(output))
            {
                if (!Shown.Contains(type)) yield return $"{cell.Name}: '{type}' is not shown everywhere";
                if (type.StartsWith("image/", StringComparison.Ordinal) && !IsPicture(type, content))
                    yield return $"{cell.Name}: its picture is not '{type}'";
                if (type == "text/plain" && OfThisMachine().Match(content) is { Success: true } found)
                    yield return $"{cell.Name}: names a folder or a time of the machine that ran it: '{found.Value}'";
            }
        }
    }

    // A value at the end, something printed, or a run with its dashboard.
    private static bool Shows(string code) => Showing().IsMatch(code) || CSharpSyntaxTree
        .ParseText(code, new CSharpParseOptions(kind: SourceCodeKind.Script)).GetCompilationUnitRoot().Members.LastOrDefault()
        is GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } };

    private static bool IsPicture(string type, string base64) => Convert.FromBase64String(base64).AsSpan()
        .StartsWith(type == "image/png" ? [0x89, (byte)'P', (byte)'N', (byte)'G'] : (byte[])[0xFF, 0xD8, 0xFF]);

    [GeneratedRegex(@"\bConsole\.Write|\bdisplay\(|\bLab\.(?:Start|Resume|Run)Async\(")]
    private static partial Regex Showing();

    [GeneratedRegex(@"(?<![\w./~-])/(?:work|root|home|tmp|usr|var|opt|mnt|media|data)/|\b20\d\d-\d\d-\d\d\b|\b\d\d:\d\d:\d\d\b")]
    private static partial Regex OfThisMachine();
}
