using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using WanLab.Media;
using WanLab.Notebooks.Blocks;
using WanLab.Review.Measures;
using WanLab.Runs;

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
        var files = new Argument<string[]>("CLIP")
        {
            Description = "Clips to measure; a run's folder stands for all its previews.",
            Arity = ArgumentArity.OneOrMore,
        };
        var json = JsonOutput.Option();
        var command = new Command("measure", "Measure clips: how the camera moves, flicker, sharpness, colours.") { files, json };
        command.SetAction((parsed, cancellation) =>
            Task.FromResult(Run([.. parsed.GetValue(files)!.SelectMany(Clips)], parsed.GetValue(json), context, cancellation)));
        return command;
    }

    private static IEnumerable<string> Clips(string path)
    {
        if (!Directory.Exists(path)) return [path];
        var previews = RunSample.In(RunFolder.Existing(path));
        return previews.Count > 0 ? previews.Select(preview => preview.File)
            : throw new WanLabException($"{path}: this run has no previews to measure.");
    }

    private static int Run(IReadOnlyList<string> files, bool json, CliContext context, CancellationToken cancellation)
    {
        var names = ShortPaths.Of(files);
        var (rows, notes, errors) = (new List<IReadOnlyList<string>>(), new List<Note>(), new List<string>());
        foreach (var (file, name) in files.Zip(names))
        {
            try
            {
                rows.Add(Row(file, name, notes, cancellation));
            }
            catch (WanLabException e)
            {
                cancellation.ThrowIfCancellationRequested();
                rows.Add([name, .. Enumerable.Repeat("-", Titles.Length - 1)]);
                errors.Add(e.Message);
            }
        }
        if (json)
            JsonOutput.Write(context.Out, new JsonArray([.. files.Zip(rows, (file, row) => (JsonNode)Json(file, row))]));
        else context.Out.Show(
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

    private static IReadOnlyList<string> Row(string file, string name, List<Note> notes, CancellationToken cancellation)
    {
        var info = VideoProbe.Probe(file, cancellation);
        if (info.FrameCount < 2)
            throw new WanLabException($"{file}: has only one frame, and the motion of a picture cannot be measured; give a clip.");
        var clip = RgbClip.Read(file, Side, Side);
        if (info.DecoderMessage is not null)
            notes.AddRange(info.Warnings.Select(warning => new Note(NoteKind.Warning, $"{name}: {warning}")));
        var cuts = Cuts.Of(clip);
        if (cuts.Count > 0)
        {
            var (from, frames) = Cuts.LongestShot(clip, cuts);
            var places = string.Join(", ", cuts.Take(5).Select(cut => Number(info.FrameTimes[cut], "0.##") + " s"));
            notes.Add(new Note(NoteKind.Warning, $"{name}: has {Numbers.Of(cuts.Count, "cut")}, at {places}"
                + $"{(cuts.Count > 5 ? " and later" : "")}; measured is its longest shot, {Numbers.Of(frames, "frame")} from "
                + $"{Number(info.FrameTimes[from], "0.##")} s."));
            clip = clip.Part(from, frames);
            if (frames < 2) throw new WanLabException($"{file}: is cut at every frame; give a clip of one shot.");
        }
        var camera = CameraMotionFit.Of(clip, info.Fps);
        var colors = ColorStatistics.Of(clip);
        return
        [
            name, $"{camera.Kind()}",
            Number(camera.Pan, "0.0"), Number(camera.Tilt, "0.0"), Number(camera.Zoom, "0.00"), Number(camera.Dolly, "0.00"),
            Number(camera.Truck, "0.0"), Number(camera.OrbitRate, "0.0"),
            Number(ClipMeasures.MotionAmount(clip), "0.000"), Number(ClipMeasures.Flicker(clip), "0.0000"),
            Number(ClipMeasures.Sharpness(clip, clip.Frames - 1) / ClipMeasures.Sharpness(clip, 0), "0.00"),
            Number(colors.Lightness, "0.00"), Number(colors.Chroma, "0.00"),
        ];
    }

    // The columns' names and numbers; what could not be measured is null.
    private static JsonObject Json(string file, IReadOnlyList<string> row)
    {
        var values = new JsonObject { ["file"] = file };
        foreach (var (title, cell) in Titles.Zip(row).Skip(1))
            values[title] = cell == "-" ? null
                : double.TryParse(cell, CultureInfo.InvariantCulture, out var number) ? number : cell;
        return values;
    }

    // A black frame has no sharpness to compare with.
    private static string Number(double value, string format) =>
        !double.IsFinite(value) || Math.Abs(value) >= MostShown ? "-" : value.ToString(format, CultureInfo.InvariantCulture);
}
