using System.CommandLine;
using System.Text.Json.Nodes;
using WanLab.Curation.Editing;
using WanLab.Curation.Xray;
using WanLab.Datasets;
using WanLab.Jobs;
using WanLab.Notebooks.Views;
using WanLab.Options;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab dataset xray</c>: the frames, the crop, the size and the speed that training will use of each clip.</summary>
internal static class DatasetXrayVerb
{
    private sealed record Options
    {
        public Argument<string[]> Places { get; } = new("DIR")
        {
            Description = "The folder of clips, and then the clip to look at; without one, all of them. With --job: only the clip.",
            Arity = new ArgumentArity(0, 2),
        };

        public Option<string?> Job { get; } = new("--job") { Description = "Read the folders as this job does." };

        public Option<int> Frames { get; } = new("--frames")
        {
            Description = "Frames of an item: 1, or 4n+1.",
            DefaultValueFactory = _ => 41,
        };

        public Option<int[]> Resolution { get; } = new("--resolution")
        {
            Description = "Side of the square of a bucket's area. May be repeated.",
            DefaultValueFactory = _ => [512],
        };

        public Option<string> Sampling { get; } = new("--sampling")
        {
            Description = "Selection of frames.",
            DefaultValueFactory = _ => FrameSampling.Native.Word(),
        };

        public Option<double> Place { get; } = new("--place")
        {
            Description = "Where a native window starts, from 0 (the first) to 1 (the last).",
        };

        public Option<bool> Edited { get; } = new("--edited")
        {
            Description = "Show the clips as they will be when their edits are applied.",
        };

        public Option<string?> Out { get; } = new("--out")
        {
            Description = "Write the clip as trained, at 16 frames a second: an .mp4 file, or a folder for several.",
        };

        public Option<bool> Json { get; } = JsonOutput.Option();

        public Options()
        {
            Sampling.AcceptOnlyFromAmong([.. Enum.GetValues<FrameSampling>().Select(sampling => sampling.Word())]);
            Place.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<double>() is not (>= 0 and <= 1)) result.AddError("--place must be 0 to 1.");
            });
        }
    }

    public static Command Create(CliContext context)
    {
        var options = new Options();
        var command = new Command("xray", "Show what training will use of each clip: frames, crop, size, speed, what is left out.")
        {
            options.Places, options.Job, options.Frames, options.Resolution, options.Sampling, options.Place, options.Edited, options.Out,
            options.Json,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(options, parsed, context, cancellation)));
        return command;
    }

    private static int Run(Options options, ParseResult parsed, CliContext context, CancellationToken cancellation)
    {
        var (folders, trigger, clip) = Folders(options, parsed);
        var edited = parsed.GetValue(options.Edited);
        List<DatasetXray> xrays = [.. folders.Select(each => edited
            ? Xrays.Edited(CurationBook.Open(each.Path, context.Time), each, trigger, cancellation)
            : Xrays.Of(each, trigger, cancellation))];
        var place = Math.Min(parsed.GetValue(options.Place), Math.BitDecrement(1.0));
        xrays = [.. xrays.Select(xray => xray with { Items = [.. xray.Items.Select(item => item with { Place = place })] })];
        if (clip is not null) xrays = Only(xrays, clip);
        if (parsed.GetValue(options.Json))
            JsonOutput.Write(context.Out, new JsonArray([.. xrays.Select(xray => (JsonNode)XrayView.Json(xray))]));
        else
            foreach (var xray in xrays) context.Out.Show(XrayView.Text(xray));
        if (parsed.GetValue(options.Out) is { } target)
            Write([.. xrays.SelectMany(xray => xray.Items)], target, context, cancellation);
        return ExitCode.Success;
    }

    private static (IReadOnlyList<DatasetOptions> Folders, string? Trigger, string? Clip) Folders(Options options, ParseResult parsed)
    {
        var places = parsed.GetValue(options.Places) ?? [];
        if (parsed.GetValue(options.Job) is { } file)
        {
            if (places.Length > 1) throw new WanLabException("With --job the folders are those of the job; name only a clip.");
            // The clips can be looked at before the model is there.
            var reading = JobReader.Read(file, []);
            var job = reading.Draft ?? JobReader.JobOrThrow(reading, file);
            return (job.Datasets, job.TriggerWord, places.FirstOrDefault());
        }
        if (places.Length == 0) throw new WanLabException("Which folder? Name a folder of clips, or a job with --job.");
        var usual = Xrays.Usual(places[0]);
        return (
        [
            usual with
            {
                NumFrames = parsed.GetValue(options.Frames),
                Resolutions = parsed.GetValue(options.Resolution) is { Length: > 0 } sides ? sides : usual.Resolutions,
                FrameSampling = Enum.GetValues<FrameSampling>().First(each => each.Word() == parsed.GetValue(options.Sampling)),
            },
        ], null, places.ElementAtOrDefault(1));
    }

    private static List<DatasetXray> Only(List<DatasetXray> xrays, string clip)
    {
        var name = Path.GetFileName(clip);
        List<DatasetXray> only = [.. xrays.Select(xray => xray with
        {
            Items = [.. xray.Items.Where(item => Path.GetFileName(item.Clip.Path) == name)],
            Problems = [.. xray.Problems.Where(problem => Path.GetFileName(problem.Path) == name)],
        })];
        if (only.Sum(xray => xray.Items.Count) > 0) return only;
        if (only.SelectMany(xray => xray.Problems).FirstOrDefault() is { } problem) throw new WanLabException(problem.Message);
        var meant = Spelling.Meant(name, xrays.SelectMany(xray => xray.Items).Select(item => Path.GetFileName(item.Clip.Path)));
        throw new WanLabException($"There is no clip '{clip}' in {string.Join(", ", xrays.Select(xray => xray.Options.Path))}."
            + $"{(meant is null ? "" : $" Did you mean '{meant}'?")}");
    }

    private static void Write(IReadOnlyList<ClipXray> items, string target, CliContext context, CancellationToken cancellation)
    {
        if (!Path.GetExtension(target).Equals(".mp4", StringComparison.OrdinalIgnoreCase))
        {
            if (File.Exists(target)) throw new WanLabException($"--out {target}: is a file, and no .mp4. Name a folder or an .mp4 file.");
            foreach (var item in items)
            {
                var file = Path.Combine(target, $"{string.Join("_", item.Name.Split(' ', '.', '#'))}.mp4");
                if (File.Exists(file))
                    throw new WanLabException($"--out: '{file}' already exists and is not overwritten; name another folder.");
                item.Write(file, cancellation);
                context.Error.WriteRaw($"written: {file}");
            }
            return;
        }
        if (items.Count > 1)
            throw new WanLabException($"--out {target}: there are {items.Count} items. Name a clip that gives one, or a folder instead "
                + "of a file.");
        NewFile.Refuse(target);
        items[0].Write(target, cancellation);
        context.Error.WriteRaw($"written: {target}");
    }
}
