using System.Net;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive.Formatting;
using WanLab.Jupyter.Cells;

namespace WanLab.Jupyter.CSharp;

/// <summary>The table of <c>#!who</c>: name, type and the beginning of the value of each variable.</summary>
internal static class VariableTable
{
    private const int Longest = 60;
    private const string Cell = "padding:3px 12px 3px 0;border-bottom:1px solid rgba(128,128,128,0.25);vertical-align:top;text-align:left";
    private static readonly string[] Titles = ["name", "type", "value"];

    /// <summary>The table as text and as markup.</summary>
    public static MimeBundle Of(IReadOnlyList<ScriptVariable> variables)
    {
        if (variables.Count == 0) return MimeBundle.Plain("There are no variables yet.");
        string[][] rows = [.. variables.Select(variable => (string[])[variable.Name, TypeName(variable.Type), Short(variable)])];
        return new MimeBundle(new Dictionary<string, string> { ["text/plain"] = Text(rows), ["text/html"] = Html(rows) });
    }

    private static string Text(string[][] rows)
    {
        int[] widths = [.. Titles.Select((title, c) => rows.Max(row => row[c].Length) is var widest ? Math.Max(widest, title.Length) : 0)];
        return string.Join('\n', rows.Prepend(Titles).Select(row =>
            string.Join("  ", row.Select((cell, c) => cell.PadRight(widths[c]))).TrimEnd()));
    }

    private static string Html(string[][] rows)
    {
        var head = string.Concat(Titles.Select(title => $"<th style=\"{Cell};opacity:0.7\">{title}</th>"));
        var body = string.Concat(rows.Select(row =>
            $"<tr>{string.Concat(row.Select(cell => $"<td style=\"{Cell}\">{WebUtility.HtmlEncode(cell)}</td>"))}</tr>\n"));
        return $"<table style=\"border-collapse:collapse;margin:0.4em 0\">\n<tr>{head}</tr>\n{body}</table>";
    }

    private static string TypeName(Type type) =>
        type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(TypeName))}>" : type.Name;

    // A value whose display fails is no reason to show no table.
    private static string Short(ScriptVariable variable)
    {
        string line;
        try
        {
            line = variable.Value.ToDisplayString("text/plain").ReplaceLineEndings(" ").Trim();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            line = $"(cannot be shown: {e.GetBaseException().Message.ReplaceLineEndings(" ")})";
        }
        return line.Length <= Longest ? line : line[..Longest] + "...";
    }
}
