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

/// <summary>
/// A file or folder. Relative ones start at the folder of the file that contains them, or at the current
/// directory if they come from the command line or from code. <paramref name="word"/> is a value that is not a path.
/// </summary>
internal sealed class PathKind(string? word = null) : Kind
{
    private static readonly TextKind Text = new(new PathTextAttribute());

    public override object Blank => "";

    public override string Words => word is null ? "path" : $"{word}, or a path";

    public override object? Read(YamlNode node, string path, ReadContext context, object? start)
    {
        var text = (string)Text.Read(node, path, context, "")!;
        if (text.Length == 0) return start;
        return text == word ? text : Path.GetFullPath(Path.Combine(Path.GetFullPath(Folder(node)), text));
    }

    public override YamlNode Write(object? value, object? owner)
    {
        var text = (string?)value ?? "";
        var keeps = text == word || text.Length == 0 || BadText.IndexIn(text) is not null;
        return keeps ? TextKind.ScalarOf(text) : Scalar(Path.GetFullPath(text));
    }

    /// <summary>The node of a path.</summary>
    public static YamlPath Scalar(string path) => new(TextKind.ScalarOf(path));

    public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = @"\S" };

    private static string Folder(YamlNode node) => node.Source.Folder.Length > 0 ? node.Source.Folder : ".";

    private sealed class PathTextAttribute : TextRuleAttribute
    {
        public override string Words => "a path";

        public override string Pattern => @"\S";

        public override string? Complaint(string text) => text.Trim().Length == 0 ? "must be a path, not an empty text" : null;
    }
}
