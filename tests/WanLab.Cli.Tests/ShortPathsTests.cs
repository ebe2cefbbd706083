namespace WanLab.Cli.Tests;

public sealed class ShortPathsTests
{
    [Theory]
    [InlineData("a/000001/00.mp4 a/000002/00.mp4", "000001/00.mp4 000002/00.mp4")]
    [InlineData("a/x.mp4 b/y.mp4", "x.mp4 y.mp4")]
    [InlineData("a/x.mp4 a/x.mp4 b/c/x.mp4", "a/x.mp4 a/x.mp4 c/x.mp4")]
    [InlineData("x.mp4", "x.mp4")]
    public void Names_are_as_short_as_they_can_be(string paths, string names) =>
        Assert.Equal(names.Split(' '), ShortPaths.Of(paths.Split(' ')));
}
