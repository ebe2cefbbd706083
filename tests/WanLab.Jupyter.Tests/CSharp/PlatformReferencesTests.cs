using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WanLab.Jupyter.CSharp;
using WanLab.Models;

namespace WanLab.Jupyter.Tests.CSharp;

public class PlatformReferencesTests
{
    [Fact]
    public void No_name_means_two_things_in_a_cell()
    {
        var compilation = CSharpCompilation.Create("names", references: PlatformReferences.All);
        var doubled = PlatformReferences.Imports
            .Select(import => Namespace(compilation.GlobalNamespace, import))
            .SelectMany(space => space?.GetTypeMembers() ?? [])
            .Where(type => type.DeclaredAccessibility == Accessibility.Public)
            .GroupBy(type => (type.Name, type.Arity))
            .Where(group => group.Select(type => type.ContainingNamespace.ToString()).Distinct().Count() > 1)
            .Select(group => string.Join(" and ", group.Select(type => type.ToString())));
        Assert.Empty(doubled);
    }

    [Fact]
    public void Every_folder_of_the_library_is_imported()
    {
        foreach (var space in (string[])["WanLab", "WanLab.Jobs", "WanLab.Training", "WanLab.Torch", "WanLab.Sampling", "WanLab.Diffusion"])
            Assert.Contains(space, PlatformReferences.Imports);
        Assert.DoesNotContain(PlatformReferences.Imports, import => import.StartsWith("WanLab.Jupyter", StringComparison.Ordinal));
    }

    [Fact]
    public void The_compiler_itself_is_not_in_a_cells_way() =>
        Assert.DoesNotContain(PlatformReferences.Paths,
            path => Path.GetFileName(path).StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));

    private static INamespaceSymbol? Namespace(INamespaceSymbol root, string name) =>
        name.Split('.').Aggregate<string, INamespaceSymbol?>(root,
            (at, part) => at?.GetNamespaceMembers().FirstOrDefault(member => member.Name == part));
}
