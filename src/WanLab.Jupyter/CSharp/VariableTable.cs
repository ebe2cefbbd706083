using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive.Formatting;

namespace WanLab.Jupyter.CSharp;

/// <summary>The table of <c>#!whos</c>.</summary>
internal static class VariableTable
{
    private const int Longest = 60;

    /// <summary>A line for each variable: name, type, the beginning of its value.</summary>
    public static string Of(IReadOnlyList<ScriptVariable> variables)
    {
        var rows = variables.Select(variable => (variable.Name, Type: TypeName(variable.Type), Value: Short(variable.Value))).ToList();
        var (name, type) = (rows.Max(row => (int?)row.Name.Length) ?? 0, rows.Max(row => (int?)row.Type.Length) ?? 0);
        return string.Concat(rows.Select(row => $"{row.Name.PadRight(name)}  {row.Type.PadRight(type)}  {row.Value}".TrimEnd() + "\n"));
    }

    private static string TypeName(Type type) =>
        type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(TypeName))}>" : type.Name;

    private static string Short(object? value)
    {
        var line = value.ToDisplayString("text/plain").ReplaceLineEndings(" ").Trim();
        return line.Length <= Longest ? line : line[..Longest] + "...";
    }
}
