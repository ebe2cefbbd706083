using WanLab.Media;
using WanLab.Testing;

namespace WanLab.Tests.Media;

public sealed class ImageReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.png")]
    [InlineData("a.jpg")]
    [InlineData("a.webp")]
    [InlineData("a.bmp")]
    [InlineData("a.avif")]
    public void Pictures_are_scaled_to_cover_and_cut(string name)
    {
        // Left half red, right half blue, 80 x 40.
        BarClips.Convert("-f", "lavfi", "-i", "color=c=red:size=40x40", "-f", "lavfi", "-i", "color=c=blue:size=40x40",
            "-filter_complex", "hstack", "-frames:v", "1", _folder[name]);
        var rgb = ImageReader.Read(_folder[name], 32, 32);
        Assert.Equal(32 * 32 * 3, rgb.Length);
        Assert.True(rgb[0] > 200 && rgb[2] < 60, $"left {rgb[0]} {rgb[1]} {rgb[2]}");
        Assert.True(rgb[31 * 3] < 60 && rgb[31 * 3 + 2] > 200, $"right {rgb[31 * 3]} {rgb[31 * 3 + 1]} {rgb[31 * 3 + 2]}");
    }

    [Fact]
    public void A_photograph_is_turned_upright()
    {
        var path = _folder["turned.jpg"];
        BarClips.Convert("-f", "lavfi", "-i", "color=c=red:size=40x40", "-f", "lavfi", "-i", "color=c=blue:size=40x40",
            "-filter_complex", "hstack", "-frames:v", "1", path);
        var bytes = File.ReadAllBytes(path);
        // EXIF with one entry, orientation 6: the left side of the stored picture is the top of the shown one.
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, .. "Exif\0\0II*\0"u8, 8, 0, 0, 0,
            1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0,
        ];
        File.WriteAllBytes(path, [.. bytes[..2], .. exif, .. bytes[2..]]);
        Assert.Equal((40, 80), (VideoProbe.Probe(path).Width, VideoProbe.Probe(path).Height));
        var rgb = ImageReader.Read(path, 16, 32);
        Assert.True(rgb[8 * 3] > 200, "red on top");
        Assert.True(rgb[(31 * 16 + 8) * 3 + 2] > 200, "blue below");
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("irot1", 8)]
    [InlineData("irot2", 3)]
    [InlineData("irot3", 6)]
    [InlineData("imir0", 4)]
    [InlineData("imir1", 2)]
    [InlineData("irot1 imir0", 5)]
    public void The_turn_of_a_heif_picture_is_read_from_its_properties(string properties, int orientation)
    {
        byte[] head =
        [
            .. "....ftypavif"u8,
            .. properties.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(property =>
                (byte[])[0, 0, 0, 9, .. System.Text.Encoding.ASCII.GetBytes(property[..4]), (byte)(property[4] - '0')]),
        ];
        Assert.Equal(orientation, HeifTurn.Of(head));
    }

    [Fact]
    public void A_broken_picture_is_an_error_that_names_it() =>
        Assert.Contains("a.png",
            Assert.Throws<WanLabException>(() => ImageReader.Read(_folder.Write("a.png", "no picture"), 16, 16)).Message);
}
