using WanLab.Datasets;
using WanLab.Media;
using WanLab.Tiny.Experiments;

namespace WanLab.Tiny.Tests.Experiments;

public sealed class FrameGridTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wanlab-grid-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Rows_are_clips_and_columns_their_frames()
    {
        var file = Path.Combine(_folder, "grid.png");

        FrameGrid.Write(file, [[Clip(10, 20), Clip(30, 40)], [Clip(50, 60), Clip(70, 80)]], [0, 1], scale: 2);

        var picture = RgbClip.Read(file); // 2x2 pixels, twice as large, two frames of two clips with a gap of 4
        Assert.Equal((2 * 2 * 2 * 2 + 4, 2 * 2 * 2 + 4), (picture.Width, picture.Height));
        byte At(int x, int y) => picture.Frame(0)[(y * picture.Width + x) * 3];
        Assert.Equal<byte>([10, 20, 255, 30, 40], [At(0, 0), At(4, 0), At(8, 0), At(12, 3), At(19, 3)]);
        Assert.Equal<byte>([50, 255, 80], [At(3, 8), At(0, 5), At(19, 11)]);
    }

    [Fact]
    public void Clips_that_do_not_fit_are_refused() =>
        Assert.Contains("frame 3",
            Assert.Throws<WanLabException>(() => FrameGrid.Write(Path.Combine(_folder, "no.png"), [[Clip(1, 2)]], [2])).Message);

    private static RgbClip Clip(params byte[] greys) => new([.. greys.SelectMany(grey => Enumerable.Repeat(grey, 12))], 2, 2);
}
