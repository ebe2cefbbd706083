using FsCheck;
using FsCheck.Fluent;
using WanLab.Jupyter.Serving;

namespace WanLab.Jupyter.Tests.Serving;

public class CodePointsTests
{
    [Theory]
    [InlineData("abc", 2, 2)]
    [InlineData("a😀b", 2, 3)]
    [InlineData("😀😀", 1, 2)]
    [InlineData("ab", 9, 2)]
    [InlineData("ab", -1, 0)]
    public void A_count_becomes_an_index(string text, int count, int index) =>
        Assert.Equal(index, CodePoints.ToUtf16(text, count));

    [Fact]
    public void There_and_back_is_the_same() => Prop.ForAll<NonNull<string>>(text =>
    {
        var all = CodePoints.FromUtf16(text.Get, text.Get.Length);
        for (var count = 0; count <= all; count++) Assert.Equal(count, CodePoints.FromUtf16(text.Get, CodePoints.ToUtf16(text.Get, count)));
    }).QuickCheckThrowOnFailure();
}
