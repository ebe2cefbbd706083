using System.Text.Json.Nodes;

namespace WanLab.Yaml.Kinds;

/// <summary>A text, optionally with a rule.</summary>
internal sealed partial class TextKind(TextRuleAttribute? rule = null) : Kind
{
    public override object Blank => "";

    public override string Words => rule is null ? "text" : $"text, {rule.Words}";

    public override object? Read(YamlNode node, string path, ReadContext context, object? start)
    {
        if (node is not YamlScalar scalar)
        {
            context.Error(node, path, $"must be text, not {node.Describe()}; put text with special characters in double quotes");
            return start;
        }
        var message = BadText.IndexIn(scalar.Text) is { } at ? $"holds {BadText.NameAt(scalar.Text, at)}; delete it"
            : !scalar.IsNull ? rule?.Complaint(scalar.Text)
            : rule is null ? "has no value; write \"\" for an empty text"
            : "has no value; write one";
        if (message is null) return scalar.Text;
        context.Error(node, path, message);
        return start;
    }

    public override YamlNode Write(object? value, object? owner) => ScalarOf((string)value!);

    // Numbers and switches in place of a text are read as text, as in trigger_word: 42.
    public override JsonObject Schema() => rule is null
        ? new() { ["type"] = new JsonArray("string", "number", "boolean") }
        : new() { ["type"] = new JsonArray("string", "number", "boolean"), ["pattern"] = rule.Pattern };

    /// <summary>Text is quoted unless every YAML reader reads it as text.</summary>
    public static YamlScalar ScalarOf(string text) =>
        SafePlain().IsMatch(text) && !YamlWord().IsMatch(text) ? Plain(text) : Quoted(text);

    [GeneratedRegex(@"\A[A-Za-z_/](?:[A-Za-z0-9_./+-]| (?=[A-Za-z0-9_.]))*\z")]
    private static partial Regex SafePlain();

    [GeneratedRegex(@"\A(?:none|null|true|false|yes|no|on|off|y|n)\z", RegexOptions.IgnoreCase)]
    private static partial Regex YamlWord();
}
