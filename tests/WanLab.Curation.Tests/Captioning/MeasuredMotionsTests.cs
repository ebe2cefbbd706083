using WanLab.Curation.Captioning;
using WanLab.Curation.Motion;
using WanLab.Media;
using WanLab.Tiny.Scenes;

namespace WanLab.Curation.Tests.Captioning;

public sealed class MeasuredMotionsTests
{
    [Fact]
    public void A_pan_that_is_measured_contradicts_the_caption_of_the_other_direction_and_is_known_without_measuring_again()
    {
        using var folder = new TempFolder();
        var clip = folder["clips/pan.mp4"];
        const int size = 96, frames = 33, step = 2;
        var wide = SceneRenderer.Render(SceneGenerator.Draw(3), size + frames * step, size, 1);
        Mp4Writer.Write(clip, Panned(wide, size, frames, step), size, size);
        folder.Write("clips/pan.txt", "pan left over toys");
        var captions = CaptionFolder.Read(folder["clips"]);
        var motions = new MeasuredMotions(folder["cache"]);
        Assert.Empty(motions.Known([clip]));

        Assert.Equal(CameraMove.PanRight, motions.Of(clip, default)!.Camera);
        var measured = new MeasuredMotions(folder["cache"]).Known([clip]);
        Assert.Equal(CameraMove.PanRight, measured[clip].Camera);
        var flaw = Assert.Single(CaptionLint.Of(captions, new CaptionRules { Motions = measured }));
        Assert.Equal(CaptionFlawKind.MotionContradicted, flaw.Kind);
        Assert.Matches("says 'pan left', measured: .*pan right", flaw.Detail);
    }

    // A window that slides to the right over a wide picture.
    private static byte[] Panned(byte[] wide, int size, int frames, int step)
    {
        var stride = (size + frames * step) * 3;
        var pixels = new byte[frames * size * size * 3];
        for (var k = 0; k < frames; k++)
            for (var y = 0; y < size; y++)
                wide.AsSpan(y * stride + k * step * 3, size * 3).CopyTo(pixels.AsSpan((k * size + y) * size * 3));
        return pixels;
    }
}
