using System.Text.Json.Nodes;
using WanLab.Curation.Xray;
using WanLab.Datasets;
using WanLab.Notebooks.Blocks;
using WanLab.Options;

namespace WanLab.Notebooks.Views;

/// <summary>Shows what training uses of clips.</summary>
internal static class XrayView
{
    private const int MostStrips = 40, Played = 8, MostProblems = 10;

    /// <summary>A row for each item: the first, the middle and the last frame as trained, badges and the caption.</summary>
    public static IEnumerable<Block> Of(DatasetXray xray)
    {
        List<ClipXray> played = [.. xray.Items.Take(Played)];
        return
        [
            .. Head(xray),
            new XrayBlock([.. xray.Items.Take(MostStrips)]),
            .. xray.Items.Count > MostStrips ? (Block[])[new Paragraph($"and {xray.Items.Count - MostStrips} more")] : [],
            new Fold($"Play {(xray.Items.Count > played.Count ? "the first " : "")}{Numbers.Of(played.Count, "item")} as trained",
                [new XrayVideoBlock(played)]),
            new Fold("All numbers", [Table(xray)]),
        ];
    }

    /// <summary>One item, which plays as it is trained.</summary>
    public static IEnumerable<Block> Of(ClipXray item) =>
    [
        new Heading(item.Name, $"{item.Clip.Bucket}, {Numbers.Of(item.Clip.NumFrames, "frame")}, {item.Clip.Sampling.Word()}"),
        new XrayVideoBlock([item]),
        new Facts(
        [
            ("caption", DatasetView.Caption(item.Clip)),
            ("clip", $"{item.Clip.Info.Width}x{item.Clip.Info.Height}, {Numbers.Short(Math.Round(item.Clip.Info.Duration, 2))} s"),
            ("cut away", item.Cut.ToString()),
            ("speed of motion", Numbers.Short(Math.Round(item.Clip.Speed, 2)) + (item.Clip.SpeedIsChanged ? " (1 is true to life)" : "")),
            ("shown at a time", $"{Seconds(item.Seconds)} s{(item.Clip.Sampling == FrameSampling.Native ? " from a random start" : "")}"),
            ("never shown", $"{Seconds(item.Skipped)} s"),
        ]),
        .. item.Clip.Warnings.Select(warning => new Note(NoteKind.Warning, warning)),
    ];

    /// <summary>The form for a terminal: the same as a table.</summary>
    public static IEnumerable<Block> Text(DatasetXray xray) =>
        [.. Head(xray), .. xray.Items.Count > 0 ? (Block[])[Table(xray)] : []];

    /// <summary>The same for programs.</summary>
    public static JsonObject Json(DatasetXray xray) => new()
    {
        ["folder"] = xray.Options.Path,
        ["sampling"] = xray.Options.FrameSampling.Word(),
        ["frames"] = xray.Options.NumFrames,
        ["edited"] = xray.IsEdited,
        ["items"] = new JsonArray([.. xray.Items.Select(item => (JsonNode)new JsonObject
        {
            ["item"] = item.Name,
            ["file"] = item.Clip.Path,
            ["width"] = item.Clip.Info.Width,
            ["height"] = item.Clip.Info.Height,
            ["bucket"] = item.Clip.Bucket.ToString(),
            ["frames"] = new JsonArray([.. item.Frames.Select(frame => (JsonNode)frame)]),
            ["first_frame_of_part"] = item.Edited?.Part.First,
            ["cut_away"] = new JsonObject
            {
                ["left"] = item.Cut.Left,
                ["right"] = item.Cut.Right,
                ["top"] = item.Cut.Top,
                ["bottom"] = item.Cut.Bottom,
            },
            ["scale"] = item.Scale,
            ["speed"] = item.Clip.Speed,
            ["seconds_used"] = item.Seconds,
            ["seconds_skipped"] = item.Skipped,
            ["alone"] = item.IsAlone,
            ["caption"] = item.Clip.Caption,
            ["notes"] = new JsonArray([.. item.Badges.Concat(item.Clip.Warnings).Select(note => (JsonNode)note)]),
        })]),
        ["problems"] = new JsonArray([.. xray.Problems.Select(problem => (JsonNode)problem.Message)]),
        ["warnings"] = new JsonArray([.. xray.Warnings.Select(warning => (JsonNode)warning)]),
    };

    private static IEnumerable<Block> Head(DatasetXray xray)
    {
        var clips = xray.Items.Select(item => (item.Clip.Path, item.Edited?.Part.First)).Distinct().Count();
        yield return new Heading($"X-ray of {xray.Options.Path}{(xray.IsEdited ? ", with its edits" : "")}",
            $"{Numbers.Of(xray.Items.Count, "item")} of {Numbers.Of(clips, "clip")}, {Numbers.Of(xray.Options.NumFrames, "frame")}, "
            + $"{xray.Options.FrameSampling.Word()}{(xray.Problems.Count > 0 ? $", {xray.Problems.Count} left out" : "")}");
        foreach (var warning in xray.Warnings.Take(MostProblems)) yield return new Note(NoteKind.Warning, warning);
        foreach (var problem in xray.Problems.Take(MostProblems)) yield return new Note(NoteKind.Warning, EventText.LeftOut(problem));
        if (xray.Problems.Count > MostProblems) yield return new Paragraph($"and {xray.Problems.Count - MostProblems} more left out");
    }

    private static TableBlock Table(DatasetXray xray) =>
        new(["item", "size", "bucket", "frames", "cut away", "speed", "s used", "s skipped", "look at"], [.. xray.Items.Select(Row)]);

    private static IReadOnlyList<string> Row(ClipXray item) =>
    [
        item.Name, $"{item.Clip.Info.Width}x{item.Clip.Info.Height}", item.Clip.Bucket.ToString(), $"{item.Clip.NumFrames}",
        item.Cut.ToString(), Numbers.Short(Math.Round(item.Clip.Speed, 2)), Seconds(item.Seconds), Seconds(item.Skipped),
        string.Join(", ", item.Badges),
    ];

    private static string Seconds(double seconds) => Numbers.Short(Math.Round(seconds, 2));
}
