using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WanLab.Jupyter.CSharp;

/// <summary>The assemblies that every cell can use: .NET's, WanLab's, and those that displays are made with.</summary>
internal static class PlatformReferences
{
    private static readonly string[] s_ours = ["WanLab", "WanLab.Base", "WanLab.Torch", "WanLab.Tiny", "WanLab.Notebooks", "WanLab.Jupyter"];
    private static readonly string[] s_others = ["Microsoft.CSharp", "mscorlib", "netstandard", "Microsoft.Win32.Primitives", "Microsoft.AspNetCore.Html.Abstractions", "Microsoft.DotNet.Interactive.Formatting", "MathNet.Numerics"];

    /// <summary>The language of cells: that of the .NET this runs on, as newer ones may need a newer one.</summary>
    public const LanguageVersion Language = LanguageVersion.CSharp14;

    /// <summary>Paths of the assemblies, from the list that the host of this process was started with.</summary>
    public static IReadOnlyList<string> Paths { get; } =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(path => IsWanted(Path.GetFileNameWithoutExtension(path)))];

    /// <summary>References to them.</summary>
    public static IReadOnlyList<MetadataReference> All { get; } = [.. Paths.Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>Namespaces, and one class, whose names need no prefix.</summary>
    public static IReadOnlyList<string> Imports { get; } =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
        "Microsoft.DotNet.Interactive", "Microsoft.DotNet.Interactive.Kernel", "Microsoft.DotNet.Interactive.Formatting",
        .. OurNamespaces(),
    ];

    private static bool IsWanted(string name) =>
        s_ours.Contains(name) || s_others.Contains(name) || (name.StartsWith("System.", StringComparison.Ordinal) && !name.StartsWith("System.CommandLine", StringComparison.Ordinal));

    // Namespaces of public types, so that a new feature's folder needs no line here.
    private static IEnumerable<string> OurNamespaces() =>
        Paths.Where(path => Path.GetFileNameWithoutExtension(path) is "WanLab" or "WanLab.Base" or "WanLab.Torch" or "WanLab.Tiny" or "WanLab.Notebooks")
            .SelectMany(path => System.Reflection.Assembly.Load(Path.GetFileNameWithoutExtension(path)).GetExportedTypes())
            .Select(type => type.Namespace!)
            .Where(name => name.StartsWith("WanLab", StringComparison.Ordinal))
            .Distinct()
            .Order(StringComparer.Ordinal);
}
