using System.Text.Json.Nodes;

namespace WanLab.Yaml.Kinds;

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
