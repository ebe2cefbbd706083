namespace WanLab.Jobs.Schema;

/// <summary>Gathers the problems of one reading, and remembers where each key was.</summary>
internal sealed class ReadContext
{
    private readonly List<JobProblem> problems = [];
    private readonly Dictionary<string, JobNode> seen = [];

    /// <summary>Problems by line; those without one (overrides) last.</summary>
    public IReadOnlyList<JobProblem> Problems =>
        [.. problems.OrderBy(p => p.Line == 0 ? int.MaxValue : p.Line)];

    public bool HasErrors => problems.Any(p => p.Severity == Severity.Error);

    /// <summary>Whether the key was written out.</summary>
    public bool IsSet(string path) => seen.ContainsKey(path);

    /// <summary>Whether an error at this key, or inside it, was found already.</summary>
    public bool Failed(string path) => problems.Any(p =>
        p.Severity == Severity.Error && (p.Key == path || p.Key.StartsWith(path + ".", StringComparison.Ordinal)));

    public void Saw(string path, JobNode node) => seen[path] = node;

    public void Error(JobNode node, string path, string message) => Add(node, path, message, Severity.Error);

    public void Warn(JobNode node, string path, string message) => Add(node, path, message, Severity.Warning);

    /// <summary>A problem found after reading: placed at the key, or where it would have stood.</summary>
    public void AddAt(string path, string message, Severity severity)
    {
        var at = path;
        while (!seen.ContainsKey(at)) at = at[..Math.Max(0, at.LastIndexOf('.'))];
        Add(seen[at], path, message, severity);
    }

    public void Add(JobProblem problem) => problems.Add(problem);

    private void Add(JobNode node, string path, string message, Severity severity) =>
        problems.Add(new JobProblem(node.Source.Name, node.Line, path, message, severity));
}
