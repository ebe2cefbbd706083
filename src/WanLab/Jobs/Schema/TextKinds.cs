using System.Globalization;
using System.Text.RegularExpressions;

namespace WanLab.Jobs.Schema;

/// <summary>Text; <paramref name="complaint"/> says what is wrong with one, or null.</summary>
internal sealed partial class TextKind(Func<string, string?>? complaint = null) : Kind<string>
{
    public override string Blank => "";

    public override string Read(JobNode node, string path, ReadContext context, string start)
    {
        if (node is not JobScalar scalar)
        {
            context.Error(node, path, $"must be text, not {node.Describe()}; put text with special characters in double quotes");
            return start;
        }
        var message = !scalar.IsNull ? complaint?.Invoke(scalar.Text)
            : complaint is null ? "has no value; write \"\" for an empty text"
            : "has no value; write one";
        if (message is null) return scalar.Text;
        context.Error(node, path, message);
        return start;
    }

    public override JobNode Write(string value) => ScalarOf(value);

    /// <summary>Text is quoted unless every reader of YAML takes it for text.</summary>
    public static JobScalar ScalarOf(string text) =>
        SafePlain().IsMatch(text) && !YamlWord().IsMatch(text) ? Plain(text) : Quoted(text);

    [GeneratedRegex(@"\A[A-Za-z_/](?:[A-Za-z0-9_./+-]| (?=[A-Za-z0-9_.]))*\z")]
    private static partial Regex SafePlain();

    [GeneratedRegex(@"\A(?:none|null|true|false|yes|no|on|off|y|n)\z", RegexOptions.IgnoreCase)]
    private static partial Regex YamlWord();
}

/// <summary>
/// A file or folder. Relative ones start at the folder of the job file they stand in, or at the current
/// directory where they come from the command line or from code. <paramref name="word"/> is a value that is no path.
/// </summary>
internal sealed class PathKind(string? word = null) : Kind<string>
{
    private static readonly TextKind Text = new(t => t.Trim().Length == 0 ? "must be a path, not an empty text" : null);

    public override string Blank => "";

    public override string Read(JobNode node, string path, ReadContext context, string start)
    {
        var text = Text.Read(node, path, context, "");
        if (text.Length == 0) return start;
        return text == word ? text : System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetFullPath(Folder(node)), text));
    }

    public override JobNode Write(string value) =>
        TextKind.ScalarOf(value == word || value.Length == 0 ? value : System.IO.Path.GetFullPath(value));

    private static string Folder(JobNode node) => node.Source.Folder.Length > 0 ? node.Source.Folder : ".";
}

internal sealed class SwitchKind : Kind<bool>
{
    public override bool Blank => false;

    public override bool Read(JobNode node, string path, ReadContext context, bool start)
    {
        if (node is JobScalar scalar && bool.TryParse(scalar.Text, out var value)) return value;
        context.Error(node, path, $"must be true or false, not {node.Describe()}");
        return start;
    }

    public override JobNode Write(bool value) => Plain(value ? "true" : "false");
}

/// <summary>One of a few words, each standing for an enum's value.</summary>
internal sealed class Choice<T>(params (string Word, T Value)[] words) : Kind<T> where T : struct, Enum
{
    public override T Blank => words[0].Value;

    public override T Read(JobNode node, string path, ReadContext context, T start)
    {
        foreach (var (word, value) in words)
            if (node is JobScalar scalar && string.Equals(scalar.Text, word, StringComparison.OrdinalIgnoreCase)) return value;
        var allowed = words.Select(w => w.Word);
        context.Error(node, path, words.Length == 1
            ? $"must be {words[0].Word}, not {node.Describe()}"
            : $"must be one of {string.Join(", ", allowed)}; not {node.Describe()}");
        return start;
    }

    public override JobNode Write(T value)
    {
        foreach (var (word, known) in words)
            if (EqualityComparer<T>.Default.Equals(known, value)) return Plain(word);
        throw new WanLabException(string.Create(CultureInfo.InvariantCulture, $"{value} is no value of {typeof(T).Name}; use one of its names."));
    }
}
