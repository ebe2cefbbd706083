using WanLab.Models.Transformer;

namespace WanLab.Adapters;

/// <summary>One of a block's ten linear layers, as found in a key.</summary>
/// <param name="Block">Number of the block; may exceed the model's number of blocks.</param>
/// <param name="Linear">Official name within the block, such as <c>self_attn.q</c>.</param>
internal readonly record struct LoraLayer(int Block, string Linear)
{
    private static readonly Dictionary<string, string> Dotted = WanTransformerConfig.BlockLinears
        .SelectMany(linear => (KeyValuePair<string, string>[])[new(linear, linear), new(InDiffusers(linear), linear)])
        .ToDictionary(StringComparer.Ordinal);

    // kohya writes '_' for '.', which splitting cannot reverse (self_attn_q): the whole flattened name is looked up.
    private static readonly Dictionary<string, string> Flattened = Dotted
        .ToDictionary(pair => pair.Key.Replace('.', '_'), pair => pair.Value, StringComparer.Ordinal);

    /// <summary>Official name of the layer, such as <c>blocks.0.self_attn.q</c>.</summary>
    public string Name => $"blocks.{Block}.{Linear}";

    /// <summary>The layer that an official or a diffusers module name means, or null where it is not one of the ten.</summary>
    /// <param name="name">Name without the file's prefix, such as <c>blocks.0.attn1.to_q</c>.</param>
    /// <param name="flattened">Whether the name is written with '_' for '.'.</param>
    public static LoraLayer? Find(string name, bool flattened)
    {
        var separator = flattened ? '_' : '.';
        if (!name.StartsWith("blocks" + separator, StringComparison.Ordinal)) return null;
        var end = name.IndexOf(separator, 7);
        return end > 0
            && int.TryParse(name.AsSpan(7, end - 7), NumberStyles.None, CultureInfo.InvariantCulture, out var block)
            && (flattened ? Flattened : Dotted).TryGetValue(name[(end + 1)..], out var linear)
            ? new LoraLayer(block, linear)
            : null;
    }

    private static string InDiffusers(string linear) => TransformerNames.Map.ToDiffusers("blocks.0." + linear)!["blocks.0.".Length..];
}
