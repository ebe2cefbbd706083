using WanLab.Models;
using WanLab.Models.Text;

namespace WanLab.Tests.Models.Text;

public class Windows1252Tests
{
    [Fact]
    public void Each_byte_is_a_different_character()
    {
        var bytes = Enumerable.Range(0, 256).Select(b => (byte)b).ToArray();
        Assert.Equal(256, bytes.Select(Windows1252.ToChar).Distinct().Count());
        Assert.All(bytes, b => Assert.True(Windows1252.TryGetByte(Windows1252.ToChar(b), out var same) && same == b));
    }

    [Theory]
    [InlineData('A', 0x41)]
    [InlineData('€', 0x80)]
    [InlineData('™', 0x99)]
    [InlineData('Ÿ', 0x9f)]
    [InlineData('ÿ', 0xff)]
    // An open position, and Latin-1's reading of a byte that is not open.
    [InlineData('\u0081', 0x81)]
    [InlineData('\u0099', 0x99)]
    public void Characters_of_the_code_page_have_their_byte(char character, byte expected)
    {
        Assert.True(Windows1252.TryGetByte(character, out var value));
        Assert.Equal(expected, value);
    }

    [Fact]
    public void Characters_outside_the_code_page_have_no_byte()
    {
        Assert.False(Windows1252.TryGetByte('Ā', out _));
        Assert.False(Windows1252.TryGetByte('猫', out _));
    }
}
