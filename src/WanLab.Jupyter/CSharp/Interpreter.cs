using System.Globalization;
using WanLab.Jupyter.Cells;
using WanLab.Jupyter.Display;

namespace WanLab.Jupyter.CSharp;

/// <summary>Runs cells: their magics, their directives and their C#. One cell at a time.</summary>
internal sealed class Interpreter
{
    private readonly CSharpSession _session;
    private readonly PackageRestore _packages;
    private readonly TimeProvider _time;

    /// <summary>Makes an empty session.</summary>
    /// <param name="packageFolder">A folder of its own, for what <c>#r "nuget: ..."</c> needs.</param>
    /// <param name="time">The clock of <c>#!time</c>.</param>
    public Interpreter(string packageFolder, TimeProvider time)
    {
        _packages = new PackageRestore(packageFolder);
        _time = time;
        _session = new CSharpSession { OnSubmitted = Assistant.Add };
    }

    /// <summary>Completion and help, which know what the cells declared.</summary>
    public CodeAssistant Assistant { get; } = new();

    /// <summary>Runs a cell, shows its value, and says how it ended.</summary>
    /// <param name="code">The cell.</param>
    /// <param name="name">Name of the cell in error messages, beginning with "cell ".</param>
    /// <param name="run">The run of this cell.</param>
    /// <returns>The error; null where all went well.</returns>
    public async Task<CellError?> ExecuteAsync(string code, string name, CellRun run)
    {
        CellConsole.Install();
        run.Enter();
        using var interrupt = Interrupt.Use(run.Cancellation);
        run.Interrupt = interrupt;
        CellError? error;
        try
        {
            var started = _time.GetTimestamp();
            var value = await RunAsync(code, name, run);
            error = value.Error;
            // A place on the page shows itself already.
            if (value.Value is not null and not DisplayedValue) run.Output.Result(Bundles.Of(value.Value, []));
            if (CellParts.Of(code).Any(part => part.Magic == "time"))
                run.Output.Stream("stdout",
                    string.Create(CultureInfo.InvariantCulture, $"Wall time: {_time.GetElapsedTime(started).TotalMilliseconds:0.0} ms\n"));
        }
        catch (ImportException e)
        {
            error = e.Error;
        }
        catch (Exception e)
        {
            error = ErrorText.Of(e, run.Cancellation);
        }
        if (error?.Shown is { } shown) run.Output.Display(Bundles.Of(shown, []), Guid.NewGuid().ToString("N"));
        if (error is not null) run.Output.Error(error);
        run.Output.Flush();
        run.Ended = true;
        return error;
    }

    /// <summary>The value of an expression, in the forms in which it can be shown.</summary>
    public async Task<(MimeBundle? Data, CellError? Error)> EvaluateAsync(string expression, CancellationToken cancellation)
    {
        try
        {
            var value = await _session.EvaluateAsync(expression, cancellation);
            return value.Error is null ? (Bundles.Of(value.Value, []), null) : (null, value.Error);
        }
        catch (Exception e) // of a formatter
        {
            return (null, ErrorText.Of(e, cancellation));
        }
    }

    private async Task<CellValue> RunAsync(string code, string name, CellRun run)
    {
        var value = new CellValue(null);
        foreach (var part in CellParts.Of(code))
        {
            run.Cancellation.ThrowIfCancellationRequested();
            if (part.Magic is { } magic)
            {
                await RunMagicAsync(magic, part, name, run);
                continue;
            }
            foreach (var (directive, argument) in part.Directives) await ApplyAsync(directive, argument, name, run);
            value = await _session.RunAsync(part.Code, name, run);
            if (value.Error is not null) break;
        }
        return value;
    }

    private async Task ApplyAsync(string directive, string argument, string name, CellRun run)
    {
        const string NuGet = "nuget:";
        var isPackage = argument.StartsWith(NuGet, StringComparison.Ordinal);
        switch (directive)
        {
            case "load": await ImportAsync(argument, name, run); break;
            case "i" when isPackage: _packages.AddSource(argument[NuGet.Length..].Trim()); break;
            case "i": throw new WanLabException($"#i \"{argument}\": only #i \"nuget: SOURCE\" is known.");
            case "r" when isPackage: await AddPackageAsync(argument[NuGet.Length..], run); break;
            default: AddAssembly(argument); break;
        }
    }

    private async Task AddPackageAsync(string request, CellRun run)
    {
        var (assemblies, native, version) = await _packages.AddAsync(request, run.Cancellation);
        SharedAssemblies.Know([.. assemblies, .. native]);
        foreach (var assembly in assemblies) _session.AddReference(assembly);
        run.Output.Stream("stdout", $"Package {request.Split(',')[0].Trim()} {version}\n");
    }

    private void AddAssembly(string argument)
    {
        var path = Path.GetFullPath(argument);
        if (File.Exists(path)) _session.AddReference(path);
        else if (PlatformReferences.Shipped(argument) is { Count: > 0 } shipped) foreach (var file in shipped) _session.AddReference(file);
        else if (!PlatformReferences.Paths.Any(
            known => Path.GetFileNameWithoutExtension(known).Equals(Path.GetFileNameWithoutExtension(argument + ".dll"),
                StringComparison.OrdinalIgnoreCase) || Path.GetFileName(known).Equals(argument, StringComparison.OrdinalIgnoreCase)))
            throw new WanLabException($"#r \"{argument}\": there is no assembly at {path}, and .NET has none of this name. " +
                "Paths are relative to the notebook's folder; a package is written #r \"nuget: Name, 1.2.3\".");
    }

    private async Task ImportAsync(string argument, string name, CellRun run)
    {
        var path = Path.GetFullPath(argument.Trim('"'));
        foreach (var cell in ImportedFile.Cells(path))
            if ((await RunAsync(cell, $"{name} > {Path.GetFileName(path)}", run)).Error is { } error)
                throw new ImportException(error);
    }

    private Task RunMagicAsync(string magic, CellPart part, string name, CellRun run)
    {
        switch (magic)
        {
            case "time": break; // reported at the end
            case "import": return ImportAsync(part.Argument, name, run);
            case "who" or "whos": run.Output.Display(VariableTable.Of(_session.Variables), Guid.NewGuid().ToString("N")); break;
            case "html": Show("text/html", part.Code, run); break;
            case "markdown": Show("text/markdown", part.Code, run); break;
            case "javascript" or "js": Show("text/html", $"<script type=\"text/javascript\">{part.Code}</script>", run); break;
            case "help" or "lsmagic": run.Pages.Add(MimeBundle.Plain(Magics.Help)); break;
            case "about": run.Output.Stream("stdout", Magics.About + "\n"); break;
            default: throw new WanLabException(Magics.Unknown(magic));
        }
        return Task.CompletedTask;
    }

    private static void Show(string mimeType, string text, CellRun run) =>
        run.Output.Display(Bundles.Of(new MimeText(mimeType, text), []), Guid.NewGuid().ToString("N"));
}
