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

    private const double MostShown = 1000; // beyond that a ratio to almost nothing says nothing

    public static Command Create(CliContext context)
    {
        var files = new Argument<string[]>("clips") { Description = "Clips to measure.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("measure", "Measure clips: how the camera moves, flicker, sharpness, colours.") { files };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed.GetValue(files)!, context, cancellation)));
        return command;
    }

    private static int Run(IReadOnlyList<string> files, CliContext context, CancellationToken cancellation)
    {
        var (rows, notes, errors) = (new List<IReadOnlyList<string>>(), new List<Note>(), new List<string>());
        foreach (var file in files)
        {
            try
            {
                rows.Add(Row(file, notes, cancellation));
            }
            catch (WanLabException e)
            {
                cancellation.ThrowIfCancellationRequested();
                rows.Add([Path.GetFileName(file), .. Enumerable.Repeat("-", Titles.Length - 1)]);
                errors.Add(e.Message);
            }
        }
        context.Out.Show(
        [
            new TableBlock(Titles, rows),
            .. notes,
            new Paragraph("pan, tilt, truck and orbit in degrees a second (right and up are positive); "
                + "zoom and dolly in e-folds a second (in is positive);"),
            new Paragraph("sharp: the last frame's sharpness over the first one's; the others from 0 to 1."),
        ]);
        foreach (var error in errors) context.Error.WriteError(error);
        return errors.Count > 0 ? ExitCode.UserError : ExitCode.Success;
    }

    private static IReadOnlyList<string> Row(string file, List<Note> notes, CancellationToken cancellation)
    {
        var info = VideoProbe.Probe(file, cancellation);
        if (info.FrameCount < 2)
            throw new WanLabException($"{file}: has only one frame, and the motion of a picture cannot be measured; give a clip.");
        var clip = RgbClip.Read(file, Side, Side);
        if (info.DecoderMessage is not null)
            notes.AddRange(info.Warnings.Select(warning => new Note(NoteKind.Warning, $"{Path.GetFileName(file)}: {warning}")));
        var cuts = Cuts.Of(clip);
        if (cuts.Count > 0)
        {
            var (from, frames) = Cuts.LongestShot(clip, cuts);
            var places = string.Join(", ", cuts.Take(5).Select(cut => Number(info.FrameTimes[cut], "0.##") + " s"));
            notes.Add(new Note(NoteKind.Warning, $"{Path.GetFileName(file)}: has {Numbers.Of(cuts.Count, "cut")}, at {places}"
                + $"{(cuts.Count > 5 ? " and later" : "")}; measured is its longest shot, {Numbers.Of(frames, "frame")} from "
                + $"{Number(info.FrameTimes[from], "0.##")} s."));
            clip = clip.Part(from, frames);
            if (frames < 2) throw new WanLabException($"{file}: is cut at every frame; give a clip of one shot.");
        }
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
    }

    // A black frame has no sharpness to compare with.
    private static string Number(double value, string format) =>
        !double.IsFinite(value) || Math.Abs(value) >= MostShown ? "-" : value.ToString(format, CultureInfo.InvariantCulture);
}
