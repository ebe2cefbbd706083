using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WanLab.Jupyter.CSharp;

/// <summary>
/// Completes inside of a text where the parameter that it is for says by whom (<see cref="CompletedByAttribute"/>): the kernel itself knows
/// no such texts.
/// </summary>
internal static class TextCompletions
{
    /// <summary>The completions of a text at a position; null where nobody completes it.</summary>
    public static async Task<Completions?> OfAsync(Document document, int position, CancellationToken cancellation)
    {
        if (position == 0) return null;
        var root = (await document.GetSyntaxRootAsync(cancellation))!;
        var token = root.FindToken(position - 1);
        if (!token.IsKind(SyntaxKind.StringLiteralToken) || token.Text[0] != '"') return null;
        if (position <= token.SpanStart || IsBehind(token, position)) return null;
        if (token.Parent?.Parent is not ArgumentSyntax { Parent: ArgumentListSyntax list } argument) return null;
        var model = (await document.GetSemanticModelAsync(cancellation))!;
        var symbol = model.GetSymbolInfo(list.Parent!, cancellation);
        var methods = symbol.Symbol is { } one ? [one] : symbol.CandidateSymbols;
        foreach (var method in methods.OfType<IMethodSymbol>())
        {
            if (Parameter(method, list, argument) is not { } parameter || Source(parameter) is not { } complete) continue;
            var start = token.SpanStart + 1;
            var typed = token.Text[1..(position - token.SpanStart)];
            var found = (IEnumerable<string>)complete.Invoke(null, [typed])!;
            return new Completions(start, position, [.. found.Select(text => (text, "text"))]);
        }
        return null;
    }

    // Behind the closing quote one is outside, although the token is still the one before the cursor.
    private static bool IsBehind(SyntaxToken token, int position) =>
        position >= token.Span.End && token.Text.Length > 1 && token.Text.EndsWith('"');

    private static IParameterSymbol? Parameter(IMethodSymbol method, ArgumentListSyntax list, ArgumentSyntax argument)
    {
        if (argument.NameColon is { Name.Identifier.ValueText: var name })
            return method.Parameters.FirstOrDefault(parameter => parameter.Name == name);
        var at = list.Arguments.IndexOf(argument);
        if (at < method.Parameters.Length) return method.Parameters[at];
        return method.Parameters.LastOrDefault() is { IsParams: true } last ? last : null;
    }

    private static MethodInfo? Source(IParameterSymbol parameter)
    {
        var mark = parameter.GetAttributes().FirstOrDefault(one => one.AttributeClass?.Name == nameof(CompletedByAttribute));
        if (mark?.ConstructorArguments is not [{ Value: INamedTypeSymbol type }]) return null;
        return Type.GetType($"{type.ToDisplayString()}, {type.ContainingAssembly.Name}")?.GetMethod("Complete", [typeof(string)]);
    }
}
