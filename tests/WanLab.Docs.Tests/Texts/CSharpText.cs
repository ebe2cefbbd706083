using System.Net;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WanLab.Docs.Tests.Texts;

/// <summary>The words of a C# file.</summary>
/// <param name="Texts">Its comments, messages and test names.</param>
/// <param name="Summaries">The summaries of its documentation comments, without their tags.</param>
internal sealed partial record CSharpText(IReadOnlyList<Prose> Texts, IReadOnlyList<Prose> Summaries)
{
    public static CSharpText Of(string file, string source, bool script = false)
    {
        var root = Parse(source, script);
        return new CSharpText([.. Comments(file, root), .. Literals(file, root), .. TestNames(file, root)], [.. SummariesOf(file, root)]);
    }

    private static IEnumerable<Prose> SummariesOf(string file, SyntaxNode root) =>
        from trivia in root.DescendantTrivia()
        where trivia.HasStructure && trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia)
        let match = Summary().Match(trivia.ToFullString())
        where match.Success
        select new Prose(file, LineOf(trivia.GetLocation()), Plain(match.Groups[1].Value));

    private static SyntaxNode Parse(string source, bool script) => CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(
        LanguageVersion.Latest, DocumentationMode.Parse, script ? SourceCodeKind.Script : SourceCodeKind.Regular)).GetRoot();

    // Comment lines that follow each other are one piece, so that a phrase is found across line ends.
    private static IEnumerable<Prose> Comments(string file, SyntaxNode root)
    {
        var (text, start, last) = ("", 0, 0);
        foreach (var trivia in root.DescendantTrivia())
        {
            if (trivia.Kind() is not (SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
                or SyntaxKind.SingleLineDocumentationCommentTrivia)) continue;
            var line = LineOf(trivia.GetLocation());
            if (text.Length > 0 && line != last + 1)
            {
                yield return new Prose(file, start, text);
                text = "";
            }
            if (text.Length == 0) start = line;
            text = $"{text} {Plain(trivia.ToFullString())}".Trim();
            last = line;
        }
        if (text.Length > 0) yield return new Prose(file, start, text);
    }

    private static IEnumerable<Prose> Literals(string file, SyntaxNode root) =>
        from token in root.DescendantTokens()
        where token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken
            or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
        select new Prose(file, LineOf(token.GetLocation()), Space().Replace(token.ValueText, " "));

    private static IEnumerable<Prose> TestNames(string file, SyntaxNode root) =>
        from method in root.DescendantNodes().OfType<MethodDeclarationSyntax>()
        where method.AttributeLists.SelectMany(list => list.Attributes).Any(a => a.Name.ToString() is "Fact" or "Theory" or "Property")
        select new Prose(file, LineOf(method.Identifier.GetLocation()), method.Identifier.Text.Replace('_', ' '));

    private static string Plain(string comment) =>
        Space().Replace(WebUtility.HtmlDecode(Tag().Replace(Reference().Replace(Marks().Replace(comment, " "), "`"), " ")), " ").Trim();

    private static int LineOf(Location location) => location.GetLineSpan().StartLinePosition.Line + 1;

    [GeneratedRegex(@"<summary>(.*?)</summary>", RegexOptions.Singleline)]
    private static partial Regex Summary();

    [GeneratedRegex(@"^\s*(///?|/\*+|\*+/?)|\*/\s*$", RegexOptions.Multiline)]
    private static partial Regex Marks();

    [GeneratedRegex(@"<(see|seealso|paramref|typeparamref|inheritdoc)\b[^>]*/>|<(c|code)>.*?</\2>", RegexOptions.Singleline)]
    private static partial Regex Reference();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
