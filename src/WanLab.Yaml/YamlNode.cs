namespace WanLab.Yaml;

/// <summary>The origin of a text: a name to show, and the folder where its relative paths start.</summary>
internal sealed record YamlSource(string Name, string Folder, bool HasLines);

/// <summary>
/// A piece of a file with its place. YamlDotNet's own node tree stops at the first duplicate key and
/// has no room for overrides; this one keeps both.
/// </summary>
internal abstract class YamlNode(YamlSource source, int line)
{
    public YamlSource Source { get; } = source;

    /// <summary>Line from 1; 0 if the source has no lines. A value below its key has the key's line.</summary>
    public int Line { get; } = line;

    /// <summary>The node in the words of a message.</summary>
    public abstract string Describe();

    /// <summary>The node at a path such as <c>datasets.0.path</c>; null if there is none.</summary>
    public YamlNode? Find(string path)
    {
        YamlNode? node = this;
        foreach (var name in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            node = node switch
            {
                YamlMap map => map.Entries.FirstOrDefault(e => e.Key == name)?.Value,
                YamlList list when int.TryParse(name, out var i) && i < list.Items.Count => list.Items[i],
                _ => null,
            };
        }
        return node;
    }
}

/// <summary>A text, number, switch or nothing; <paramref name="plain"/> is false if it was quoted.</summary>
internal class YamlScalar(YamlSource source, int line, string text, bool plain) : YamlNode(source, line)
{
    public string Text { get; } = text;

    public bool Plain { get; } = plain;

    /// <summary>YAML's words for "no value".</summary>
    public bool IsNull => Plain && MeansNothing(Text);

    /// <summary>Whether YAML reads a text as "no value" where it is not quoted.</summary>
    public static bool MeansNothing(string text) => text is "" or "~" or "null" or "Null" or "NULL";

    public override string Describe() => IsNull ? "nothing" : $"'{Short(Text)}'";

    /// <summary>A text of any length, as messages show it.</summary>
    public static string Short(string text) => text.Length <= Longest ? text : $"{text[..Longest]}...";

    private const int Longest = 200;
}

/// <summary>A text that is the path of a file or folder, as a record that is written has it.</summary>
internal sealed class YamlPath(YamlScalar scalar) : YamlScalar(scalar.Source, scalar.Line, scalar.Text, scalar.Plain);

internal sealed class YamlList(YamlSource source, int line, IReadOnlyList<YamlNode> items) : YamlNode(source, line)
{
    public IReadOnlyList<YamlNode> Items { get; } = items;

    public override string Describe() => "a list";
}

internal sealed class YamlMap(YamlSource source, int line, IReadOnlyList<YamlEntry> entries) : YamlNode(source, line)
{
    /// <summary>Entries in file order; a key given twice appears twice.</summary>
    public IReadOnlyList<YamlEntry> Entries { get; } = entries;

    public override string Describe() => "a mapping";
}

internal sealed record YamlEntry(string Key, int Line, YamlNode Value);
