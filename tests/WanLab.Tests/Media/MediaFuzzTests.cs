using WanLab.Media;
using WanLab.Testing;
using WanLab.Tiny.Scenes;

namespace WanLab.Tests.Media;

/// <summary>Changed clips and pictures give facts and frames, or are refused with the file's name.</summary>
public sealed class MediaFuzzTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("png")]
    [InlineData("webp")]
    [InlineData("tiff")]
    [InlineData("jpg")]
    public void A_changed_header_is_recognised_or_refused(string kind)
    {
        var file = _folder[$"a.{kind}"];
        Exif.Write(file, kind, 6);
        var (sample, known) = (File.ReadAllBytes(file), 0);
        foreach (var bytes in Mutations.Of(sample[..Math.Min(sample.Length, 400)], 7, 1_000, share: 0.1))
        {
            File.WriteAllBytes(file, bytes);
            known += IsRead(file, () => MediaFormat.Of(file)) ? 1 : 0;
        }
        Assert.InRange(known, 1, int.MaxValue);
    }

    [Theory]
    [InlineData("mp4")]
    [InlineData("png")]
    public void A_changed_file_has_facts_and_frames_or_is_refused(string kind)
    {
        var file = _folder[$"a.{kind}"];
        if (kind == "png") Exif.Write(file, kind, 6);
        else Mp4Writer.Write(file, SceneRenderer.Render(SceneGenerator.Draw(4), 64, 64, 17), 64, 64);
        Assert.True(IsRead(file, Read));
        foreach (var bytes in Mutations.Of(File.ReadAllBytes(file), 8, 12, share: 0.3))
        {
            File.WriteAllBytes(file, bytes);
            IsRead(file, Read);
        }

        void Read()
        {
            var facts = VideoProbe.Probe(file);
            Assert.True(facts is { FrameCount: > 0, Width: > 0, Height: > 0, Fps: > 0 }, $"{facts}");
            Assert.Equal(16 * 16 * 3, VideoReader.ReadFrames(file, [0], new FrameFit(16, 16, 0, 0, 16, 16), facts).Length);
        }
    }

    private static bool IsRead(string file, Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (WanLabException e)
        {
            Assert.StartsWith(file, e.Message, StringComparison.Ordinal);
            return false;
        }
    }
}
