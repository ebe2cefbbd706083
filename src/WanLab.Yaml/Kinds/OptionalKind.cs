using System.Text.Json.Nodes;

namespace WanLab.Yaml.Kinds;

/// <summary>An optional value: <c>none</c>, in upper or lower case, or an empty value reads as null.</summary>
internal sealed class OptionalKind(Kind kind) : Kind
{
    public override object? Blank => null;

    public override string Words => $"none, or {kind.Words}";

    public override IReadOnlyList<RecordKey> Keys => kind.Keys;

    public override object? BlankBelow => kind.Blank;

    // In any case: Python writes None.
    public static bool IsNone(YamlNode node) => node is YamlScalar { IsNull: true }
        || (node is YamlScalar { Plain: true } scalar && scalar.Text.Equals("none", StringComparison.OrdinalIgnoreCase));

    public override object? Read(YamlNode node, string path, ReadContext context, object? start) =>
        IsNone(node) ? null : kind.Read(node, path, context, start ?? kind.Blank);

    public override YamlNode? Write(object? value, object? owner) => value is null ? null : kind.Write(value, owner);

    public override JsonObject Schema() =>
        new() { ["anyOf"] = new JsonArray(new JsonObject { ["enum"] = new JsonArray(null, "none") }, kind.Schema()) };
}
