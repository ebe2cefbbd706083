using System.Xml.Linq;
using NetArchTest.Rules;
using WanLab.Models;
using WanLab.Testing;
using WanLab.Torch;

namespace WanLab.Cli.Tests;

/// <summary>
/// The arrows of the house: which feature may use which. A new arrow is a change to one of these tables, and a reviewer sees it;
/// an arrow that nothing uses any more has to leave the table. Everything may use the namespace WanLab (errors, whole files, counters).
/// </summary>
public sealed class ArchitectureTests
{
    // Which features of the core library and of the libraries below and above it (namespaces WanLab.X) a feature uses.
    private static readonly Dictionary<string, string[]> Features = new()
    {
        ["Content"] = [],
        ["Options"] = [],
        ["Yaml"] = ["Options"],
        ["Torch"] = [],
        ["Media"] = ["Content", "Options"],
        ["Diffusion"] = ["Options", "Torch"],
        ["Datasets"] = ["Media", "Options"],
        ["Models"] = ["Options", "Torch"],
        ["Adapters"] = ["Models", "Options", "Torch"],
        ["Encodings"] = ["Content", "Datasets", "Media", "Models", "Torch"],
        ["Memory"] = ["Adapters", "Content", "Models", "Options", "Torch"],
        ["Sampling"] = ["Adapters", "Content", "Diffusion", "Media", "Memory", "Models", "Options", "Torch"],
        ["Runs"] = ["Datasets", "Models", "Sampling"],
        ["Training"] =
        [
            "Adapters", "Content", "Datasets", "Diffusion", "Encodings", "Media", "Memory", "Models", "Options", "Runs", "Sampling",
            "Torch", "Yaml",
        ],
        ["Jobs"] = ["Adapters", "Datasets", "Diffusion", "Media", "Memory", "Models", "Options", "Runs", "Sampling", "Training", "Yaml"],
        ["Review"] = ["Media", "Models", "Runs", "Training"],
        ["Planning"] =
        [
            "Adapters", "Datasets", "Diffusion", "Jobs", "Media", "Memory", "Models", "Review", "Runs", "Sampling", "Torch", "Training",
        ],
        ["Experiments"] = ["Jobs", "Models", "Review", "Runs", "Torch", "Training", "Yaml"],
    };

    // Which projects of src a project references.
    private static readonly Dictionary<string, string[]> Projects = new()
    {
        ["WanLab.Base"] = [],
        ["WanLab.Torch"] = ["WanLab.Base"],
        // Between the kernel, which carries widgets to clients, and the displays, which put them together: neither knows the other.
        ["WanLab.Widgets"] = ["WanLab.Base"],
        ["WanLab.Jupyter"] = ["WanLab.Base", "WanLab.Widgets"],
        ["WanLab.Yaml"] = ["WanLab.Base"],
        ["WanLab.Media"] = ["WanLab.Base"],
        ["WanLab.Datasets"] = ["WanLab.Media"],
        ["WanLab"] = ["WanLab.Datasets", "WanLab.Torch", "WanLab.Yaml"],
        ["WanLab.Experiments"] = ["WanLab"],
        ["WanLab.Curation"] = ["WanLab"],
        // Apart, so that only who asks a model for captions loads its client.
        ["WanLab.Captioner"] = ["WanLab.Curation"],
        ["WanLab.Curator"] = ["WanLab.Curation"],
        ["WanLab.Tiny"] = ["WanLab.Experiments"],
        ["WanLab.Parity"] = ["WanLab"],
        ["WanLab.Notebooks"] = ["WanLab.Curation", "WanLab.Curator", "WanLab.Experiments", "WanLab.Widgets"],
        ["WanLab.Notebooks.Plotly"] = ["WanLab.Notebooks"],
        ["WanLab.Cli"] =
        [
            "WanLab.Captioner", "WanLab.Curator", "WanLab.Jupyter", "WanLab.Notebooks", "WanLab.Notebooks.Plotly", "WanLab.Parity",
                "WanLab.Tiny",
        ],
    };

    public static TheoryData<string> FeatureNames => [.. Features.Keys];

    [Theory]
    [MemberData(nameof(FeatureNames))]
    public void A_feature_uses_only_what_its_row_allows(string feature)
    {
        string[] above = ["Curation", "Captioner", "Jupyter", "Notebooks", "Cli", "Tiny", "Parity"];
        string[] forbidden = [.. Features.Keys.Concat(above).Except(Features[feature]).Where(other => other != feature)
            .Select(other => $"WanLab.{other}")];
        var result = Of(feature).ShouldNot().HaveDependencyOnAny(forbidden).GetResult();
        Assert.True(result.IsSuccessful, $"{feature} may use {Join(Features[feature])}; these use more: {Join(result.FailingTypeNames)}");
    }

    [Theory]
    [MemberData(nameof(FeatureNames))]
    public void Every_arrow_of_a_row_is_used(string feature) =>
        Assert.All(Features[feature], other => Assert.NotEmpty(Of(feature).And().HaveDependencyOn($"WanLab.{other}").GetTypes()));

    [Fact]
    public void Every_feature_has_a_row()
    {
        var folders = Directory.GetDirectories(Path.Combine(Repository.Root, "src", "WanLab"))
            .Where(path => Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories).Any()).Select(
                path => Path.GetFileName(path)!);
        Assert.Equal([], folders.Except(Features.Keys));
    }

    [Fact]
    public void No_feature_leads_back_to_itself()
    {
        var features = Features.ToDictionary(row => row.Key, row => row.Value.ToHashSet());
        Assert.Equal([], Cycle(features));
    }

    [Fact]
    public void Projects_reference_what_their_row_says()
    {
        foreach (var (project, allowed) in Projects)
        {
            var file = XDocument.Load(Path.Combine(Repository.Root, "src", project, $"{project}.csproj"));
            var references = file.Descendants("ProjectReference").Select(
                r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value));
            Assert.Equal(allowed.Order(), references.Order());
        }
        Assert.Equal(Projects.Keys.Order(),
            Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(path => Path.GetFileName(path)!).Order());
    }

    [Fact]
    public void Folder_is_namespace()
    {
        var wrong = new List<string>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories))
        {
            var folder = Path.GetRelativePath(Path.Combine(Repository.Root, "src"), Path.GetDirectoryName(file)!).Replace(
                Path.DirectorySeparatorChar, '.');
            if (folder == "WanLab.Jupyter.Display") continue; // the names of the kernel protocol of .NET Interactive
            var expected = folder == "WanLab.Base" || folder.StartsWith("WanLab.Base.", StringComparison.Ordinal)
                ? "WanLab" + folder["WanLab.Base".Length..]
                : folder;
            var declared = File.ReadLines(file).FirstOrDefault(
                line => line.StartsWith("namespace ", StringComparison.Ordinal))?["namespace ".Length..].TrimEnd(';');
            if (declared is not null && declared != expected) wrong.Add($"{file}: {declared} instead of {expected}");
        }
        Assert.Equal([], wrong);
    }

    private static PredicateList Of(string feature) =>
        Types.InAssemblies([typeof(WanLabException).Assembly, typeof(Torch.Tensor).Assembly, typeof(Yaml.Problem).Assembly,
                typeof(Media.RgbClip).Assembly, typeof(Datasets.Clip).Assembly, typeof(Models.BaseModel).Assembly,
                typeof(Experiments.Experiment).Assembly])
            .That().ResideInNamespaceMatching($@"^WanLab\.{feature}(\.|$)");

    private static string[] Cycle(Dictionary<string, HashSet<string>> arrows)
    {
        // Takes away what uses nothing that is left; what stays is on a cycle or above one.
        var left = new Dictionary<string, HashSet<string>>(arrows);
        while (left.FirstOrDefault(row => !row.Value.Overlaps(left.Keys)).Key is { } free) left.Remove(free);
        return [.. left.Keys];
    }

    private static string Join(IEnumerable<string>? names) => string.Join(", ", names ?? []);
}
