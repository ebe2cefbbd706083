using System.Reflection;
using System.Text.Json.Nodes;

namespace WanLab.Yaml.Kinds;

/// <summary>A record: a mapping with a key for each property.</summary>
/// <param name="type">The record's type.</param>
/// <param name="keys">The record's keys, in the order in which they are written.</param>
/// <param name="sparse">Whether keys without a value are left out when writing, instead of written as <c>none</c>.</param>
internal sealed class RecordKind(Type type, IReadOnlyList<RecordKey> keys, bool sparse = false) : Kind
{
    private static readonly MethodInfo Clone = typeof(object).GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!;

    public Type Type => type;

    public override IReadOnlyList<RecordKey> Keys => keys;

    public override bool IsLeaf => false;

    public override string Words => $"mapping of {string.Join(", ", keys.Select(key => key.Name))}";

    /// <summary>A record of defaults; required texts are empty.</summary>
    public override object Blank
    {
        get
        {
            var record = Activator.CreateInstance(type)!;
            foreach (var key in keys.Concat(keys.OfType<PlainValuesKey>().SelectMany(section => section.Kind.Keys)))
                if (key is PropertyKey { Kind: TextKind or PathKind, IsNeverNull: true } && key.Get(record) is null) key.Set(record, "");
            return record;
        }
    }

    /// <summary>A copy of a record, which may then be changed.</summary>
    public object Copy(object record) => Clone.Invoke(record, null)!;

    /// <summary>A record of this type with the values of another one, which may be of a derived type.</summary>
    public object CopyFrom(object other)
    {
        var record = Activator.CreateInstance(type)!;
        foreach (var key in keys) key.Set(record, key.Get(other));
        return record;
    }

    public override object? Read(YamlNode node, string path, ReadContext context, object? start)
    {
        var record = Copy(start!);
        ReadInto(node, path, context, record);
        return record;
    }

    /// <summary>Reads the keys of a mapping into a record.</summary>
    public void ReadInto(YamlNode node, string path, ReadContext context, object record)
    {
        if (node is YamlScalar { IsNull: true }) node = new YamlMap(node.Source, node.Line, []);
        if (node is not YamlMap map)
        {
            var some = string.Join(", ", keys.Take(5).Select(key => key.Name));
            context.Error(node, path, $"must be a mapping with keys such as {some}; not {node.Describe()}");
            return;
        }

        var lines = new Dictionary<string, int>();
        context.Owners.Push(record);
        // Lists come last, because their entries may start from the other values.
        foreach (var entry in map.Entries.OrderBy(e => Find(e.Key)?.Kind is ListKind))
        {
            var at = Join(path, YamlScalar.Short(entry.Key));
            var key = Find(entry.Key);
            if (!lines.TryAdd(entry.Key, entry.Line))
                context.Add(Problem(entry, at, $"is given twice, first in line {lines[entry.Key]}; delete one of the two"));
            else if (key is null)
                context.Add(Problem(entry, at, !context.ListsErrors ? "is not a known key"
                    : KeySuggestion.For(path, YamlScalar.Short(entry.Key), [.. keys.Select(k => k.Name)], context.Keys)));
            else
            {
                context.Saw(at, entry.Value);
                key.Read(entry.Value, at, context, record);
            }
        }
        context.Owners.Pop();
        foreach (var key in keys.Where(k => k.Missing is not null && !lines.ContainsKey(k.Name)))
            context.Error(node, Join(path, key.Name), $"is missing; {key.Missing}");
        if (context.Owners.TryPeek(out var owner)) keys.OfType<OverrideKey>().FirstOrDefault()?.DropUsual(record, owner);
    }

    public override YamlNode Write(object? value, object? owner)
    {
        var entries = new List<YamlEntry>();
        foreach (var key in keys)
        {
            var node = key.Write(value!, owner) ?? (sparse || key is OverrideKey ? null : Plain("none"));
            if (node is not null) entries.Add(new YamlEntry(key.Name, 0, node));
        }
        return new YamlMap(Written, 0, entries);
    }

    public override JsonObject Schema()
    {
        var properties = new JsonObject();
        foreach (var key in keys) properties[key.Name] = Described(key);
        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
        var required = keys.Where(key => key.Missing is not null).Select(key => (JsonNode)key.Name).ToArray();
        if (required.Length > 0) schema["required"] = new JsonArray(required);
        return schema;
    }

    private static JsonObject Described(RecordKey key)
    {
        var schema = key.Kind.Schema();
        // An empty section means its defaults.
        if (key.Kind is RecordKind) schema["type"] = new JsonArray("object", "null");
        schema["description"] = KeyList.MeaningOf(key);
        return schema;
    }

    private RecordKey? Find(string name) => keys.FirstOrDefault(key => key.Name == name);

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static Problem Problem(YamlEntry entry, string path, string message) =>
        new(entry.Value.Source.Name, entry.Line, path, message, Severity.Error);
}
