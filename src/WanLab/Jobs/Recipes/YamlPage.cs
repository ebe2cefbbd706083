using System.Text;
using WanLab.Yaml.Kinds;

namespace WanLab.Jobs.Recipes;

/// <summary>A YAML page for people: sections, keys with a remark after or above them, and wrapped comments.</summary>
internal sealed class YamlPage
{
    private const int Width = 110;
    private const int RemarkColumn = 30;

    private readonly StringBuilder _text = new();
    private string _indent = "";

    /// <summary>Adds a comment paragraph; lines of one that starts with a dash are indented after it.</summary>
    public YamlPage Remark(string text)
    {
        var hang = text.StartsWith("- ", StringComparison.Ordinal) ? "  " : "";
        var first = true;
        foreach (var line in Wrap(text, Width - _indent.Length - 2 - hang.Length))
        {
            _text.Append($"{_indent}# {(first ? "" : hang)}{line}\n");
            first = false;
        }
        return this;
    }

    /// <summary>Adds an empty line and a top-level key; the following keys are inside it.</summary>
    public YamlPage Section(string name, string remark = "")
    {
        _indent = "";
        _text.Append('\n');
        if (remark.Length > 0) Remark(remark);
        _text.Append($"{name}:\n");
        _indent = "  ";
        return this;
    }

    /// <summary>Adds an empty line and a comment outside all sections.</summary>
    public YamlPage Comments(string title)
    {
        _indent = "";
        _text.Append('\n');
        return Remark(title);
    }

    /// <summary>Adds a key with its value as YAML, and a remark on what it does.</summary>
    public YamlPage Set(string key, string value, string remark = "")
    {
        var line = $"{_indent}{key}: {value}";
        var padded = line.PadRight(RemarkColumn) + " # " + remark;
        if (remark.Length == 0) _text.Append(line + "\n");
        else if (padded.Length <= Width) _text.Append(padded + "\n");
        else
        {
            Remark(remark);
            _text.Append(line + "\n");
        }
        return this;
    }

    /// <summary>Adds a key with a number.</summary>
    public YamlPage Set(string key, int value, string remark = "") => Set(key, RecipeSettings.Text(value), remark);

    /// <summary>Adds a key with the word of an enum's value.</summary>
    public YamlPage Set(string key, Enum value, string remark = "") => Set(key, value.Word(), remark);

    /// <summary>Adds a key with true or false.</summary>
    public YamlPage Set(string key, bool value, string remark = "") => Set(key, value ? "true" : "false", remark);

    /// <summary>Adds a key with text, quoted if necessary.</summary>
    public YamlPage Say(string key, string text, string remark = "") => Set(key, Quoted(text), remark);

    /// <summary>Adds a key that holds the following keys, one level deeper, until <see cref="Out"/>.</summary>
    public YamlPage In(string key)
    {
        _text.Append($"{_indent}{key}:\n");
        _indent += "  ";
        return this;
    }

    /// <summary>Ends the current level.</summary>
    public YamlPage Out()
    {
        _indent = _indent[..^2];
        return this;
    }

    /// <summary>Adds the first key of a list entry; the following keys belong to that entry, until <see cref="Out"/>.</summary>
    public YamlPage Item(string key, string text)
    {
        _text.Append($"{_indent}- {key}: {Quoted(text)}\n");
        _indent += "  ";
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private static string Quoted(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return TextKind.ScalarOf(line).Plain ? line : $"\"{line.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }
            line.Append(line.Length > 0 ? " " : "").Append(word);
        }
        yield return line.ToString();
    }
}
