using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WanLab.Jupyter.CSharp;

/// <summary>The assemblies that every cell can use: .NET's, WanLab's, and those that displays are made with.</summary>
internal static class PlatformReferences
{
    private static readonly string[] LibraryNames =
    [
        "WanLab.Base", "WanLab.Widgets", "WanLab.Yaml", "WanLab.Torch", "WanLab.Media", "WanLab.Datasets", "WanLab", "WanLab.Curation",
        "WanLab.Experiments", "WanLab.Tiny", "WanLab.Notebooks",
    ];
    private static readonly string[] Ours = [.. LibraryNames, "WanLab.Jupyter"];
    private static readonly string[] Others =
    [
        "Microsoft.CSharp", "mscorlib", "netstandard", "Microsoft.Win32.Primitives", "Microsoft.AspNetCore.Html.Abstractions",
        "Microsoft.DotNet.Interactive.Formatting", "MathNet.Numerics", "Microsoft.Data.Analysis", "Microsoft.ML.DataView", "Apache.Arrow",
    ];

    /// <summary>The language of cells: that of the .NET this runs on, as newer ones may need a newer one.</summary>
    public const LanguageVersion Language = LanguageVersion.CSharp14;

    /// <summary>Paths of the assemblies, from the list that the host of this process was started with.</summary>
    public static IReadOnlyList<string> Paths { get; } =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => IsWanted(Path.GetFileNameWithoutExtension(path)))];

    /// <summary>References to the assemblies in <see cref="Paths"/>.</summary>
    public static IReadOnlyList<MetadataReference> All { get; } = [.. Paths.Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>Namespaces of public types of WanLab's libraries, so that a new feature's folder needs no line here.</summary>
    public static IReadOnlyList<string> OurNamespaces { get; } =
    [
        .. LibraryNames.SelectMany(name => Assembly.Load(name).GetExportedTypes())
            .Select(type => type.Namespace!)
            .Where(name => name.StartsWith("WanLab", StringComparison.Ordinal))
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Paths of WanLab's libraries, each behind those it needs; what comes with .NET is not among them.</summary>
    public static IReadOnlyList<string> Libraries { get; } = [.. LibraryNames.SelectMany(WithNeeds).Distinct()];

    /// <summary>Paths of an assembly that lies next to the kernel without every cell having it, and of what it needs.</summary>
    /// <returns>None where there is no such assembly.</returns>
    public static IReadOnlyList<string> Shipped(string name) => [.. WithNeeds(name).Distinct().Except(Paths)];

    /// <summary>Namespaces, and one class, whose names need no prefix.</summary>
    public static IReadOnlyList<string> Imports { get; } =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
        "Microsoft.DotNet.Interactive", "Microsoft.DotNet.Interactive.Kernel", "Microsoft.DotNet.Interactive.Formatting",
        .. OurNamespaces,
    ];

    private static bool IsWanted(string name) =>
        Ours.Contains(name)
            || Others.Contains(name)
            || (name.StartsWith("System.", StringComparison.Ordinal) && !name.StartsWith("System.CommandLine", StringComparison.Ordinal));

    private static IEnumerable<string> WithNeeds(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, name + ".dll");
        if (!File.Exists(path)) return [];
        return [.. Assembly.Load(name).GetReferencedAssemblies().SelectMany(needed => WithNeeds(needed.Name!)), path];
    }
}
