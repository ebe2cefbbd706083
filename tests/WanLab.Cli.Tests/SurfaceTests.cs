using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using WanLab.Testing;

namespace WanLab.Cli.Tests;

/// <summary>
/// Public is what notebooks and user documents name, what that exposes in its own signatures, and nothing else. The command line,
/// tests and the projects of src see internals of each other.
/// </summary>
public sealed partial class SurfaceTests
{
    // Written for those who change WanLab, not for those who use it.
    private static readonly string[] ForDevelopers = ["architecture.md", "extending.md", "debugging.md", "tutorial-coverage.md"];

    // Found by reflection or caught by a caller, not named.
    private static readonly Type[] Always = [typeof(WanLabException), typeof(Torch.TorchException), typeof(TypeFormatterSourceAttribute),
        typeof(Notebooks.KernelFormatters)];

    private static readonly Assembly[] Assemblies =
    [
        typeof(WanLabException).Assembly, typeof(Yaml.Problem).Assembly, typeof(Torch.Tensor).Assembly, typeof(Media.RgbClip).Assembly,
        typeof(Datasets.Clip).Assembly, typeof(Models.BaseModel).Assembly, typeof(Experiments.Experiment).Assembly,
        typeof(Tiny.Pretraining.TinyConfigs).Assembly, typeof(Notebooks.Lab).Assembly, typeof(Widgets.Widget).Assembly,
        typeof(Parity.ParityRunner).Assembly, typeof(Curation.Clips).Assembly, typeof(Captioner.CaptionerOptions).Assembly,
        typeof(Curator.CuratorServer).Assembly,
    ];

    [Fact]
    public void Nothing_is_public_that_no_user_meets()
    {
        var words = Words();
        var all = Assemblies.SelectMany(assembly => assembly.GetExportedTypes()).ToHashSet();
        var reached = new HashSet<Type>();
        var open = new Queue<Type>(all.Where(type => Always.Contains(type) || IsNamed(type, words)));
        while (open.TryDequeue(out var type))
        {
            if (!reached.Add(type)) continue;
            foreach (var other in Exposed(type).SelectMany(Parts).Where(all.Contains)) open.Enqueue(other);
            if (type.IsAbstract) // whoever gets a RunEvent asks which one
                foreach (var kind in all.Where(kind => kind.BaseType == type)) open.Enqueue(kind);
        }
        Assert.Equal([], all.Except(reached).Where(type => !type.IsNested).Select(type => type.FullName).Order());
        Assert.InRange(all.Count(type => !type.IsNested), 1, 210);
    }

    private static bool IsNamed(Type type, HashSet<string> words)
    {
        var name = type.Name.Split('`')[0];
        return words.Contains(name)
            || (name.EndsWith("Attribute", StringComparison.Ordinal) && words.Contains(name[..^"Attribute".Length]))
            || (type is { IsAbstract: true, IsSealed: true } && type.GetMethods(BindingFlags.Public | BindingFlags.Static)
                .Any(method => method.IsDefined(typeof(ExtensionAttribute)) && words.Contains(method.Name)));
    }

    private static HashSet<string> Words()
    {
        var docs = Path.Combine(Repository.Root, "docs");
        var pages = Directory.EnumerateFiles(docs, "*.md").Where(page => !ForDevelopers.Contains(Path.GetFileName(page)))
            .Append(Path.Combine(Repository.Root, "README.md"));
        var cells = Directory.EnumerateFiles(Path.Combine(Repository.Root, "notebooks"), "*.ipynb")
            .SelectMany(file => JsonNode.Parse(File.ReadAllText(file))!["cells"]!.AsArray())
            .Select(cell => cell!["source"] is JsonArray lines
                ? string.Concat(lines.Select(line => (string)line!))
                : (string)cell["source"]!);
        var code = pages.SelectMany(page => Code().Matches(File.ReadAllText(page)).Select(match => match.Value)).Concat(cells);
        return [.. code.SelectMany(text => Word().Matches(text)).Select(match => match.Value)];
    }

    // Types in the signatures that a user of this type can see.
    private static IEnumerable<Type> Exposed(Type type)
    {
        const BindingFlags Seen = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
            | BindingFlags.DeclaredOnly;
        if (type.BaseType is { } parent) yield return parent;
        if (type.DeclaringType is { } outer) yield return outer;
        foreach (var one in type.GetInterfaces()) yield return one;
        foreach (var nested in type.GetNestedTypes()) yield return nested;
        foreach (var field in type.GetFields(Seen).Where(field => field.IsPublic || field.IsFamily)) yield return field.FieldType;
        foreach (var method in type.GetMembers(Seen).OfType<MethodBase>().Where(method => method.IsPublic || method.IsFamily))
        {
            if (method is MethodInfo { ReturnType: var result }) yield return result;
            foreach (var parameter in method.GetParameters()) yield return parameter.ParameterType;
            if (method.IsGenericMethodDefinition)
                foreach (var limit in method.GetGenericArguments().SelectMany(argument => argument.GetGenericParameterConstraints()))
                    yield return limit;
        }
        foreach (var attribute in type.GetCustomAttributesData()) yield return attribute.AttributeType;
        foreach (var attribute in type.GetProperties(Seen).SelectMany(property => property.GetCustomAttributesData()))
            yield return attribute.AttributeType;
    }

    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType) return Parts(type.GetElementType()!);
        if (type.IsConstructedGenericType) return type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition());
        return [type];
    }

    [GeneratedRegex(@"```.*?```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"\b[A-Za-z]\w*")]
    private static partial Regex Word();
}
