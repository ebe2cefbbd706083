using System.CommandLine;
using System.Text.Json.Nodes;
using WanLab.Curation.Advice;
using WanLab.Curation.Editing;
using WanLab.Curation.Xray;
using WanLab.Jobs.Recipes;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab dataset advice DIR --kind KIND</c>: whether a set of clips is fit for its kind of LoRA.</summary>
internal static class DatasetAdviceVerb
{
    private const int NamedClips = 5;

    public static Command Create(CliContext context)
    {
        var folder = DatasetVerbs.Folder();
        var kind = new Option<string>("--kind") { Description = "What is to be learned: motion, style or character.", Required = true };
        kind.AcceptOnlyFromAmong([.. Enum.GetNames<RecipeKind>().Select(name => name.ToLowerInvariant())]);
        var frames = new Option<int>("--frames") { Description = "Frames of an item: 1, or 4n+1.", DefaultValueFactory = _ => 41 };
        var resolution = new Option<int>("--resolution")
        {
            Description = "Side of the square of the bucket's area.",
            DefaultValueFactory = _ => 512,
        };
        var quick = new Option<bool>("--quick") { Description = "Leave out what needs a scan of the clips." };
        var json = JsonOutput.Option();
        var command = new Command("advice", "Say whether the clips, with their edits, are fit for a kind of LoRA.")
        {
            folder, kind, frames, resolution, quick, json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var book = CurationBook.Open(parsed.GetRequiredValue(folder), context.Time);
            if (book.Notice is { } notice) context.Error.WriteNote($"warning: {notice}");
            var options = Xrays.Usual(book.Folder) with
            {
                NumFrames = parsed.GetValue(frames),
                Resolutions = [parsed.GetValue(resolution)],
            };
            var scan = parsed.GetValue(quick) ? null : FolderProgress.Scan(context, book.Folder, cancellation);
            var wanted = Enum.Parse<RecipeKind>(parsed.GetRequiredValue(kind), ignoreCase: true);
            var advice = DatasetAdvice.Of(wanted, book, scan, options, cancellation);
            if (parsed.GetValue(json)) JsonOutput.Write(context.Out, Json(advice));
            else Show(advice, context);
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    private static void Show(DatasetAdvice advice, CliContext context)
    {
        var width = advice.Checks.Max(check => check.Name.Length);
        foreach (var check in advice.Checks)
        {
            var grade = check.Grade == AdviceGrade.Unknown ? "?" : Word(check.Grade);
            context.Out.WriteRaw($"{grade,-4}  {check.Name.PadRight(width)}  {check.Found}");
            var indent = new string(' ', 8 + width);
            if (check.Todo != "") context.Out.WriteRaw(indent + check.Todo);
            if (check.Clips.Count > 0) context.Out.WriteRaw(indent + Listing.Of(check.Clips, NamedClips));
        }
        context.Out.WriteRaw(advice.Verdict);
    }

    private static JsonObject Json(DatasetAdvice advice) => new()
    {
        ["kind"] = Word(advice.Kind),
        ["grade"] = Word(advice.Grade),
        ["verdict"] = advice.Verdict,
        ["checks"] = new JsonArray([.. advice.Checks.Select(check => (JsonNode)new JsonObject
        {
            ["name"] = check.Name,
            ["grade"] = Word(check.Grade),
            ["found"] = check.Found,
            ["todo"] = check.Todo,
            ["clips"] = new JsonArray([.. check.Clips.Select(clip => (JsonNode)clip)]),
        })]),
    };

    private static string Word(Enum value) => value.ToString().ToLowerInvariant();
}
