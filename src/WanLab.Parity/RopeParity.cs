using WanLab.Models.Transformer;

namespace WanLab.Parity;

/// <summary>Kind <c>rope</c>: the rotary embedding over a grid of tokens.</summary>
internal static class RopeParity
{
    public static IEnumerable<ParityResult> Run(GoldenCase golden)
    {
        var grid = golden.Config.GetProperty("grid").EnumerateArray().Select(n => n.GetInt64()).ToArray();
        using var rope = RotaryEmbedding.Build(golden.Config.GetProperty("head_dim").GetInt32(), grid[0], grid[1], grid[2], golden.Device);
        return [ParityResult.Compare(golden, "out.y", rope.Apply(golden["in.x"]))];
    }
}
