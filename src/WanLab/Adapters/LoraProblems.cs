using System.Text;

namespace WanLab.Adapters;

/// <summary>All problems of a LoRA file, grouped by kind so that one message lists them.</summary>
internal sealed class LoraProblems
{
    private const int Listed = 8;

    private readonly List<(string Kind, List<string> Items)> _kinds = [];

    /// <summary>Whether there are any problems.</summary>
    public bool Any => _kinds.Count > 0;

    /// <summary>Adds one item to a kind of problem; all items of a kind share a line of the message.</summary>
    public void Add(string kind, string item)
    {
        var found = _kinds.Find(k => k.Kind == kind);
        if (found.Items is null) _kinds.Add(found = (kind, []));
        if (!found.Items.Contains(item)) found.Items.Add(item);
    }

    /// <summary>One line for each kind, each after a line break: "12 LoHa weights: a, b, and 10 more".</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (kind, items) in _kinds)
        {
            var more = items.Count > Listed ? $", and {items.Count - Listed} more" : "";
            text.Append($"\n  {items.Count} {kind}: {string.Join(", ", items.Take(Listed))}{more}");
        }
        return text.ToString();
    }
}
