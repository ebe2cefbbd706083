using System.CommandLine;
using System.Text.Json.Nodes;
using WanLab.Curation.Scanning;
using WanLab.Notebooks.Views;
using WanLab.Options;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab dataset scan</c>: looks through all clips of a folder once and says what is wrong with them and how they
/// move.</summary>
internal static class DatasetScanVerb
{
    private static readonly Dictionary<string, Func<ClipScan, IComparable>> Orders = new()
    {
        ["name"] = clip => Path.GetFileName(clip.Path),
        ["findings"] = clip => -clip.Findings.Count,
        ["motion"] = clip => -(clip.Motion?.Curve.DefaultIfEmpty().Average() ?? -1),
        ["subject"] = clip => -(clip.Motion?.Subject ?? -1),
        ["sharp"] = clip => clip.Sharpness ?? double.MaxValue,
        ["seconds"] = clip => clip.Facts?.Duration ?? 0,
        ["size"] = clip => (clip.Facts?.Width ?? 0) * (clip.Facts?.Height ?? 0),
    };

    public static Command Create(CliContext context)
    {
        var folder = DatasetVerbs.Folder();
        var only = new Option<FindingKind[]>("--only")
        {
            Description = $"Only clips with one of these, separated by commas: {string.Join(", ", Words.Of<FindingKind>())}.",
            CustomParser = result => [.. result.Tokens.SelectMany(token => token.Value.Split(',')).Select(word =>
            {
                if (Words.Of<FindingKind>().Contains(word.Trim())) return Words.Parse<FindingKind>(word.Trim());
                result.AddError($"--only: there is no finding '{word}'; there are {string.Join(", ", Words.Of<FindingKind>())}.");
                return default;
            })],
        };
        var sort = new Option<string>("--sort")
        {
            Description = $"Order of the clips: {string.Join(", ", Orders.Keys)}.", DefaultValueFactory = _ => "name",
        };
        sort.AcceptOnlyFromAmong([.. Orders.Keys]);
        var json = JsonOutput.Option();
        var command = new Command("scan", "Look through all clips once: faults, copies, and how they move.") { folder, only, sort, json };
        command.SetAction((parsed, cancellation) =>
        {
            var scan = FolderProgress.Scan(context, parsed.GetRequiredValue(folder), cancellation);
            var kinds = parsed.GetValue(only) ?? [];
            var clips = scan.Clips.Where(clip => kinds.Length == 0 || clip.Findings.Any(finding => kinds.Contains(finding.Kind)))
                .OrderBy(Orders[parsed.GetValue(sort)!]).ToList();
            if (parsed.GetValue(json)) JsonOutput.Write(context.Out, new JsonArray([.. clips.Select(clip => (JsonNode)Json(clip))]));
            else Show(scan, clips, context);
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    private static void Show(FolderScan scan, IReadOnlyList<ClipScan> clips, CliContext context)
    {
        context.Out.Show(ScanView.Table(clips));
        context.Out.WriteRaw("");
        foreach (var note in ScanView.Findings(clips)) context.Out.Show(note);
        context.Out.WriteRaw(ScanView.Units);
        context.Out.WriteRaw($"{ScanView.Sentence(scan)}.");
    }

    private static JsonObject Json(ClipScan clip) => new()
    {
        ["file"] = Path.GetFileName(clip.Path),
        ["width"] = clip.Facts?.Width,
        ["height"] = clip.Facts?.Height,
        ["seconds"] = clip.Facts?.Duration,
        ["frames"] = clip.Facts?.FrameCount,
        ["fps"] = clip.Facts?.Fps,
        ["sharpness"] = clip.Sharpness,
        ["motion"] = clip.Motion is not { } motion ? null : new JsonObject
        {
            ["camera"] = motion.Camera.Word(),
            ["speed"] = motion.Speed,
            ["confidence"] = motion.Confidence,
            ["subject"] = motion.Subject,
            ["starts_at"] = motion.StartsAt,
            ["ends_at"] = motion.EndsAt,
            ["phrase"] = motion.Phrase,
            ["curve"] = new JsonArray([.. motion.Curve.Select(value => (JsonNode)Math.Round(value, 4))]),
        },
        ["findings"] = new JsonArray([.. clip.Findings.Select(finding => (JsonNode)new JsonObject
        {
            ["kind"] = finding.Kind.Word(),
            ["from"] = Math.Round(finding.From, 3),
            ["to"] = Math.Round(finding.To, 3),
            ["area"] = finding.Area is not { } area ? null : new JsonArray(area.X, area.Y, area.Width, area.Height),
            ["other"] = finding.Other,
            ["words"] = finding.Words,
        })]),
    };
}
