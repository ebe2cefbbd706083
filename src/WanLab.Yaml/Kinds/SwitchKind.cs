using System.Text.Json.Nodes;

namespace WanLab.Yaml.Kinds;

/// <summary>A switch: true or false.</summary>
internal sealed class SwitchKind : Kind
{
    public override object Blank => false;

    public override string Words => "true or false";

    public override object? Read(YamlNode node, string path, ReadContext context, object? start)
    {
        if (node is YamlScalar scalar && bool.TryParse(scalar.Text, out var value)) return value;
        context.Error(node, path, $"must be true or false, not {node.Describe()}");
        return start;
    }

    public override YamlNode Write(object? value, object? owner) => Plain((bool)value! ? "true" : "false");

    public override JsonObject Schema() => new() { ["type"] = "boolean" };
}
