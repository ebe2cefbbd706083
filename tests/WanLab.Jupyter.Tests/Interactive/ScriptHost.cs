using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WanLab.Jupyter.CSharp;
using WanLab.Testing;

namespace WanLab.Jupyter.Tests.Interactive;

/// <summary>
/// A host of C# scripts in a process of its own, which has WanLab's assemblies only by a script's <c>#r</c>: as the .NET
/// Interactive tool does it, and as the process of the tests, which was started with them, cannot.
/// </summary>
internal sealed class ScriptHost : IDisposable
{
    private const string Source = """
        using System;
        using System.IO;
        using System.Linq;
        using Microsoft.CodeAnalysis.CSharp.Scripting;
        using Microsoft.CodeAnalysis.Scripting;
        var assemblies = new[] { typeof(object), typeof(Enumerable) }.Select(type => type.Assembly);
        var options = ScriptOptions.Default.WithReferences(assemblies);
        Console.Write(await CSharpScript.EvaluateAsync<object>(File.ReadAllText(args[0]), options));
        """;

    private static readonly string[] Compiler =
    [
        "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "Microsoft.CodeAnalysis.Scripting",
        "Microsoft.CodeAnalysis.CSharp.Scripting",
    ];

    private readonly TempFolder _folder = new();

    public ScriptHost()
    {
        foreach (var name in Compiler) File.Copy(Path.Combine(AppContext.BaseDirectory, name + ".dll"), At(name + ".dll"));
        _folder.Write("Host.runtimeconfig.json", $$"""
            {
              "runtimeOptions": {
                "framework": { "name": "Microsoft.NETCore.App", "version": "{{Environment.Version}}" },
                "configProperties": { "System.Globalization.Invariant": true }
              }
            }
            """);
        var references = PlatformReferences.All.Concat(Compiler.Select(name => MetadataReference.CreateFromFile(At(name + ".dll"))));
        var made = CSharpCompilation
            .Create("Host", [CSharpSyntaxTree.ParseText(Source)], references, new CSharpCompilationOptions(OutputKind.ConsoleApplication))
            .Emit(At("Host.dll"));
        Assert.True(made.Success, string.Join('\n', made.Diagnostics));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Runs a script.</summary>
    /// <returns>Its value, and what went wrong.</returns>
    public async Task<(string Value, string Errors)> RunAsync(string script)
    {
        var info = new ProcessStartInfo("dotnet", [At("Host.dll"), _folder.Write("script.csx", script)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(info)!;
        var errors = process.StandardError.ReadToEndAsync();
        var value = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (value, await errors);
    }

    private string At(string file) => Path.Combine(_folder.Path, file);
}
