using System.Text.Json.Nodes;
using WanLab.Options;
using WanLab.Yaml.Kinds;

namespace WanLab.Yaml;

/// <summary>
/// The form of a record in a file: read once from the record's properties and their attributes. A key is a property, under its
/// name in snake case, so a new key is a new property.
/// </summary>
internal sealed class YamlForm<T> where T : class
{
    private readonly RecordKind _root = KindOf.Record(typeof(T));

    /// <summary>Reads the form of the type.</summary>
    public YamlForm() => Paths = [.. Leaves(_root, "")];

    /// <summary>Full names of all keys, as <c>training.steps</c> and <c>datasets.N.path</c>.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>A record of defaults; texts that must be given are empty.</summary>
    public T Blank => (T)_root.Blank;

    /// <summary>Reads a file's nodes.</summary>
    public T Read(YamlNode root, ReadContext context) => (T)_root.Read(root, "", context, Blank)!;

    /// <summary>The nodes that read back as the record; every key is among them.</summary>
    public YamlNode Write(T record) => _root.Write(record, null);

    /// <summary>The nodes of what differs from the defaults.</summary>
    public YamlNode Changes(T record) => Without(Write(record), Write(Blank));

    /// <summary>All keys for people, sections before the keys in them.</summary>
    public IReadOnlyList<KeyDescription> Describe() => [.. KeyList.Of(_root.Keys, "", Blank)];

    /// <summary>The JSON schema of the file.</summary>
    public JsonObject Schema() => _root.Schema();

    /// <summary>Whether a key may change on resume, from the key or the nearest section around it that says so.</summary>
    /// <param name="path">Full name, as <c>datasets.0.path</c>; a part that is not known counts as the section around it.</param>
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
