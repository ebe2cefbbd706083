using System.Collections.Frozen;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.QuickInfo;
using Microsoft.CodeAnalysis.Text;

namespace WanLab.Jupyter.CSharp;

/// <summary>The texts that can be inserted at the cursor.</summary>
/// <param name="Start">Start of the text they replace, counted in UTF-16 units as all C# strings are.</param>
/// <param name="End">End of the text they replace.</param>
/// <param name="Items">Texts with their kinds, best first.</param>
internal sealed record Completions(int Start, int End, IReadOnlyList<(string Text, string Kind)> Items);

/// <summary>Helps to write a cell: knows what the cells before it declared. Can be used from any thread.</summary>
internal sealed class CodeAssistant
{
    private static readonly CSharpParseOptions Parsing = new(PlatformReferences.Language, kind: SourceCodeKind.Script);

    // Every value has these, and hardly anyone means them; who begins to type one gets it.
    private static readonly FrozenSet<string> OfEveryObject =
        ["Equals", "ReferenceEquals", "GetHashCode", "GetType", "MemberwiseClone", "Finalize"];

    private const int AskedFor = 2;
    private readonly Lazy<IReadOnlyList<MetadataReference>> _references = new(DocumentedReferences.All);
    private readonly Lazy<Solution> _empty = new(() => new AdhocWorkspace(MefHostServices.DefaultHost).CurrentSolution);
    private readonly Lock _lock = new();
    private readonly List<(string Code, IReadOnlyList<MetadataReference> Added)> _waiting = [];
    private Solution? _solution;
    private ProjectId? _last;
    private int _count;

    /// <summary>Remembers the code of a cell that ran.</summary>
    public void Add(string code, IReadOnlyList<MetadataReference> added)
    {
        // The project is made at the first request: a notebook that runs without a client needs none.
        lock (_lock) _waiting.Add((code, [.. added.Select(reference => DocumentedReferences.Of(reference.Display!))]));
    }

    /// <summary>The texts that can be inserted at a position of a cell's code.</summary>
    public async Task<Completions> CompleteAsync(string code, int position, CancellationToken cancellation)
    {
        var document = Document(code);
        if (await TextCompletions.OfAsync(document, position, cancellation) is { } inText) return inText;
        var service = CompletionService.GetService(document)!;
        var found = await service.GetCompletionsAsync(document, position, cancellationToken: cancellation);
        var typed = code[Math.Min(found.Span.Start, position)..position];
        var items = found.ItemsList
            .Where(item => item.FilterText.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Where(item => typed.Length >= AskedFor || !OfEveryObject.Contains(item.FilterText))
            .OrderByDescending(item => item.FilterText.StartsWith(typed, StringComparison.Ordinal))
            .ThenBy(item => item.SortText, StringComparer.OrdinalIgnoreCase)
            .Select(item => (item.Properties.GetValueOrDefault("InsertionText") ?? item.DisplayText,
                item.Tags.FirstOrDefault()?.ToLowerInvariant() ?? "text"))
            .DistinctBy(item => item.Item1);
        return new Completions(Math.Min(found.Span.Start, position), Math.Max(found.Span.End, position), [.. items]);
    }

    /// <summary>Signature and documentation of the name at a position; null where there is nothing to say.</summary>
    public async Task<string?> InspectAsync(string code, int position, CancellationToken cancellation)
    {
        var document = Document(code);
        var service = QuickInfoService.GetService(document)!;
        var found = await service.GetQuickInfoAsync(document, position, cancellation);
        // Just behind a name people mean that name.
        if (found is null && position > 0) found = await service.GetQuickInfoAsync(document, position - 1, cancellation);
        return found is null ? null : string.Join("\n\n",
            found.Sections.Select(section => section.Text.ReplaceLineEndings("\n").Trim()).Where(text => text.Length > 0));
    }

    /// <summary>Says whether more lines must follow: <c>complete</c>, <c>incomplete</c> or <c>invalid</c>.</summary>
    public static string Completeness(string code)
    {
        var tree = CSharpSyntaxTree.ParseText(code, Parsing);
        // The parser counts an open raw string as wrong, not as open.
        if (!SyntaxFactory.IsCompleteSubmission(tree) || tree.GetDiagnostics().Any(diagnostic => diagnostic.Id == "CS8997"))
            return "incomplete";
        return tree.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) ? "invalid" : "complete";
    }

    private Document Document(string code)
    {
        lock (_lock)
        {
            _solution ??= _empty.Value;
            foreach (var (before, added) in _waiting) (_solution, _last) = Extend(before, added);
            _waiting.Clear();
            var (solution, project) = Extend(code, []);
            return solution.GetProject(project)!.Documents.Single();
        }
    }

    private (Solution, ProjectId) Extend(string code, IReadOnlyList<MetadataReference> added)
    {
        var id = ProjectId.CreateNewId();
        var name = $"cell{++_count}";
        var references = _last is null ? _references.Value : [.. _solution!.GetProject(_last)!.MetadataReferences];
        var info = ProjectInfo.Create(
            id, VersionStamp.Default, name, name, LanguageNames.CSharp, isSubmission: true,
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, usings: PlatformReferences.Imports,
                allowUnsafe: true),
            parseOptions: Parsing,
            metadataReferences: [.. references, .. added],
            projectReferences: _last is null ? [] : [new ProjectReference(_last)]);
        var document = DocumentInfo.Create(
            DocumentId.CreateNewId(id), name, sourceCodeKind: SourceCodeKind.Script,
            loader: TextLoader.From(TextAndVersion.Create(SourceText.From(code), VersionStamp.Default)));
        return (_solution!.AddProject(info).AddDocument(document), id);
    }
}
