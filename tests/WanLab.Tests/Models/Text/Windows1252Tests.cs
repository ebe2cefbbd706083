using WanLab.Models;
using WanLab.Models.Text;

namespace WanLab.Tests.Models.Text;

public class Windows1252Tests
{
    [Fact]
    public void Each_byte_is_a_character_of_its_own() =>
        Assert.Equal(256, Enumerable.Range(0, 256).Select(b => Windows1252.ToChar((byte)b)).Distinct().Count());

    [Theory]
    [InlineData(0x41, 'A')]
    [InlineData(0x80, '€')]
    [InlineData(0x99, '™')]
    [InlineData(0x9f, 'Ÿ')]
    [InlineData(0xff, 'ÿ')]
    // An open position.
    [InlineData(0x81, '\u0081')]
    public void A_byte_has_the_character_that_programs_show(byte value, char expected) => Assert.Equal(expected, Windows1252.ToChar(value));
}
