using System.Text;

namespace WanLab.Adapters;

/// <summary>All that speaks against using a LoRA file, gathered by kind so that one message tells it.</summary>
internal sealed class LoraProblems
{
    private const int Listed = 8;

    private readonly List<(string Kind, List<string> Items)> _kinds = [];

    /// <summary>Whether there is anything.</summary>
    public bool Any => _kinds.Count > 0;

    /// <summary>Notes one thing; a kind's things share a line of the message.</summary>
    public void Add(string kind, string item)
    {
        var found = _kinds.Find(k => k.Kind == kind);
        if (found.Items is null) _kinds.Add(found = (kind, []));
        if (!found.Items.Contains(item)) found.Items.Add(item);
    }

    /// <summary>A line for each kind, each after a line break: "12 LoHa weights: a, b, and 10 more".</summary>
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
