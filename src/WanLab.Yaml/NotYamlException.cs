namespace WanLab.Yaml;

/// <summary>A text is not YAML.</summary>
/// <param name="file">The file as the caller named it.</param>
/// <param name="line">Line of the fault, from 1.</param>
/// <param name="reason">What is wrong, without a full stop.</param>
/// <param name="inner">The parser's own exception.</param>
internal sealed class NotYamlException(string file, int line, string reason, Exception inner)
    : WanLabException($"{file}:{line}: is not valid YAML: {reason}", inner)
{
    public int Line { get; } = line;

    public string Reason { get; } = reason;
}
