using System.Text;
using System.Text.RegularExpressions;

namespace WanLab.Jupyter.CSharp;

/// <summary>A part of a cell: C# code, or a magic such as <c>#!time</c>.</summary>
/// <param name="Magic">The magic's name; null for C#.</param>
/// <param name="Argument">The text that follows the name on its line.</param>
/// <param name="Code">Code, with empty lines in place of the parts before it, so that line numbers are the cell's. For a magic,
/// the lines under it.</param>
/// <param name="Directives"><c>#r</c>, <c>#i</c> and <c>#load</c> lines of the code, in their order.</param>
internal sealed record CellPart(string? Magic, string Argument, string Code, IReadOnlyList<(string Name, string Value)> Directives);

/// <summary>Splits a cell into its parts.</summary>
internal static partial class CellParts
{
    // Magics whose content is the rest of the cell, up to the next magic.
    private static readonly string[] Content = ["html", "markdown", "javascript", "js"];
    private static readonly string[] CSharpNames = ["csharp", "c#", "C#"];

    /// <summary>The parts, in order.</summary>
    public static IReadOnlyList<CellPart> Of(string code)
    {
        var parts = new List<CellPart>();
        var text = new StringBuilder();
        var directives = new List<(string, string)>();
        (string Name, string Argument)? content = null;
        var before = 0; // lines of earlier parts

        void Close(int line)
        {
            if (content is { } open) parts.Add(new CellPart(open.Name, open.Argument, text.ToString(), []));
            else if (directives.Count > 0 || !string.IsNullOrWhiteSpace(text.ToString()))
                parts.Add(new CellPart(null, "", new string('\n', before) + text, [.. directives]));
            (content, before) = (null, line);
            text.Clear();
            directives.Clear();
        }

        var lines = code.ReplaceLineEndings("\n").Split('\n');
        for (var k = 0; k < lines.Length; k++)
        {
            // IPython's way to ask for the variables. Further down it could be a remainder of what a variable divides.
            var isFirst = parts.Count == 0 && content is null && directives.Count == 0 && string.IsNullOrWhiteSpace(text.ToString());
            if (isFirst && Variables().IsMatch(lines[k])) lines[k] = $"#!{lines[k][1..].Trim()}";
            if (Magic().Match(lines[k]) is { Success: true } magic)
            {
                Close(k + 1);
                var (name, argument) = (magic.Groups[1].Value, magic.Groups[2].Value.Trim());
                if (Content.Contains(name)) content = (name, argument);
                else if (!CSharpNames.Contains(name)) parts.Add(new CellPart(name, argument, "", []));
                continue;
            }
            if (content is null && Directive().Match(lines[k]) is { Success: true } directive)
            {
                directives.Add((directive.Groups[1].Value, directive.Groups[2].Value));
                text.Append('\n');
                continue;
            }
            text.Append(lines[k]).Append('\n');
        }
        if (text.Length > 0) text.Length--; // the last line had no end
        Close(lines.Length);
        return parts;
    }

    [GeneratedRegex(@"^#!([\w#-]+)(.*)$")]
    private static partial Regex Magic();

    [GeneratedRegex(@"^%whos?\s*$")]
    private static partial Regex Variables();

    [GeneratedRegex("^\\s*#(r|i|load)\\s+\"([^\"]*)\"\\s*;?\\s*$")]
    private static partial Regex Directive();
}
