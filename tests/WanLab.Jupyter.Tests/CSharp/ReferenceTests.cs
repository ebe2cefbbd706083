using System.IO.Compression;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WanLab.Jupyter.Wire;

namespace WanLab.Jupyter.Tests.CSharp;

/// <summary><c>#r</c> with assemblies and packages that are made here: nothing is fetched from anywhere.</summary>
public class ReferenceTests : SessionTest
{
    [Fact]
    public async Task An_assembly_is_used_by_its_path()
    {
        Compile("bin/PathSample.dll", "PathSample", "public static class PathSample { public static int Answer => 42; }");
        Assert.Equal("42", (await RunAsync("#r \"bin/PathSample.dll\"\nPathSample.Answer")).Text);
    }

    [Fact]
    public async Task What_an_assembly_needs_is_found_beside_it()
    {
        var inner = Compile("bin/InnerSample.dll", "InnerSample", "public static class InnerSample { public static int Answer => 43; }");
        Compile("bin/OuterSample.dll", "OuterSample",
            "public static class OuterSample { public static int Answer => InnerSample.Answer; }", inner);
        Assert.Equal("43", (await RunAsync("#r \"bin/OuterSample.dll\"\nOuterSample.Answer")).Text);
    }

    [Fact]
    public async Task Types_are_those_of_this_process() =>
        Assert.Equal("True",
            (await RunAsync($"#r \"{typeof(ReferenceTests).Assembly.Location}\"\n" +
                "typeof(WanLab.Jupyter.Tests.CSharp.ReferenceTests).Assembly.Location == " +
                $"\"{typeof(ReferenceTests).Assembly.Location}\"")).Text);

    [Fact]
    public async Task A_package_comes_from_a_folder_that_the_notebook_names()
    {
        Pack("Wanlab.Test.Sample", "1.2.3", "public static class PackageSample { public static string Name => \"packed\"; }");
        Folder.Write("nuget.config", "<configuration><packageSources><clear /></packageSources><config>" +
            "<add key=\"globalPackagesFolder\" value=\"global\" /></config></configuration>");
        // Files that others left above the project and next to the notebook; MSBuild and dotnet would act on each of them.
        var planted = Path.Combine(Folder.Path, "planted");
        foreach (var name in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
            Folder.Write(name, "<Project InitialTargets=\"Own\"><Target Name=\"Own\">" +
                $"<Exec Command=\"touch '{planted}'\" /></Target></Project>");
        Folder.Write("Directory.Build.rsp", "-t:NoSuchTarget");
        Folder.Write("global.json", """{"sdk": {"version": "99.0.100", "rollForward": "disable"}}""");
        var shown = await RunAsync("#i \"nuget: feed\"\n#r \"nuget: Wanlab.Test.Sample, 1.2.3\"\nPackageSample.Name");
        Assert.Equal("packed", shown.Text);
        Assert.Equal("Package Wanlab.Test.Sample 1.2.3\n", shown.Out);
        Assert.False(File.Exists(planted));

        var missing = await RunAsync("#r \"nuget: Wanlab.Test.Missing, 1.0.0\"");
        Assert.Contains("cannot be restored", missing.Error!.Message, StringComparison.Ordinal);
        Assert.Contains("Wanlab.Test.Missing", missing.Error.Message, StringComparison.Ordinal);
        // A failed package does not stay in the way.
        Assert.Equal("packed", (await RunAsync("#r \"nuget: Wanlab.Test.Sample\"\nPackageSample.Name")).Text);
    }

    private void Pack(string name, string version, string code)
    {
        var library = Compile($"{name}.dll", name, code);
        Directory.CreateDirectory(Path.Combine(Folder.Path, "feed"));
        using var package = ZipFile.Open(Path.Combine(Folder.Path, "feed", $"{name}.{version}.nupkg"), ZipArchiveMode.Create);
        using (var writer = new StreamWriter(package.CreateEntry($"{name}.nuspec").Open()))
            writer.Write(
                $"""<?xml version="1.0"?><package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata><id>{name}</id><version>{version}</version><authors>t</authors><description>t</description></metadata></package>""");
        package.CreateEntryFromFile(library, $"lib/net8.0/{name}.dll");
    }

    private string Compile(string file, string name, string code, params string[] references)
    {
        var path = Path.Combine(Folder.Path, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var result = CSharpCompilation.Create(
            name, [CSharpSyntaxTree.ParseText(code)],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location),
                .. references.Select(reference => MetadataReference.CreateFromFile(reference))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(path);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return path;
    }
}
