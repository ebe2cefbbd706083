using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using WanLab.Curation.Editing;
using WanLab.Curation.Editing.Applying;
using WanLab.Media;
using WanLab.Notebooks.Blocks;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab dataset apply DIR --to NEW</c>: writes the clips as they were decided on to a new folder.</summary>
internal static class DatasetApplyVerb
{
    private const int MostRows = 60;

    public static Command Create(CliContext context)
    {
        var folder = DatasetVerbs.Folder();
        var target = new Option<string>("--to") { Description = "The new folder; it is made where it is missing.", Required = true };
        var dry = new Option<bool>("--dry-run") { Description = "Show the plan and write nothing." };
        var lossless = new Option<bool>("--lossless")
        {
            Description = "Keep every pixel of what is cut exactly; about ten times as large.",
        };
        var quality = new Option<int>("--quality")
        {
            Description = $"Constant rate factor of what is cut, from {ApplyOptions.Best} (best, large) to {ApplyOptions.Worst}.",
            DefaultValueFactory = _ => new ApplyOptions().Quality,
        };
        quality.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < ApplyOptions.Best or > ApplyOptions.Worst)
                result.AddError($"--quality must be {ApplyOptions.Best} to {ApplyOptions.Worst}.");
        });
        var json = JsonOutput.Option();
        var command = new Command("apply", "Write the clips, cut and cropped as decided, to a new folder; the originals stay.")
        {
            folder, target, dry, lossless, quality, json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var book = CurationBook.Open(parsed.GetRequiredValue(folder), context.Time);
            if (book.Notice is { } notice) throw new WanLabException(notice);
            Ffmpeg.Require();
            var media = new KnownMedia(CacheFolder.Encodings);
            var plan = ApplyPlanner.Plan(book, parsed.GetRequiredValue(target),
                new ApplyOptions { Lossless = parsed.GetValue(lossless), Quality = parsed.GetValue(quality) },
                file => media.Of(file, cancellation), cancellation);
            if (parsed.GetValue(json)) JsonOutput.Write(context.Out, Json(plan));
            else Show(plan, context);
            foreach (var problem in plan.Problems) context.Error.WriteError(problem);
            if (plan.Problems.Count > 0) return Task.FromResult(ExitCode.UserError);
            if (parsed.GetValue(dry)) return Task.FromResult(ExitCode.Success);
            RequireRoom(plan);
            Say(Work(plan, context, cancellation), plan, parsed.GetValue(json) ? context.Error : context.Out);
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    private static void Show(ApplyPlan plan, CliContext context)
    {
        var edited = plan.Files.Where(file => file.Part is not null).ToList();
        if (edited.Count > 0)
            context.Out.Show(new TableBlock(["new clip", "of", "what", "size", "seconds", "MiB, about"],
                [.. edited.Take(MostRows).Select(Row)]));
        if (edited.Count > MostRows) context.Out.WriteRaw($"and {edited.Count - MostRows} more");
        foreach (var file in plan.Files)
            foreach (var note in file.Notes) context.Out.WriteRaw($"{file.Name}: {note}");
        var renamed = plan.Files.Where(file => file.Part is null && file.Name != Path.GetFileName(file.Source))
            .Select(file => $"{Path.GetFileName(file.Source)} as {file.Name}").ToList();
        if (renamed.Count > 0) context.Out.WriteRaw($"copied under another name: {Listing.Of(renamed, 20)}");
        if (plan.Dropped.Count > 0) context.Out.WriteRaw($"left out: {Listing.Of(plan.Dropped, 20)}");
        context.Out.WriteRaw($"{Numbers.Of(plan.Files.Count, "clip")} to {plan.Target}: {edited.Count} cut or cropped "
            + $"({(plan.Options.Lossless ? "lossless" : $"H.264, rate factor {plan.Options.Quality}")}), "
            + $"{plan.Copied} copied byte for byte, {plan.Files.Count(file => file.Caption is not null)} with a caption; about "
            + Numbers.Size(plan.Bytes));

        static IReadOnlyList<string> Row(PlannedFile file)
        {
            var (part, facts) = (file.Part!, file.Facts!);
            var crop = part.Crop is { } area && !CropChoice.IsWhole(area, facts) ? area : (PixelArea?)null;
            var seconds = FrameTimesEnd.Of(facts.FrameTimes, part.End) - facts.FrameTimes[part.First];
            return
            [
                file.Name, Path.GetFileName(file.Source), CurationText.Of(part with { Crop = crop }, facts.FrameTimes),
                $"{part.Crop!.Value.Width}x{part.Crop.Value.Height}", Numbers.Short(Math.Round(seconds, 2)),
                Numbers.Short(Math.Round(file.Bytes / (double)(1 << 20), 1)),
            ];
        }
    }

    private static JsonObject Json(ApplyPlan plan) => new()
    {
        ["folder"] = plan.Folder,
        ["to"] = plan.Target,
        ["revision"] = plan.Revision,
        ["bytes"] = plan.Bytes,
        ["dropped"] = new JsonArray([.. plan.Dropped.Select(name => (JsonNode)name)]),
        ["problems"] = new JsonArray([.. plan.Problems.Select(problem => (JsonNode)problem)]),
        ["clips"] = new JsonArray([.. plan.Files.Select(file => (JsonNode)new JsonObject
        {
            ["clip"] = file.Name,
            ["of"] = Path.GetFileName(file.Source),
            ["copied"] = file.Part is null,
            ["first"] = file.Part?.First,
            ["end"] = file.Part?.End,
            ["width"] = file.Part?.Crop?.Width,
            ["height"] = file.Part?.Crop?.Height,
            ["caption"] = file.CaptionName,
            ["bytes"] = file.Bytes,
            ["notes"] = new JsonArray([.. file.Notes.Select(note => (JsonNode)note)]),
        })]),
    };

    private static void RequireRoom(ApplyPlan plan)
    {
        var place = Path.GetFullPath(plan.Target);
        while (!Directory.Exists(place)) place = Path.GetDirectoryName(place)!;
        var free = new DriveInfo(place).AvailableFreeSpace;
        if (plan.Bytes > free && !File.Exists(CurationFile.In(plan.Target)))
            throw new WanLabException($"--to {plan.Target}: about {Numbers.Size(plan.Bytes)} are needed, and {Numbers.Size(free)} are "
                + "free. Free some space, or name a folder on another disk.");
    }

    private static ApplyResult Work(ApplyPlan plan, CliContext context, CancellationToken cancellation)
    {
        if (!context.Error.Profile.Capabilities.Interactive)
            return ApplyRun.Run(plan, context.Time, new Lines(context.Error), cancellation);
        return context.Error.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn()).Start(bars =>
        {
            var bar = bars.AddTask("clips", maxValue: plan.Files.Count);
            return ApplyRun.Run(plan, context.Time, new Bar(bar), cancellation);
        });
    }

    private static void Say(ApplyResult result, ApplyPlan plan, IAnsiConsole console)
    {
        if (result.Removed.Count > 0) console.WriteRaw($"removed, as an earlier plan had written them: {Listing.Of(result.Removed, 20)}");
        foreach (var note in result.Notes) console.WriteRaw(note);
        console.WriteRaw($"{result.Written.Count} written, {result.Kept} were there. Next: wanlab recipe KIND --dataset {plan.Target}");
    }

    private static string Text(ApplyProgress progress) =>
        $"{progress.Done} of {progress.Total}{(progress.Left is { Ticks: > 0 } left ? $", about {Numbers.Duration(left)} left" : "")}";

    private sealed class Lines(IAnsiConsole console) : IProgress<ApplyProgress>
    {
        public void Report(ApplyProgress value) => console.WriteRaw($"{Text(value)}: {value.File}");
    }

    private sealed class Bar(ProgressTask bar) : IProgress<ApplyProgress>
    {
        public void Report(ApplyProgress value)
        {
            bar.Value = value.Done;
            bar.Description = Text(value).EscapeMarkup();
        }
    }
}
