namespace WanLab.Jobs.Schema;

/// <summary>Where text of a job came from: a name to show, and the folder its relative paths start at.</summary>
internal sealed record JobSource(string Name, string Folder, bool HasLines);

/// <summary>
/// A piece of a job file with its place. YamlDotNet's own node tree stops at the first duplicate key and
/// has no room for overrides; this one keeps both.
/// </summary>
internal abstract class JobNode(JobSource source, int line)
{
    public JobSource Source { get; } = source;

    /// <summary>Line from 1; 0 where the source has none. A value below its key has the key's line.</summary>
    public int Line { get; } = line;

    /// <summary>The node as a message names it.</summary>
    public abstract string Describe();

    /// <summary>The node at a path such as <c>datasets.0.path</c>; null where there is none.</summary>
    public JobNode? Find(string path)
    {
        JobNode? node = this;
        foreach (var name in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            node = node switch
            {
                JobMap map => map.Entries.FirstOrDefault(e => e.Key == name)?.Value,
                JobList list when int.TryParse(name, out var i) && i < list.Items.Count => list.Items[i],
                _ => null,
            };
        }
        return node;
    }
}

/// <summary>A text, number, switch or nothing; <paramref name="plain"/> is false where it was quoted.</summary>
internal sealed class JobScalar(JobSource source, int line, string text, bool plain) : JobNode(source, line)
{
    public string Text { get; } = text;

    public bool Plain { get; } = plain;

    /// <summary>YAML's words for "no value".</summary>
    public bool IsNull => Plain && Text is "" or "~" or "null" or "Null" or "NULL";

    public override string Describe() => IsNull ? "nothing" : $"'{Text}'";
}

internal sealed class JobList(JobSource source, int line, IReadOnlyList<JobNode> items) : JobNode(source, line)
{
    public IReadOnlyList<JobNode> Items { get; } = items;

    public override string Describe() => "a list";
}

internal sealed class JobMap(JobSource source, int line, IReadOnlyList<JobEntry> entries) : JobNode(source, line)
{
    /// <summary>In file order; a key given twice is here twice.</summary>
    public IReadOnlyList<JobEntry> Entries { get; } = entries;

    public override string Describe() => "a mapping";
}

internal sealed record JobEntry(string Key, int Line, JobNode Value);
