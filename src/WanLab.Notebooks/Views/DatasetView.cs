using WanLab.Datasets;
using WanLab.Notebooks.Blocks;
using WanLab.Notebooks.Figures;
using WanLab.Notebooks.Media;

namespace WanLab.Notebooks.Views;

/// <summary>Shows datasets and clips.</summary>
internal static class DatasetView
{
    private const int ShownClips = 8, ShownWarnings = 5, ShownRows = 40, Columns = 4;

    public static IEnumerable<Block> Of(Dataset dataset)
    {
        var clips = dataset.Clips;
        yield return new Heading($"Dataset {dataset.Options.Path}", $"{Numbers.Of(clips.Count, "item")} of {Numbers.Of(clips.Select(c => c.Path).Distinct().Count(), "clip")}{(dataset.Problems.Count > 0 ? $", {dataset.Problems.Count} left out" : "")}");
        foreach (var problem in dataset.Problems) yield return new Note(NoteKind.Error, $"left out: {problem.Message}");
        var warnings = clips.SelectMany(c => c.Warnings.Select(w => (c.Name, w))).ToList();
        foreach (var (name, warning) in warnings.Take(ShownWarnings)) yield return new Note(NoteKind.Warning, $"{name}: {warning}");
        if (warnings.Count > ShownWarnings) yield return new Note(NoteKind.Warning, $"and {warnings.Count - ShownWarnings} more of this kind; the table's column speed has them all");
        yield return new Row([new FigureBlock(PlanFigures.Buckets(clips)), new FigureBlock(PlanFigures.Durations(clips))]);
        yield return new TableBlock(["item", "size", "bucket", "frames", "of", "speed", "caption"], [.. clips.Take(ShownRows).Select(Row)]);
        if (clips.Count > ShownRows) yield return new Paragraph($"and {clips.Count - ShownRows} more");
        var watched = clips.DistinctBy(c => c.Path).Take(ShownClips).Select(c => (Video?)new Video(c.Path, c.Name, IsPreview: false)).ToList();
        yield return new Fold($"Watch {(clips.Count > watched.Count ? "the first " : "")}{Numbers.Of(watched.Count, "clip")}", [Grid(watched)]);
    }

    public static IEnumerable<Block> Of(Clip clip) =>
    [
        new Heading(clip.Name, $"{clip.Info.Width}x{clip.Info.Height}, {Numbers.Of(clip.Info.FrameCount, "frame")}, {Numbers.Short(clip.Info.Duration)} s"),
        new VideoBlock([""], [("", [new Video(clip.Path, clip.Caption, IsPreview: false)])]),
        new Facts(
        [
            ("file", clip.Path),
            ("caption", clip.Caption),
            ("trained as", $"{clip.Bucket}, {Numbers.Of(clip.NumFrames, "frame")}, {System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(clip.Sampling.ToString())}"),
            ("speed of motion", $"{Numbers.Short(clip.Speed)}{(clip.SpeedIsChanged ? " (1 is true to life)" : "")}"),
        ]),
        .. clip.Warnings.Select(warning => new Note(NoteKind.Warning, warning)),
    ];

    private static IReadOnlyList<string> Row(Clip clip) =>
    [
        clip.Name, $"{clip.Info.Width}x{clip.Info.Height}", clip.Bucket.ToString(), $"{clip.NumFrames}", $"{clip.Info.FrameCount}", Numbers.Short(Math.Round(clip.Speed, 2)), clip.Caption,
    ];

    private static VideoBlock Grid(IReadOnlyList<Video?> videos) =>
        new([.. Enumerable.Repeat("", Columns)], [.. videos.Chunk(Columns).Select(row => ("", (IReadOnlyList<Video?>)[.. row]))]);
}
