using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace WanLab.Jupyter.CSharp;

/// <summary>Gets NuGet packages for a session: the .NET SDK restores a project that has all of them, so that their versions fit.</summary>
/// <param name="folder">A folder of its own, for the project.</param>
internal sealed partial class PackageRestore(string folder)
{
    private const string Framework = "net10.0";
    private readonly Dictionary<string, string> _packages = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _sources = [];

    /// <summary>Looks for packages in one more place: a folder or a feed.</summary>
    public void AddSource(string source) => _sources.Add(Directory.Exists(source) ? Path.GetFullPath(source) : source);

    /// <summary>Gets a package and the packages it needs.</summary>
    /// <param name="request"><c>Name, Version</c> or <c>Name</c> for the newest release.</param>
    /// <param name="cancellation">Ends the restore.</param>
    /// <returns>Assemblies, and native libraries.</returns>
    /// <exception cref="WanLabException">The text does not name a package, or the package cannot be restored.</exception>
    public async Task<(IReadOnlyList<string> Assemblies, IReadOnlyList<string> Native, string Version)> AddAsync(string request,
        CancellationToken cancellation)
    {
        if (Package().Match(request) is not { Success: true } match)
            throw new WanLabException($"#r \"nuget: {request}\" names no package; write #r \"nuget: Name, 1.2.3\".");
        var (name, version) = (match.Groups[1].Value, match.Groups[2].Success ? match.Groups[2].Value : "*");
        var before = _packages.GetValueOrDefault(name);
        _packages[name] = version;
        try
        {
            return await RestoreAsync(name, cancellation);
        }
        catch
        {
            // This failure must not make the next restore fail.
            if (before is null) _packages.Remove(name);
            else _packages[name] = before;
            throw;
        }
    }

    private async Task<(IReadOnlyList<string>, IReadOnlyList<string>, string)> RestoreAsync(string name, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var project = Path.Combine(folder, "packages.csproj");
        AtomicFile.WriteText(project, Project());
        var info = new ProcessStartInfo(Programs.Dotnet(), ["restore", project, "--nologo", "-v:quiet", "-tl:off"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Directory.GetCurrentDirectory(),
        };
        info.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        info.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(info)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(CancellationToken.None),
            process.StandardError.ReadToEndAsync(CancellationToken.None));
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        if (process.ExitCode != 0)
        {
            var reasons = (await output + await errors)
                .Split('\n')
                .Where(line => line.Contains("error", StringComparison.Ordinal))
                .Select(line => line.Replace(project + " : ", "", StringComparison.Ordinal).Trim())
                .Distinct();
            throw new WanLabException($"#r \"nuget: {name}\" cannot be restored:\n{string.Join('\n', reasons)}\nCheck name and version; " +
                "#i \"nuget: SOURCE\" adds a folder or feed to look in.");
        }
        return Assets(name);
    }

    private string Project() => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>{Framework}</TargetFramework>
            <RuntimeIdentifier>{RuntimeInformation.RuntimeIdentifier}</RuntimeIdentifier>
            <SelfContained>false</SelfContained>
            <UseArtifactsOutput>false</UseArtifactsOutput>
            <ManagePackageVersionsCentrally>false</ManagePackageVersionsCentrally>
            <NuGetAudit>false</NuGetAudit>
            <RestoreRootConfigDirectory>{Xml(Directory.GetCurrentDirectory())}</RestoreRootConfigDirectory>
            <RestoreAdditionalProjectSources>{Xml(string.Join(';', _sources))}</RestoreAdditionalProjectSources>
          </PropertyGroup>
          <ItemGroup>
        {string.Concat(_packages.Select(package => $"    <PackageReference Include=\"{Xml(package.Key)}\" Version=\"{Xml(package.Value)}\" />\n"))}  </ItemGroup>
        </Project>

        """;

    // Reads the restore's results: for each package its folder, and in it the files for this machine.
    private (IReadOnlyList<string>, IReadOnlyList<string>, string) Assets(string name)
    {
        var assets = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "obj", "project.assets.json")))!;
        var target = assets["targets"]![$"{Framework}/{RuntimeInformation.RuntimeIdentifier}"]!.AsObject();
        var roots = assets["packageFolders"]!.AsObject().Select(entry => entry.Key).ToList();
        var (managed, native, version) = (new List<string>(), new List<string>(), "");
        foreach (var (package, contents) in target)
        {
            if (package.StartsWith(name + "/", StringComparison.OrdinalIgnoreCase)) version = package[(name.Length + 1)..];
            var place = assets["libraries"]![package]!["path"]!.GetValue<string>();
            foreach (var (kind, files) in ((string, List<string>)[])[("runtime", managed), ("native", native)])
                foreach (var (file, _) in contents![kind]?.AsObject() ?? [])
                    if (!file.EndsWith("_._", StringComparison.Ordinal))
                        files.Add(roots.Select(root => Path.Combine(root, place, file)).First(File.Exists));
        }
        return ([.. managed.Where(file => file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))], native, version);
    }

    private static string Xml(string text) => SecurityElement.Escape(text);

    [GeneratedRegex(@"^\s*([\w.-]+)\s*(?:,\s*([\w.*+\[\](),-]+))?\s*$")]
    private static partial Regex Package();
}
