using System.Text;
using WanLab.Datasets;
using WanLab.Testing;

namespace WanLab.Tests.Datasets;

/// <summary>Changed caption files are read and given their trigger word, or refused with the file's name.</summary>
public sealed class CaptionFuzzTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_changed_caption_is_read_or_refused()
    {
        var sample = Encoding.UTF8.GetBytes("[trigger] orbits to the left, ü 見, a man's (hat:1.2) $1 close-up.\r\nsecond line");
        var (good, clip) = (0, Path.Combine(_folder.Path, "a.mp4"));
        foreach (var bytes in Mutations.Of(sample, 6, 4_000))
        {
            File.WriteAllBytes(Path.Combine(_folder.Path, "a.txt"), bytes);
            try
            {
                if (Captions.Read(clip, "fallback") is not { } caption) continue;
                good++;
                foreach (var trigger in (string?[])[null, "", "orbit", "見", "$1"])
                {
                    var text = Captions.WithTrigger(caption, trigger);
                    if (string.IsNullOrEmpty(trigger)) continue;
                    Assert.True(Captions.Contains(text, trigger));
                    _ = Captions.ReplaceTrigger(text, trigger, "thing");
                }
                _ = Captions.Direction(caption, flipX: true, flipY: true);
            }
            catch (WanLabException e)
            {
                Assert.StartsWith(_folder.Path, e.Message, StringComparison.Ordinal);
            }
        }
        Assert.InRange(good, 1, int.MaxValue);
    }
}
