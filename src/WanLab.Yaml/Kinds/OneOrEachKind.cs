using System.Text.Json.Nodes;

namespace WanLab.Yaml.Kinds;

/// <summary>One number for all parts of a value, or a mapping with one number for each.</summary>
internal sealed class OneOrEachKind(NumberKind number, RecordKind each) : Kind
{
    public override object? Blank => each.Blank;

    public override string Words => $"{number.Words}, or {{{string.Join(", ", each.Keys.Select(key => $"{key.Name}: NUMBER"))}}}";

    public override object? Read(YamlNode node, string path, ReadContext context, object? start)
    {
        if (node is YamlMap) return each.Read(node, path, context, start);
        var value = number.Read(node, path, context, each.Keys[0].Get(start!));
        var whole = each.Copy(start!);
        foreach (var key in each.Keys) key.Set(whole, value);
        return whole;
    }

    public override YamlNode? Write(object? value, object? owner)
    {
        var values = each.Keys.Select(key => key.Get(value!)).Distinct().ToList();
        return values.Count == 1 ? number.Write(values[0], owner) : each.Write(value, owner);
    }

    public override JsonObject Schema() => new() { ["anyOf"] = new JsonArray(number.Schema(), each.Schema()) };
}
