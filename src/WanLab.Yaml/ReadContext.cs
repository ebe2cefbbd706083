namespace WanLab.Yaml;

/// <summary>Collects the problems of one reading, and records the place of each key.</summary>
/// <param name="keys">Full names of all known keys, for suggestions.</param>
internal sealed class ReadContext(IReadOnlyList<string> keys)
{
    private readonly List<Problem> _problems = [];
    private readonly Dictionary<string, YamlNode> _seen = [];

    /// <summary>Full names of all known keys.</summary>
    public IReadOnlyList<string> Keys { get; } = keys;

    /// <summary>The records that are being read, the innermost last: overrides start from the values of one of them.</summary>
    public Stack<object> Owners { get; } = [];

    /// <summary>Problems by line; those without a line (overrides) come last.</summary>
    public IReadOnlyList<Problem> Problems =>
        [.. _problems.OrderBy(p => p.Line == 0 ? int.MaxValue : p.Line)];

    public bool HasErrors => _problems.Any(p => p.Severity == Severity.Error);

    /// <summary>Whether an error at this key, or inside it, was already found.</summary>
    public bool Failed(string path) => _problems.Any(p =>
        p.Severity == Severity.Error && (p.Key == path || p.Key.StartsWith(path + ".", StringComparison.Ordinal)));

    public void Saw(string path, YamlNode node) => _seen[path] = node;

    public void Error(YamlNode node, string path, string message) => Add(node, path, message, Severity.Error);

    public void Warn(YamlNode node, string path, string message) => Add(node, path, message, Severity.Warning);

    /// <summary>Adds a problem found after reading, at the key's place or where the key would have been.</summary>
    public void AddAt(string path, string message, Severity severity)
    {
        var at = path;
        while (!_seen.ContainsKey(at)) at = at[..Math.Max(0, at.LastIndexOf('.'))];
        Add(_seen[at], path, message, severity);
    }

    public void Add(Problem problem) => _problems.Add(problem);

    private void Add(YamlNode node, string path, string message, Severity severity) =>
        _problems.Add(new Problem(node.Source.Name, node.Line, path, message, severity));
}
