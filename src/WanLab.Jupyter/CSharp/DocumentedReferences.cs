using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;

namespace WanLab.Jupyter.CSharp;

/// <summary>The same assemblies as in <see cref="PlatformReferences"/>, with the documentation that an editor shows.</summary>
internal static class DocumentedReferences
{
    /// <summary>.NET's own come from the SDK's reference pack, which has their documentation; without an SDK they have none.</summary>
    public static IReadOnlyList<MetadataReference> All()
    {
        var pack = ReferencePack();
        if (pack is null) return [.. PlatformReferences.Paths.Select(Of)];
        var runtime = RuntimeEnvironment.GetRuntimeDirectory().TrimEnd(Path.DirectorySeparatorChar);
        return [.. Directory.EnumerateFiles(pack, "*.dll")
            .Concat(PlatformReferences.Paths.Where(path => Path.GetDirectoryName(path) != runtime))
            .Select(Of)];
    }

    /// <summary>An assembly with the documentation file next to it, if there is one.</summary>
    public static MetadataReference Of(string path)
    {
        var documentation = Path.ChangeExtension(path, ".xml");
        return MetadataReference.CreateFromFile(path,
            documentation: File.Exists(documentation) ? XmlDocumentationProvider.CreateFromFile(documentation) : null);
    }

    // DOTNET/shared/Microsoft.NETCore.App/10.0.1/ -> DOTNET/packs/Microsoft.NETCore.App.Ref/10.0.2/ref/net10.0
    private static string? ReferencePack()
    {
        var packs = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref");
        if (!Directory.Exists(packs)) return null;
        var framework = $"net{Environment.Version.Major}.{Environment.Version.Minor}";
        return Directory.EnumerateDirectories(packs, $"{Environment.Version.Major}.*")
            .Select(folder => Path.GetFullPath(Path.Combine(folder, "ref", framework)))
            .Where(Directory.Exists)
            .OrderByDescending(folder => folder, StringComparer.Ordinal)
            .FirstOrDefault();
    }
}
