using System.CommandLine;
using System.Text.Json.Nodes;
using WanLab.Curation.Captioning;
using WanLab.Curation.Editing;
using WanLab.Curation.Motion;
using WanLab.Notebooks.Blocks;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab dataset lint</c>: finds captions that are missing, wrong, or unfit for what is to be learned.</summary>
internal static class DatasetLintVerb
{
    public static Command Create(CliContext context)
    {
        var (folder, kind, trigger) = (DatasetVerbs.Folder(), CaptionOptions.Kind(), CaptionOptions.Trigger());
        var model = CaptionOptions.Model();
        var word = new Option<string?>("--class") { Description = "What the character is, if it is none of the usual words." };
        var scan = new Option<bool>("--scan")
        {
            Description = "Scan the clips first, so that every caption is held against the measured motion.",
        };
        var json = JsonOutput.Option();
        var command = new Command("lint", "Find captions that are missing, wrong, or unfit for what is to be learned.")
        {
            folder, kind, trigger, word, model, scan, json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            using var tokenizer = CaptionOptions.Tokenizer(parsed.GetValue(model));
            var captions = CaptionFolder.Read(parsed.GetRequiredValue(folder));
            var book = CurationBook.Open(captions.Path, context.Time);
            if (book.Notice is { } notice) context.Error.WriteNote($"warning: {notice}");
            captions = captions.Without(clip => book.Of(clip).Dropped);
            var flaws = CaptionLint.Of(captions, new CaptionRules
            {
                Kind = CaptionOptions.KindOf(parsed.GetValue(kind)),
                TriggerWord = parsed.GetValue(trigger),
                ClassWord = parsed.GetValue(word),
                Tokenizer = tokenizer,
                Motions = Motions(captions, parsed.GetValue(scan), context, cancellation),
            });
            if (parsed.GetValue(json)) JsonOutput.Write(context.Out, Json(captions, flaws));
            else Show(captions, flaws, context);
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    private static IReadOnlyDictionary<string, ClipMotion> Motions(CaptionFolder captions, bool measure, CliContext context,
        CancellationToken cancellation)
    {
        if (!measure) return new MeasuredMotions(CacheFolder.Encodings).Known(captions.Clips.Select(clip => clip.Path));
        var scan = FolderProgress.Scan(context, captions.Path, cancellation);
        foreach (var clip in scan.Clips.Where(clip => clip.Facts is null))
            context.Error.WriteNote($"not measured: {Path.GetFileName(clip.Path)}: {clip.Findings[0].Words}");
        return scan.Motions;
    }

    private static void Show(CaptionFolder captions, IReadOnlyList<CaptionFlaw> flaws, CliContext context)
    {
        foreach (var line in CaptionFlaw.Lines(flaws, named: 8)) context.Out.Show(new Note(NoteKind.Warning, line));
        var clips = Numbers.Of(captions.Clips.Count + captions.Unreadable.Count, "clip");
        var kinds = flaws.Select(flaw => (flaw.Kind, flaw.Words)).Distinct().Count();
        context.Out.WriteRaw(kinds == 0 ? $"ok: {clips}" : $"{Numbers.Of(kinds, "warning")}: {clips}");
    }

    private static JsonObject Json(CaptionFolder captions, IReadOnlyList<CaptionFlaw> flaws) => new()
    {
        ["folder"] = captions.Path,
        ["clips"] = captions.Clips.Count + captions.Unreadable.Count,
        ["flaws"] = new JsonArray([.. flaws.Select(flaw => (JsonNode)new JsonObject
        {
            ["kind"] = SnakeJson.Word(flaw.Kind),
            ["file"] = flaw.File == "" ? null : Path.GetFileName(flaw.File),
            ["words"] = flaw.Words,
            ["detail"] = flaw.Detail == "" ? null : flaw.Detail,
        })]),
    };
}
