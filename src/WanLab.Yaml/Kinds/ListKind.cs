using System.Collections;
using System.Text.Json.Nodes;

namespace WanLab.Yaml.Kinds;

/// <summary>A list of values of one kind.</summary>
internal sealed class ListKind(Type itemType, Kind item, ItemsAttribute items) : Kind
{
    private const int MaxItems = 1000;

    public override object Blank => Array.CreateInstance(itemType, 0);

    public override string Words => $"list{(items.AtLeastOne ? " of at least one" : "")}: {item.Words}";

    public override IReadOnlyList<RecordKey> Keys => item.Keys;

    public override bool IsLeaf => item.IsLeaf;

    public override string Below => "N";

    public override object? BlankBelow => item.Blank;

    public override object? Read(YamlNode node, string path, ReadContext context, object? start)
    {
        if (node is not YamlList list)
        {
            context.Error(node, path, $"must be a list, such as {items.Example}; not {node.Describe()}");
            return start;
        }
        if (list.Items.Count == 0 && items.AtLeastOne)
            context.Error(node, path, $"is empty; give at least one, such as {items.Example}");
        if (list.Items.Count > MaxItems)
        {
            context.Error(node, path, $"has {list.Items.Count} entries; at most {MaxItems} are read");
            return start;
        }
        var values = Array.CreateInstance(itemType, list.Items.Count);
        for (var i = 0; i < values.Length; i++)
        {
            var at = $"{path}.{i}";
            context.Saw(at, list.Items[i]);
            values.SetValue(item.Read(list.Items[i], at, context, item.Blank), i);
        }
        return values;
    }

    public override YamlNode Write(object? value, object? owner) =>
        new YamlList(Written, 0, [.. ((IEnumerable)value!).Cast<object>().Select(v => item.Write(v, owner)!)]);

    public override JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = "array", ["items"] = item.Schema() };
        if (items.AtLeastOne) schema["minItems"] = 1;
        return schema;
    }
}
