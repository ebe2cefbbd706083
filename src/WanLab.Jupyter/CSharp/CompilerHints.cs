using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WanLab.Jupyter.CSharp;

/// <summary>Suggestions of what was meant, for errors of the compiler that people who are new to C# meet.</summary>
internal static class CompilerHints
{
    /// <summary>A hint; null where there is none.</summary>
    public static string? For(Diagnostic error, Compilation compilation) => error.Id switch
    {
        "CS9176" => "a list needs its type here, as in new[] { 1, 2, 3 } or int[] list = [1, 2, 3];",
        "CS0103" or "CS0117" or "CS1061" or "CS0246" when error.Location.SourceTree is { } tree => Meant(error, tree, compilation),
        _ => null,
    };

    /// <summary>Whether a warning is about the value that the cell shows: that one need not be awaited.</summary>
    public static bool IsOfShownValue(Diagnostic warning) =>
        warning.Id == "CS4014" && warning.Location.SourceTree?.GetRoot() is CompilationUnitSyntax { Members: [.., GlobalStatementSyntax
        {
            Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last,
        }] } && last.Span.Contains(warning.Location.SourceSpan);

    private static string? Meant(Diagnostic error, SyntaxTree tree, Compilation compilation)
    {
        if (tree.GetRoot().FindNode(error.Location.SourceSpan, getInnermostNodeForTie: true) is not SimpleNameSyntax name) return null;
        var model = compilation.GetSemanticModel(tree);
        IEnumerable<ISymbol> known;
        if (name.Parent is MemberAccessExpressionSyntax access && access.Name == name)
        {
            if ((model.GetSymbolInfo(access.Expression).Symbol as ITypeSymbol ?? model.GetTypeInfo(access.Expression).Type) is not { } type)
                return null;
            known = model.LookupSymbols(name.SpanStart, type, includeReducedExtensionMethods: true);
        }
        else known = model.LookupSymbols(name.SpanStart);
        // Of names that are equally near, one of the same case: a variable is rather meant by a variable's name than a type.
        var wanted = name.Identifier.Text;
        var names = known.Where(symbol => symbol.CanBeReferencedByName).Select(symbol => symbol.Name).Distinct()
            .OrderBy(known => char.IsUpper(known[0]) != char.IsUpper(wanted[0])).ThenBy(known => known, StringComparer.Ordinal);
        // To a name of three letters or fewer everything is near, except among the few members of one type.
        var isMember = name.Parent is MemberAccessExpressionSyntax member && member.Name == name;
        return (wanted.Length > 3 || isMember) && Spelling.Meant(wanted, names) is { } nearest ? $"did you mean '{nearest}'?" : null;
    }
}
