using WanLab.Content;

namespace WanLab.Base.Tests.Content;

public class CacheKeyTests
{
    [Fact]
    public void The_same_parts_give_the_same_key_and_it_never_changes_between_versions() =>
        Assert.Equal("263ddcc352375026470a2052b25a37cf376773d3c2861bddf198d973836052aa",
            new CacheKey("latents/1").With("clip", "ab").With("frames", [0, 1]).With("flip_x", true).With("count",
                41).With("rate", 0.5).Hash);

    [Fact]
    public void Different_parts_never_give_the_same_key()
    {
        CacheKey Key() => new("k");
        string[] hashes =
        [
            Key().Hash,
            new CacheKey("l").Hash,
            Key().With("a", "b").Hash,
            Key().With("ab", "").Hash,
            Key().With("", "ab").Hash,
            Key().With("a", "bc").Hash,
            Key().With("a", "b").With("c", "").Hash,
            Key().With("a", "b").With("", "c").Hash,
            Key().With("c", "").With("a", "b").Hash,
            Key().With("a", 1).Hash,
            Key().With("a", 1.0).Hash,
            Key().With("a", true).Hash,
            Key().With("a", false).Hash,
            Key().With("a", "1").Hash,
            Key().With("a", [1]).Hash,
            Key().With("a", [1, 2]).Hash,
            Key().With("a", [1]).With("a", [2]).Hash,
            Key().With("a", [12]).Hash,
            Key().With("a", []).Hash,
        ];
        Assert.Equal(hashes.Length, hashes.Distinct().Count());
        Assert.All(hashes, hash => Assert.Matches("^[0-9a-f]{64}$", hash));
    }

    [Fact]
    public void Adding_a_part_leaves_the_shorter_key_as_it_was()
    {
        var key = new CacheKey("k");
        var before = key.Hash;
        _ = key.With("a", 1);
        Assert.Equal(before, key.Hash);
    }
}
