namespace WanLab.Yaml;

/// <summary>Collects the problems of one reading, and records the place of each key.</summary>
/// <param name="keys">Full names of all known keys, for suggestions.</param>
internal sealed class ReadContext(IReadOnlyList<string> keys)
{
    private const int MaxListed = 50;
    private readonly List<(int Order, Problem Problem)> _errors = [], _warnings = [];
    private readonly HashSet<string> _failed = [];
    private int _unlisted;
    private readonly Dictionary<string, YamlNode> _seen = [];

    /// <summary>Full names of all known keys.</summary>
    public IReadOnlyList<string> Keys { get; } = keys;

    /// <summary>The records that are being read, the innermost last: overrides start from the values of one of them.</summary>
    public Stack<object> Owners { get; } = [];

    /// <summary>
    /// Problems by line; those without a line (overrides) come last. Of very many, the first errors, then the first warnings, and
    /// how many more there are.
    /// </summary>
    public IReadOnlyList<Problem> Problems
    {
        get
        {
            var listed = _errors.Concat(_warnings).Take(MaxListed)
                .OrderBy(p => p.Problem.Line == 0 ? int.MaxValue : p.Problem.Line)
                .ThenBy(p => p.Order)
                .Select(p => p.Problem)
                .ToList();
            var more = _errors.Count + _warnings.Count + _unlisted - listed.Count;
            if (more == 0) return listed;
            return [.. listed, new Problem(listed[0].File, 0, "", $"and {more} more; correct the ones above first",
                HasErrors ? Severity.Error : Severity.Warning)];
        }
    }

    /// <summary>Whether one more error would still be listed, so that its message is worth the work.</summary>
    public bool ListsErrors => _errors.Count < MaxListed;

    public bool HasErrors => _errors.Count > 0;

    /// <summary>Whether an error at this key, or inside it, was already found.</summary>
    public bool Failed(string path) => _failed.Contains(path);

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

    public void Add(Problem problem)
    {
        if (problem.Severity == Severity.Error)
            for (var at = problem.Key; _failed.Add(at) && at.Length > 0;) at = at[..Math.Max(0, at.LastIndexOf('.'))];
        var list = problem.Severity == Severity.Error ? _errors : _warnings;
        if (list.Count < MaxListed) list.Add((_errors.Count + _warnings.Count, problem));
        else _unlisted++;
    }

    private void Add(YamlNode node, string path, string message, Severity severity) =>
        Add(new Problem(node.Source.Name, node.Line, path, message, severity));
}
