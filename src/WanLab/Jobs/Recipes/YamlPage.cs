using System.Text;
using WanLab.Options;
using WanLab.Yaml.Kinds;

namespace WanLab.Jobs.Recipes;

/// <summary>A YAML page for people: sections, keys with a remark behind them or above them, wrapped comments.</summary>
internal sealed class YamlPage
{
    private const int Width = 110;
    private const int RemarkColumn = 30;

    private readonly StringBuilder _text = new();
    private string _indent = "";

    /// <summary>A paragraph of comment; one that starts with a dash hangs from it.</summary>
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

    /// <summary>An empty line and a top-level key; what follows is inside it.</summary>
    public YamlPage Section(string name, string remark = "")
    {
        _indent = "";
        _text.Append('\n');
        if (remark.Length > 0) Remark(remark);
        _text.Append($"{name}:\n");
        _indent = "  ";
        return this;
    }

    /// <summary>An empty line and a comment outside all sections.</summary>
    public YamlPage Comments(string title)
    {
        _indent = "";
        _text.Append('\n');
        return Remark(title);
    }

    /// <summary>A key with its value as YAML, and what it does.</summary>
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

    /// <summary>A key with a number.</summary>
    public YamlPage Set(string key, int value, string remark = "") => Set(key, RecipeSettings.Text(value), remark);

    /// <summary>A key with a value that a word stands for.</summary>
    public YamlPage Set(string key, Enum value, string remark = "") => Set(key, value.Word(), remark);

    /// <summary>A key with a switch.</summary>
    public YamlPage Set(string key, bool value, string remark = "") => Set(key, value ? "true" : "false", remark);

    /// <summary>A key with text, quoted where it must be.</summary>
    public YamlPage Say(string key, string text, string remark = "") => Set(key, Quoted(text), remark);

    /// <summary>A key whose own keys follow, one level in, until <see cref="Out"/>.</summary>
    public YamlPage In(string key)
    {
        _text.Append($"{_indent}{key}:\n");
        _indent += "  ";
        return this;
    }

    /// <summary>Back one level.</summary>
    public YamlPage Out()
    {
        _indent = _indent[..^2];
        return this;
    }

    /// <summary>The first key of a list's item; the keys set after it belong to the item, until <see cref="Out"/>.</summary>
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
