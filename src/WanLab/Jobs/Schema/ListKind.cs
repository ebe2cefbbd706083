namespace WanLab.Jobs.Schema;

/// <summary>A list of values of one kind.</summary>
internal sealed class ListKind<T>(Kind<T> item, string example, bool mayBeEmpty = true) : Kind<IReadOnlyList<T>>
{
    public override IReadOnlyList<T> Blank => [];

    public override IReadOnlyList<T> Read(JobNode node, string path, ReadContext context, IReadOnlyList<T> start)
    {
        if (node is not JobList list)
        {
            context.Error(node, path, $"must be a list, such as {example}; not {node.Describe()}");
            return start;
        }
        if (list.Items.Count == 0 && !mayBeEmpty)
            context.Error(node, path, $"is empty; give at least one, such as {example}");
        return [.. list.Items.Select((n, i) => ReadItem(n, $"{path}.{i}", context))];
    }

    public override JobNode Write(IReadOnlyList<T> value) => new JobList(Written, 0, [.. value.Select(v => item.Write(v)!)]);

    public override IEnumerable<string> Paths(string path) => item.Paths(path + ".N");

    private T ReadItem(JobNode node, string path, ReadContext context)
    {
        context.Saw(path, node);
        return item.Read(node, path, context, item.Blank);
    }
}
