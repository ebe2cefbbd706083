using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;

namespace WanLab.Jupyter.Runner;

/// <summary>A value for a variable that a notebook's cell labelled <c>parameters</c> declares.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Value">Its value: a number, true, false, null, or a text with or without quotes.</param>
internal sealed partial record NotebookParameter(string Name, string Value)
{
    private const string Declares = "parameters", Injected = "injected-parameters";

    /// <summary>Reads <c>name=value</c>.</summary>
    /// <exception cref="WanLabException">The text is of another form.</exception>
    public static NotebookParameter Parse(string text) =>
        Assignment().Match(text) is { Success: true } match
            ? new NotebookParameter(match.Groups[1].Value, match.Groups[2].Value)
            : throw new WanLabException($"--set {text}: is not of the form name=value, such as --set steps=20.");

    /// <summary>The value as C# writes it.</summary>
    public string Literal => IsCode(Value) ? Value : SymbolDisplay.FormatLiteral(Value, quote: true);

    /// <summary>Adds a cell with the values behind the one that declares the variables, as other runners of notebooks do.</summary>
    /// <exception cref="WanLabException">No cell is labelled, or it does not declare one of them.</exception>
    public static void Inject(Notebook notebook, IReadOnlyList<NotebookParameter> parameters)
    {
        notebook.RemoveCells(Injected);
        if (parameters.Count == 0) return;
        var declaring = notebook.CodeCells.FirstOrDefault(cell => cell.Tags.Contains(Declares))
            ?? throw new WanLabException($"--set {parameters[0].Name}: the notebook has no parameters. " +
                "Give the label (cell tag) 'parameters' to the cell that declares what may be set.");
        var names = Variables(declaring.Source);
        foreach (var parameter in parameters)
            if (!names.Contains(parameter.Name))
                throw new WanLabException($"--set {parameter.Name}: the notebook's cell 'parameters' declares no such variable; it has: " +
                    $"{string.Join(", ", names)}.");
        notebook.InsertAfter(declaring, Injected,
            string.Join('\n', parameters.Select(parameter => $"{parameter.Name} = {parameter.Literal};")));
    }

    private static List<string> Variables(string code) =>
        [.. CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(kind: Microsoft.CodeAnalysis.SourceCodeKind.Script)).GetRoot()
            .DescendantNodes()
            .OfType<Microsoft.CodeAnalysis.CSharp.Syntax.VariableDeclaratorSyntax>()
            .Select(variable => variable.Identifier.Text)];

    private static bool IsCode(string value) =>
        value is "true" or "false" or "null" || value.StartsWith('"')
        || double.TryParse(value.TrimEnd('f', 'd', 'm', 'L'), NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    [GeneratedRegex("^([A-Za-z_][A-Za-z0-9_]*)=(.*)$", RegexOptions.Singleline)]
    private static partial Regex Assignment();
}
