using WanLab.Media;

namespace WanLab.Curation.Tests.Scanning;

public sealed class FramePassTests
{
    public static TheoryData<string, string[]> Forms => new()
    {
        { "a.mp4", ["-c:v", "libx264"] },
        { "b.mov", ["-c:v", "libx264", "-bf", "3", "-metadata:s:v:0", "rotate=90"] },
        { "c.webm", ["-c:v", "libvpx-vp9", "-deadline", "realtime"] },
        { "d.mkv", ["-c:v", "libx264", "-vf", "select='gt(mod(n,5),0)'", "-fps_mode", "vfr"] },
        { "e.avi", ["-c:v", "mpeg4", "-bf", "2"] },
        { "f.ts", ["-c:v", "mpeg2video", "-flags", "+ilme+ildct"] },
        { "g.mpg", ["-c:v", "mpeg2video"] },
        { "h.mp4", ["-c:v", "libx264", "-vf", "setsar=4/3"] },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void One_pass_gives_the_same_facts_as_the_probe(string name, string[] options)
    {
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, name);
        new DrawnClip { Picture = new LeafPicture(9), Width = 160, Height = 96, Seconds = 1, Fps = 25, Camera = t => new View(80 * t) }
            .Encode(file, options);
        var (probe, pass) = (VideoProbe.Probe(file), FramePass.Of(file, CancellationToken.None));
        Assert.Equal(probe.FrameTimes, pass.Facts.FrameTimes);
        Assert.Equal(probe with { FrameTimes = pass.Facts.FrameTimes, Gaps = [], Remarks = [] }, pass.Facts with { Gaps = [],
            Remarks = [] });
        Assert.Equal(probe.Remarks, pass.Facts.Remarks);
        Assert.Equal(probe.FrameCount, pass.Grey.Length / pass.GreyWidth / pass.GreyHeight);
        Assert.Equal(probe.Width > probe.Height, pass.GreyWidth > pass.GreyHeight);
    }
}
