namespace WanLab.Base.Tests;

public sealed class ListingTests
{
    [Theory]
    [InlineData(0, "", "")]
    [InlineData(2, "\n  2 keys: a, b", "\n  a\n  b")]
    [InlineData(4, "\n  4 keys: a, b, and 2 more", "\n  a\n  b\n  and 2 more")]
    public void A_long_list_is_cut_and_says_how_many_there_are(int count, string line, string lines)
    {
        string[] names = [.. ((string[])["a", "b", "c", "d"]).Take(count)];
        Assert.Equal(line, Listing.Line("keys", names, 2));
        Assert.Equal(lines, Listing.Lines(names, 2));
    }
}
