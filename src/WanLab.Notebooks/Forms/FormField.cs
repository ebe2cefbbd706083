using System.Net;
using System.Text.Json.Nodes;
using WanLab.Widgets;
using WanLab.Yaml;

namespace WanLab.Notebooks.Forms;

/// <summary>A key of a job in a form: its value, what the key means, and what is wrong with the value.</summary>
internal sealed class FormField
{
    private const string Quoted = "[{\"'";
    private readonly string _first;
    private readonly bool _isText, _isOptional;
    private readonly Func<string> _read;
    private readonly Markup _note;
    private readonly string _meaning;

    /// <summary>Makes a field.</summary>
    /// <param name="key">The key's description.</param>
    /// <param name="path">The key's full name, with the numbers of list entries.</param>
    /// <param name="value">Its value in the job; null for none.</param>
    /// <param name="changed">Called when a user has changed it.</param>
    public FormField(KeyDescription key, string path, YamlNode? value, Func<Task> changed)
    {
        (Path, _first) = (path, TextOf(value));
        _isText = key.Allowed.Contains("text", StringComparison.Ordinal);
        _isOptional = key.Allowed.StartsWith("none, or", StringComparison.Ordinal);
        var name = new Markup($"<b>{path[(path.IndexOf('.', StringComparison.Ordinal) + 1)..]}</b>");
        (var control, _read) = Control(key, changed);
        if (control is not Checkbox) control.Width = "100%";
        _meaning = Meaning(key);
        _note = new Markup(_meaning);
        // The name above the value: next to it, names of every length would push the values about.
        Box = new VBox(name, control, _note);
        Box.Place("margin", "0 0 8px 0");
    }

    /// <summary>The key's full name.</summary>
    public string Path { get; }

    /// <summary>The widgets of the field.</summary>
    public VBox Box { get; }

    /// <summary>The change that the user made, as <c>key=value</c>; null where the value is the job's.</summary>
    public string? Change => _read() is var now && now == _first ? null : $"{Path}={Value(now)}";

    /// <summary>Shows what is wrong with the value, in front of what the key means.</summary>
    public void Show(IEnumerable<Problem> problems)
    {
        var said = string.Concat(problems.Select(problem =>
            $"<div style=\"border-left:4px solid {(problem.Severity == Severity.Error ? "#e53e3e" : "#d69e2e")};padding-left:6px\">"
            + $"<b>{(problem.Severity == Severity.Error ? "error" : "warning")}:</b> {WebUtility.HtmlEncode(problem.Message)}</div>"));
        if (_note.Value != said + _meaning) _note.Value = said + _meaning;
    }

    /// <summary>A value in one line, as people write it.</summary>
    public static string TextOf(YamlNode? node) => node switch
    {
        null => "none",
        YamlScalar scalar => scalar.Text,
        YamlList list => $"[{string.Join(", ", list.Items.Select(TextOf))}]",
        YamlMap map => $"{{{string.Join(", ", map.Entries.Select(entry => $"{entry.Key}: {TextOf(entry.Value)}"))}}}",
        _ => "",
    };

    private (Control Control, Func<string> Read) Control(KeyDescription key, Func<Task> changed)
    {
        string[] words = [.. key.Words.Select(word => word.Word)];
        if (words.Contains(_first))
        {
            var list = new Dropdown("", words, _first);
            list.OnChange(_ => changed());
            return (list, () => list.Value);
        }
        if (_first is "true" or "false" && key.Allowed == "true or false")
        {
            var box = new Checkbox("on", _first == "true");
            box.OnChange(_ => changed());
            return (box, () => box.Value ? "true" : "false");
        }
        var field = new Text("", _first, key.Allowed);
        field.OnChange(_ => changed());
        return (field, () => field.Value.Trim());
    }

    // Text that looks like a list or a quotation, or that YAML reads as no value where there has to be one, is meant as it stands.
    private string Value(string text)
    {
        var isQuoted = text == "" || Quoted.Contains(text[0]) || (!_isOptional && YamlScalar.MeansNothing(text));
        return _isText && isQuoted ? JsonValue.Create(text).ToJsonString() : text;
    }

    private static string Meaning(KeyDescription key)
    {
        var words = string.Concat(key.Words.Where(word => word.Meaning != "").Select(word => $" {word.Word}: {word.Meaning}"));
        var values = key.Words.Count > 0 || key.Allowed == "true or false" ? "" : $" {Sentence(key.Allowed)}";
        var standard = key.Default is { } text ? $" Default {text}." : key.Missing is null ? "" : " Required.";
        var meaning = (key.Meaning + values + standard + words).Replace("`", "", StringComparison.Ordinal);
        return $"<div style=\"font-size:0.9em;opacity:0.75;line-height:1.35\">{WebUtility.HtmlEncode(meaning)}</div>";
    }

    private static string Sentence(string words) => $"{char.ToUpperInvariant(words[0])}{words[1..]}.";
}
