using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;
using Microsoft.CodeAnalysis.Text;
using WanLab.Jupyter.Cells;

namespace WanLab.Jupyter.CSharp;

/// <summary>The state that the cells of a notebook have made so far, on which the next one runs. One cell at a time.</summary>
internal sealed class CSharpSession
{
    private readonly InteractiveAssemblyLoader _loader = new();
    private ScriptOptions _options = ScriptOptions.Default
        .WithReferences(PlatformReferences.All)
        .WithImports(PlatformReferences.Imports)
        .WithLanguageVersion(PlatformReferences.Language)
        .WithAllowUnsafe(true)
        .WithOptimizationLevel(OptimizationLevel.Release)
        .WithEmitDebugInformation(true)
        .WithFileEncoding(System.Text.Encoding.UTF8);
    private ScriptState<object>? _state;

    /// <summary>Called with every piece of code that became part of the session.</summary>
    public Action<string, IReadOnlyList<MetadataReference>> OnSubmitted { get; init; } = (_, _) => { };

    /// <summary>The variables; of several with the same name, the newest.</summary>
    public IReadOnlyList<ScriptVariable> Variables =>
        [.. (_state?.Variables ?? []).Reverse()
            .DistinctBy(variable => variable.Name)
            .OrderBy(variable => variable.Name, StringComparer.Ordinal)];

    /// <summary>References that cells added.</summary>
    public List<MetadataReference> AddedReferences { get; } = [];

    /// <summary>Lets later cells use an assembly.</summary>
    public void AddReference(string path)
    {
        var assembly = SharedAssemblies.Load(path);
        // Two references to assemblies of one name would hide each other's types.
        if (AddedReferences.Any(known => known.Display == assembly.Location) || PlatformReferences.Paths.Contains(assembly.Location))
            return;
        _loader.RegisterDependency(assembly);
        var reference = MetadataReference.CreateFromFile(assembly.Location);
        AddedReferences.Add(reference);
        _options = _options.AddReferences(reference);
    }

    /// <summary>Runs a cell's code.</summary>
    /// <param name="code">C#, without magics.</param>
    /// <param name="name">Name of the cell in error messages.</param>
    /// <param name="run">The run it belongs to.</param>
    public async Task<CellValue> RunAsync(string code, string name, CellRun run)
    {
        var text = SourceText.From(code, System.Text.Encoding.UTF8);
        var script = Script(code, name);
        var diagnostics = script.Compile(run.Cancellation);
        var errors = diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        if (errors.Count > 0) return new CellValue(null, ErrorText.Of(errors, text, script.GetCompilation()));
        foreach (var warning in diagnostics.Where(
            diagnostic => diagnostic.Severity == DiagnosticSeverity.Warning && !CompilerHints.IsOfShownValue(diagnostic)))
            run.Output.Stream("stderr", ErrorText.Line(warning, text) + "\n");

        var running = _state is null
            ? script.RunAsync(null, _ => true, CancellationToken.None)
            : script.RunFromAsync(_state, _ => true, CancellationToken.None);
        run.IsAwaiting = !running.IsCompleted;
        // The session keeps nothing of a cell that is left behind, so that it cannot change under the next one.
        if (await Task.WhenAny(running, run.LeftBehind) != running) return new CellValue(null, ErrorText.LeftBehind);
        _state = await running;
        OnSubmitted(code, AddedReferences);
        return _state.Exception is { } failure
            ? new CellValue(null, ErrorText.Of(failure, run.Cancellation))
            : new CellValue(_state.ReturnValue);
    }

    /// <summary>The value of an expression; the session stays as it is.</summary>
    public async Task<CellValue> EvaluateAsync(string expression, CancellationToken cancellation)
    {
        var script = Script(expression, "expression");
        var errors = script.Compile(cancellation).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        if (errors.Count > 0)
            return new CellValue(null, ErrorText.Of(errors, SourceText.From(expression), script.GetCompilation()));
        var state = _state is null
            ? await script.RunAsync(null, _ => true, cancellation)
            : await script.RunFromAsync(_state, _ => true, cancellation);
        return state.Exception is { } failure ? new CellValue(null, ErrorText.Of(failure, cancellation)) : new CellValue(state.ReturnValue);
    }

    private Script<object> Script(string code, string name)
    {
        var options = _options.WithFilePath(name);
        return _state is null
            ? CSharpScript.Create<object>(code, options, assemblyLoader: _loader)
            : _state.Script.ContinueWith<object>(code, options);
    }
}
