using System.Text.Json.Nodes;

namespace WanLab.Yaml.Kinds;

/// <summary>A record that can also be written as a single text or number.</summary>
internal sealed class ShorthandKind(RecordKind record, IReadOnlyList<RecordKey> single) : Kind
{
    public override object? Blank => record.Blank;

    public override string Words => string.Join(", or ", single.Select(key => key.Kind.Words).Concat(Mapping));

    private IEnumerable<string> Mapping =>
        record.Keys.Count == 0 ? [] : [$"a mapping {{{string.Join(", ", record.Keys.Select(key => key.Name))}}}"];

    public override IReadOnlyList<RecordKey> Keys => record.Keys;

    public override object? Read(YamlNode node, string path, ReadContext context, object? start)
    {
        if (node is YamlMap && record.Keys.Count > 0) return record.Read(node, path, context, record.Blank);
        var number = single.FirstOrDefault(key =>
            key.Kind is NumberKind kind && node is YamlScalar scalar && kind.Parse(scalar.Text) is not null);
        var key = number ?? single.First(key => key.Kind is not NumberKind);
        var value = record.Copy(record.Blank);
        key.Set(value, key.Kind.Read(node, path, context, number is null ? key.Kind.Blank : key.Get(start!)));
        return value;
    }

    public override YamlNode? Write(object? value, object? owner)
    {
        var key = single.FirstOrDefault(key => key.Kind is not NumberKind && key.Get(value!) is not null)
            ?? single.FirstOrDefault(key => key.Kind is NumberKind);
        return key is null ? record.Write(value, owner) : key.Kind.Write(key.Get(value!), owner);
    }

    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray([
            .. single.Select(key => key.Kind.Schema()),
            .. record.Keys.Count == 0 ? Array.Empty<JsonNode>() : [record.Schema()],
        ]),
    };
}
