using System.Text.Json.Nodes;
using WanLab.Yaml.Kinds;

namespace WanLab.Yaml;

/// <summary>
/// The form of a record in a file, derived once from the record's properties and their attributes. A key is a property, with its
/// name in snake case, so a new key is a new property.
/// </summary>
internal sealed class YamlForm<T> where T : class
{
    private readonly RecordKind _root = KindOf.Record(typeof(T));

    /// <summary>Derives the form from the type.</summary>
    public YamlForm() => Paths = [.. Leaves(_root, "")];

    /// <summary>Full names of all keys, such as <c>training.steps</c> and <c>datasets.N.path</c>.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>A record of defaults; required texts are empty.</summary>
    public T Blank => (T)_root.Blank;

    /// <summary>Reads the nodes of a file into a record.</summary>
    public T Read(YamlNode root, ReadContext context) => (T)_root.Read(root, "", context, Blank)!;

    /// <summary>Writes a record as nodes that read back as the same record, with every key.</summary>
    public YamlNode Write(T record) => _root.Write(record, null);

    /// <summary>The nodes of the values that differ from the defaults.</summary>
    public YamlNode Changes(T record) => Without(Write(record), Write(Blank));

    /// <summary>Descriptions of all keys, sections before the keys in them.</summary>
    public IReadOnlyList<KeyDescription> Describe() => [.. KeyList.Of(_root.Keys, "", Blank)];

    /// <summary>The JSON schema of the file.</summary>
    public JsonObject Schema() => _root.Schema();

    /// <summary>Whether a key may change on resume, as declared on the key or the nearest section around it.</summary>
    /// <param name="path">Full name, such as <c>datasets.0.path</c>; an unknown part counts as the section around it.</param>
    public OnResumeAttribute? OnResume(string path)
    {
        OnResumeAttribute? found = null;
        var keys = _root.Keys;
        foreach (var name in path.Split('.'))
        {
            if (keys.FirstOrDefault(k => k.Name == name) is not { } key) continue;
            found = key.OnResume ?? found;
            keys = key.Kind.Keys;
        }
        return found;
    }

    private static IEnumerable<string> Leaves(Kind kind, string path)
    {
        var at = kind.Below.Length == 0 ? path : $"{path}.{kind.Below}";
        if (kind.IsLeaf) yield return at;
        foreach (var key in kind.Keys)
            foreach (var leaf in Leaves(key.Kind, at.Length == 0 ? key.Name : $"{at}.{key.Name}")) yield return leaf;
    }

    private static YamlNode Without(YamlNode node, YamlNode defaults)
    {
        if (node is not YamlMap map || defaults is not YamlMap other) return node;
        var kept = new List<YamlEntry>();
        foreach (var entry in map.Entries)
        {
            var match = other.Entries.FirstOrDefault(e => e.Key == entry.Key);
            if (match is null) kept.Add(entry);
            else if (!YamlText.Same(entry.Value, match.Value))
                kept.Add(entry with { Value = Without(entry.Value, match.Value) });
        }
        return new YamlMap(map.Source, map.Line, kept);
    }
}
