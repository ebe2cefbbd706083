using System.CommandLine;
using System.Globalization;
using WanLab.Media;
using WanLab.Notebooks.Blocks;
using WanLab.Review.Measures;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab measure CLIP...</c>: camera motion, flicker, sharpness and colours of clips.</summary>
internal static class MeasureVerb
{
    private static readonly string[] Titles =
        ["clip", "camera", "pan", "tilt", "zoom", "dolly", "truck", "orbit", "motion", "flicker", "sharp", "light", "chroma"];

    private const int Side = 64; // what the measures were made for; finer detail only adds noise to the flow

    public static Command Create(CliContext context)
    {
        var files = new Argument<string[]>("clips") { Description = "Clips to measure.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("measure", "Measure clips: how the camera moves, flicker, sharpness, colours.") { files };
        command.SetAction(parsed =>
        {
            context.Out.Show(
            [
                new TableBlock(Titles, [.. parsed.GetValue(files)!.Select(Row)]),
                new Paragraph("pan, tilt, truck and orbit in degrees a second (right and up are positive); "
                    + "zoom and dolly in e-folds a second (in is positive);"),
                new Paragraph("sharp: the last frame's sharpness over the first one's; the others from 0 to 1."),
            ]);
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    private static IReadOnlyList<string> Row(string file)
    {
        var info = VideoProbe.Probe(file);
        if (info.FrameCount < 2)
            throw new WanLabException($"{file}: has only one frame, and the motion of a picture cannot be measured; give a clip.");
        var clip = RgbClip.Read(file, Side, Side);
        var camera = CameraMotionFit.Of(clip, info.Fps);
        var colors = ColorStatistics.Of(clip);
        return
        [
            Path.GetFileName(file), $"{camera.Kind()}",
            Number(camera.Pan, "0.0"), Number(camera.Tilt, "0.0"), Number(camera.Zoom, "0.00"), Number(camera.Dolly, "0.00"),
            Number(camera.Truck, "0.0"), Number(camera.OrbitRate, "0.0"),
            Number(ClipMeasures.MotionAmount(clip), "0.000"), Number(ClipMeasures.Flicker(clip), "0.0000"),
            Number(ClipMeasures.Sharpness(clip, clip.Frames - 1) / ClipMeasures.Sharpness(clip, 0), "0.00"),
            Number(colors.Lightness, "0.00"), Number(colors.Chroma, "0.00"),
        ];

        static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
    }
}
