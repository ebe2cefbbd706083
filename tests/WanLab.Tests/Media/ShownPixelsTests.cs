using WanLab.Media;
using WanLab.Testing;

namespace WanLab.Tests.Media;

/// <summary>The pixels of files that are not shown as they are stored, against those that were put in.</summary>
public sealed class ShownPixelsTests : IDisposable
{
    private const int Near = 5;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("smpte2084")]
    [InlineData("arib-std-b67")]
    [InlineData("linear")]
    public void Curves_of_hdr_come_back_as_the_colours_that_were_graded(string curve)
    {
        // Colours of an ordinary screen, encoded as HDR with white at 203 cd/m².
        var path = _folder["hdr.mp4"];
        BarClips.Convert("-f", "lavfi", "-i", "color=c=0xB02020:size=64x48:rate=8:duration=0.25", "-f", "lavfi", "-i",
            "color=c=0x3060C0:size=64x48:rate=8:duration=0.25", "-filter_complex",
            "hstack,format=gbrp,setparams=color_primaries=bt709:color_trc=bt709:colorspace=gbr:range=pc,"
                + $"zscale=t=linear:npl=203,format=gbrpf32le,zscale=npl=203:t={curve}:p=2020:m=2020_ncl:r=tv,format=yuv420p12le",
            "-c:v", "libx265", "-x265-params", "log-level=none:lossless=1", "-color_primaries", "bt2020", "-color_trc", curve,
            "-colorspace", "bt2020nc", path);
        var facts = VideoProbe.Probe(path);
        Assert.Contains(facts.Warnings, warning => warning.Contains("ordinary screen"));
        var rgb = BarClips.Read(path, [0], FrameFit.Cover(128, 48, 128, 48));
        Close(rgb, 128, 32, 24, 0xB0, 0x20, 0x20);
        Close(rgb, 128, 96, 24, 0x30, 0x60, 0xC0);
    }

    [Fact]
    public void Wide_colours_are_brought_to_those_of_a_screen()
    {
        var path = _folder["wide.mp4"];
        BarClips.Convert("-f", "lavfi", "-i", "color=c=0xB04020:size=64x48:rate=8:duration=0.25", "-vf",
            "format=gbrp,zscale=tin=bt709:pin=bt709:min=gbr:rin=pc:p=smpte432:t=bt709:m=bt709:r=tv,format=yuv444p",
            "-c:v", "libx264", "-qp", "1", "-color_primaries", "smpte432", "-color_trc", "bt709", "-colorspace", "bt709", path);
        Close(BarClips.Read(path, [1], FrameFit.Cover(64, 48, 64, 48)), 64, 32, 24, 0xB0, 0x40, 0x20);
    }

    [Theory]
    [InlineData("pc")]
    [InlineData("tv")]
    public void Full_and_limited_range_give_the_same_colours(string range)
    {
        var path = _folder["range.mp4"];
        BarClips.Convert("-f", "lavfi", "-i", "color=c=0xF0F008:size=64x48:rate=8:duration=0.25", "-vf",
            $"scale=out_range={range}:out_color_matrix=bt709,format=yuv444p", "-c:v", "libx264", "-qp", "1", "-color_range", range,
            "-colorspace", "bt709", path);
        Assert.Null(VideoProbe.Probe(path).Conversion);
        Close(BarClips.Read(path, [0], FrameFit.Cover(64, 48, 64, 48)), 64, 32, 24, 0xF0, 0xF0, 0x08);
    }

    [Fact]
    public void Interlaced_frames_lose_their_combs_and_keep_their_numbers()
    {
        // A bright bar moves by 8 pixels a field over a dark ground: woven together, every second line of its edges is wrong.
        const string bar = "color=c=0x202020:size=128x64:rate=32:duration=1[g];color=c=0xE0E0E0:size=32x64:rate=32:duration=1[b];"
            + "[g][b]overlay=x='8+2*n':y=0,format=yuv420p";
        var (woven, whole) = (_folder["woven.mp4"], _folder["whole.mp4"]);
        BarClips.Convert("-filter_complex", bar + ",interlace=scan=tff:lowpass=off", "-c:v", "libx264", "-qp", "1", "-flags", "+ildct+ilme",
            "-x264opts", "tff=1", woven);
        BarClips.Convert("-filter_complex", bar + ",select='not(mod(n,2))'", "-fps_mode", "passthrough", "-c:v", "libx264", "-qp", "1",
            whole);
        var facts = VideoProbe.Probe(woven);
        Assert.Equal(16, facts.FrameCount);
        Assert.Contains(facts.Warnings, warning => warning.Contains("is interlaced"));
        int[] frames = [1, 5, 9, 14];
        var (got, right) = (BarClips.Read(woven, frames, FrameFit.Cover(128, 64, 128, 64)),
            BarClips.Read(whole, frames, FrameFit.Cover(128, 64, 128, 64)));
        var off = got.Zip(right).Count(pair => Math.Abs(pair.First - pair.Second) > Near) / (double)got.Length;
        Assert.True(off < 0.02, $"{off:P1} of the bytes differ by more than {Near}");
    }

    [Theory]
    [InlineData("png")]
    [InlineData("webp")]
    [InlineData("jpg")]
    [InlineData("tiff")]
    public void The_exif_orientation_of_every_format_is_applied(string kind)
    {
        for (byte orientation = 1; orientation <= 8; orientation++)
        {
            var path = _folder[$"{orientation}.{kind}"];
            Exif.Write(path, kind, orientation);
            // Stored: top left red, top right green, bottom left blue, bottom right white.
            var facts = VideoProbe.Probe(path);
            Assert.Equal(orientation >= 5 ? (48, 64) : (64, 48), (facts.Width, facts.Height));
            var (w, h) = (facts.Width, facts.Height);
            var rgb = ImageReader.Read(path, w, h);
            char Corner(int x, int y) => rgb.AsSpan((y * w + x) * 3, 3) switch
            {
                [> 150, < 100, < 100] => 'R',
                [< 100, > 90, < 100] => 'G',
                [< 100, < 100, > 150] => 'B',
                _ => 'W',
            };
            var shown = string.Concat(Corner(8, 8), Corner(w - 8, 8), Corner(8, h - 8), Corner(w - 8, h - 8));
            Assert.Equal((orientation, orientation switch
            {
                1 => "RGBW",
                2 => "GRWB",
                3 => "WBGR",
                4 => "BWRG",
                5 => "RBGW",
                6 => "BRWG",
                7 => "WGBR",
                _ => "GWRB",
            }), (orientation, shown));
        }
    }

    [Theory]
    [InlineData("a.png", "rgba")]
    [InlineData("a.png", "rgba64be")]
    [InlineData("a.webp", "bgra")]
    [InlineData("a.mov", "argb")]
    [InlineData("a.webm", "yuva420p")]
    public void Transparent_parts_are_laid_over_white(string name, string format)
    {
        // Left half: hidden green; right half: red that covers half.
        var codec = name switch
        {
            "a.mov" => ["-c:v", "qtrle"],
            "a.webm" => ["-c:v", "libvpx-vp9", "-crf", "10", "-b:v", "0", "-auto-alt-ref", "0"],
            "a.webp" => ["-lossless", "1"],
            _ => Array.Empty<string>(),
        };
        BarClips.Convert(["-f", "lavfi", "-i", "color=c=0x00FF00@0:size=32x48:rate=8:duration=0.25,format=rgba", "-f", "lavfi", "-i",
            "color=c=0xFF0000@0.5:size=32x48:rate=8:duration=0.25,format=rgba", "-filter_complex", $"hstack,format={format}",
            .. name.EndsWith("png") || name.EndsWith("webp") ? (string[])["-frames:v", "1"] : [], .. codec, _folder[name]]);
        var facts = VideoProbe.Probe(_folder[name]);
        Assert.Contains(facts.Warnings, warning => warning.Contains("laid over white"));
        var rgb = ImageReader.Read(_folder[name], 64, 48);
        Close(rgb, 64, 12, 24, 255, 255, 255);
        Close(rgb, 64, 50, 24, 255, 127, 127);
    }

    [Fact]
    public void A_palette_with_transparent_colours_is_laid_over_white_and_one_without_stays_plain()
    {
        // Two pixels for each of four colours; green is hidden whole, red half.
        foreach (var (name, alpha) in ((string, byte[]?)[])[("hidden.png", [0, 128]), ("opaque.png", [255, 255]), ("none.png", null)])
        {
            PngFile.WritePalette(_folder[name], 64, 48, [0x00FF00, 0xFF0000, 0x0000FF, 0x808080], alpha);
            var facts = VideoProbe.Probe(_folder[name]);
            var rgb = ImageReader.Read(_folder[name], 64, 48);
            var isHidden = name == "hidden.png";
            Assert.Equal(isHidden, facts.Warnings.Any(warning => warning.Contains("has transparent parts; they are laid over white.")));
            Close(rgb, 64, 8, 24, isHidden ? [255, 255, 255] : [0, 255, 0]);
            Close(rgb, 64, 24, 24, isHidden ? [255, 127, 127] : [255, 0, 0]);
            Close(rgb, 64, 40, 24, 0, 0, 255);
            Close(rgb, 64, 56, 24, 128, 128, 128);
        }
    }

    [Fact]
    public void A_picture_that_could_be_transparent_and_is_not_stays_plain()
    {
        BarClips.Convert("-f", "lavfi", "-i", "color=c=red:size=64x48,format=rgba", "-frames:v", "1", _folder["a.png"]);
        Assert.Null(VideoProbe.Probe(_folder["a.png"]).Conversion);
        Assert.Empty(VideoProbe.Probe(_folder["a.png"]).Warnings);
    }

    private static void Close(byte[] rgb, int width, int x, int y, params int[] wanted)
    {
        var pixel = rgb.AsSpan((y * width + x) * 3, 3).ToArray();
        Assert.True(pixel.Zip(wanted).All(pair => Math.Abs(pair.First - pair.Second) <= Near),
            $"{string.Join(' ', pixel)} instead of {string.Join(' ', wanted)}");
    }
}
