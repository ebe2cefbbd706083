using System.Collections.Concurrent;
using System.Reflection;
using System.Xml.Linq;
using WanLab.Yaml.Kinds;

namespace WanLab.Yaml;

/// <summary>
/// The meanings of options for people: the summaries of their properties and values, which the build writes to an .xml file
/// next to the assembly. So a meaning is written only once, next to the option.
/// </summary>
internal static partial class Meanings
{
    private static readonly ConcurrentDictionary<Assembly, IReadOnlyDictionary<string, XElement>> Files = [];

    /// <summary>The summary of a property, an enum's value or a type, as Markdown on one line; empty if there is none.</summary>
    /// <exception cref="WanLabException">The .xml file is missing.</exception>
    public static string Of(MemberInfo member) =>
        Files.GetOrAdd((member.DeclaringType ?? (Type)member).Assembly, Read).GetValueOrDefault(Id(member)) is { } summary
            ? Spaces().Replace(string.Concat(summary.Nodes().Select(node => Text(node, member))), " ").Trim()
            : "";

    private static string Id(MemberInfo member) => member switch
    {
        Type type => $"T:{Name(type)}",
        FieldInfo => $"F:{Name(member.DeclaringType!)}.{member.Name}",
        _ => $"P:{Name(member.DeclaringType!)}.{member.Name}",
    };

    private static string Name(Type type) => type.FullName!.Replace('+', '.');

    private static Dictionary<string, XElement> Read(Assembly assembly)
    {
        var file = Path.ChangeExtension(assembly.Location, ".xml");
        if (!File.Exists(file)) throw new WanLabException($"{file} is missing: it holds the meaning of the options. Build WanLab again.");
        return XDocument.Load(file).Descendants("member").Where(member => member.Element("summary") is not null)
            .ToDictionary(member => (string)member.Attribute("name")!, member => member.Element("summary")!);
    }

    private static string Text(XNode node, MemberInfo near) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement see when (string?)see.Attribute("cref") is { } cref => $"`{Shown(cref, near)}`",
        XElement see when (string?)see.Attribute("langword") is { } word => $"`{word}`",
        XElement other => string.Concat(other.Nodes().Select(inner => Text(inner, near))),
        _ => "",
    };

    // The name of a key or the word of a value, which readers of a file know; otherwise the name in the code.
    private static string Shown(string cref, MemberInfo near)
    {
        var (type, member) = (cref[2..cref.LastIndexOf('.')], cref[(cref.LastIndexOf('.') + 1)..]);
        var found = (near.DeclaringType ?? (Type)near).Assembly.GetType(type)
            ?.GetMember(member, BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static).FirstOrDefault();
        return found switch
        {
            FieldInfo { IsLiteral: true } constant when constant.FieldType == typeof(string) => (string)constant.GetValue(null)!,
            FieldInfo field when field.GetCustomAttribute<WordAttribute>() is { } word => word.Text,
            PropertyInfo property when property.GetMethod!.IsStatic && property.GetValue(null) is INamed named => named.Name,
            PropertyInfo property => KindOf.NameOf(property),
            _ => member,
        };
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
