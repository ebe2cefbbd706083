using System.Collections;

namespace WanLab.Jobs.Schema;

/// <summary>
/// A record's keys: the one description that reading, writing and the list of known keys share.
/// Built as a collection of rows { name, kind, get, set }, in the order they are written.
/// </summary>
/// <param name="blank">Makes the record with its defaults.</param>
/// <param name="sparse">Leave out keys without a value when writing, in place of <c>none</c>.</param>
internal sealed class Mapping<TOwner>(Func<TOwner> blank, bool sparse = false) : Kind<TOwner>, IEnumerable
{
    private readonly List<Key> keys = [];

    public override TOwner Blank => blank();

    /// <summary>Adds a key. One that must be given says with <paramref name="missing"/> why, or what to write.</summary>
    public void Add<T>(string name, Kind<T> kind, Func<TOwner, T> get, Func<TOwner, T, TOwner> set, string? missing = null) =>
        keys.Add(new Key(
            name,
            missing,
            (node, path, context, owner) => set(owner, kind.Read(node, path, context, get(owner))),
            owner => kind.Write(get(owner)),
            kind.Paths));

    public override TOwner Read(JobNode node, string path, ReadContext context, TOwner start)
    {
        if (node is JobScalar { IsNull: true }) node = new JobMap(node.Source, node.Line, []);
        if (node is not JobMap map)
        {
            context.Error(node, path, $"must be a mapping with keys such as {KnownNames(5)}; not {node.Describe()}");
            return start;
        }

        var lines = new Dictionary<string, int>();
        foreach (var entry in map.Entries)
        {
            var at = Join(path, entry.Key);
            var key = keys.Find(k => k.Name == entry.Key);
            if (!lines.TryAdd(entry.Key, entry.Line))
                context.Add(Problem(entry, at, $"is given twice, first in line {lines[entry.Key]}; delete one of the two"));
            else if (key is null)
                context.Add(Problem(entry, at, KeySuggestion.For(path, entry.Key, [.. keys.Select(k => k.Name)])));
            else
            {
                context.Saw(at, entry.Value);
                start = key.Read(entry.Value, at, context, start);
            }
        }
        foreach (var key in keys.Where(k => k.Missing is not null && !lines.ContainsKey(k.Name)))
            context.Error(node, Join(path, key.Name), $"is missing; {key.Missing}");
        return start;
    }

    public override JobNode Write(TOwner value)
    {
        var entries = new List<JobEntry>();
        foreach (var key in keys)
            if ((key.Write(value) ?? (sparse ? null : Plain("none"))) is { } node) entries.Add(new JobEntry(key.Name, 0, node));
        return new JobMap(Written, 0, entries);
    }

    public override IEnumerable<string> Paths(string path) => keys.SelectMany(k => k.Paths(Join(path, k.Name)));

    IEnumerator IEnumerable.GetEnumerator() => keys.GetEnumerator();

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static JobProblem Problem(JobEntry entry, string path, string message) =>
        new(entry.Value.Source.Name, entry.Line, path, message, Severity.Error);

    private string KnownNames(int most) => string.Join(", ", keys.Take(most).Select(k => k.Name));

    private sealed record Key(
        string Name,
        string? Missing,
        Func<JobNode, string, ReadContext, TOwner, TOwner> Read,
        Func<TOwner, JobNode?> Write,
        Func<string, IEnumerable<string>> Paths);
}
