using System.Collections.Frozen;
using WanLab.Curation.Xray;
using WanLab.Datasets;
using WanLab.Notebooks.Blocks;
using WanLab.Notebooks.Figures;
using WanLab.Notebooks.Media;
using WanLab.Options;

namespace WanLab.Notebooks.Views;

/// <summary>Shows datasets and clips.</summary>
internal static class DatasetView
{
    private const int ShownClips = 8, ShownWarnings = 5, ShownRows = 40, Columns = 4, NamedClips = 3;

    public static IEnumerable<Block> Of(Dataset dataset)
    {
        var files = dataset.Clips.DistinctBy(c => c.Path).ToList();
        var watched = files.Take(ShownClips).Select(c => (Video?)new Video(c.Path, c.Name, IsPreview: false)).ToList();
        var first = files.Count > watched.Count ? "the first " : "";
        // Windows of a clip and its mirrored copies look alike: the first stands for them.
        List<ClipXray> seen = [.. Xrays.Of(dataset).Items.DistinctBy(item => item.Clip.Path)];
        return
        [
            .. Summary(dataset, ShownWarnings), new XrayBlock([.. seen.Take(ShownRows)]),
            .. seen.Count > ShownRows ? (Block[])[new Paragraph($"and {seen.Count - ShownRows} more")] : [],
            new Fold("All items", [.. Items(dataset, FrozenSet<string>.Empty, ShownRows)]) { InText = true },
            new Fold($"Watch {first}{Numbers.Of(watched.Count, "clip")}", [Grid(watched)]),
        ];
    }

    /// <summary>The clips found and left out, how the items are spread, and at most this many warnings.</summary>
    public static IEnumerable<Block> Summary(Dataset dataset, int mostWarnings)
    {
        var (clips, leftOut) = (dataset.Clips, dataset.Problems.Count > 0 ? $", {dataset.Problems.Count} left out" : "");
        var files = clips.Select(c => c.Path).Distinct().Count();
        var counts = $"{Numbers.Of(clips.Count, "item")} of {Numbers.Of(files, "clip")}{leftOut}";
        yield return new Heading($"Dataset {dataset.Options.Path}", counts);
        foreach (var note in Notes(dataset, mostWarnings)) yield return note;
        yield return new Row([new FigureBlock(PlanFigures.Buckets(clips)), new FigureBlock(PlanFigures.Durations(clips))]);
    }

    /// <summary>One sentence: how many clips, how long, how large, and what they become.</summary>
    public static string Sentence(Dataset dataset)
    {
        var clips = dataset.Clips;
        var files = clips.DistinctBy(clip => clip.Path).ToList();
        if (files.Count == 0) return $"{dataset.Options.Path}: no clip can be used.";
        var (shortest, longest) = (files.Min(clip => clip.Info.Duration), files.Max(clip => clip.Info.Duration));
        var (from, to) = (Numbers.Short(Math.Round(shortest, 1)), Numbers.Short(Math.Round(longest, 1)));
        var length = files.All(clip => clip.Info.FrameCount == 1) ? "images" : $"{(from == to ? to : $"{from} to {to}")} s long";
        var sizes = clips.GroupBy(clip => $"{clip.Bucket}x{clip.NumFrames}").OrderByDescending(size => size.Count())
            .Select(size => $"{Numbers.Count(size.Count())} of {size.Key}");
        return $"{dataset.Options.Path}: {Numbers.Of(files.Count, "clip")}, {length}, {CaptionCount(files)}; trained as "
            + $"{Numbers.Of(clips.Count, "item")} ({string.Join(", ", sizes)}), {dataset.Options.FrameSampling.Word()}.";
    }

    // What a default says of clips is seldom true of all, so it is never counted among captions.
    private static string CaptionCount(IReadOnlyList<Clip> files)
    {
        var (own, empty) = (files.Where(IsOwn).ToList(), files.Count(clip => clip.CaptionOrigin == CaptionOrigin.EmptyFile));
        var different = Numbers.Of(own.DistinctBy(clip => clip.Caption).Count(), "caption");
        return own.Count == files.Count ? different
            : $"{Numbers.Of(own.Count, "caption")} of their own, {files.Count - own.Count} by default"
                + (empty > 0 ? $" ({empty} because the file is empty)" : "");
    }

    /// <summary>The caption, marked where it is none that somebody wrote for the clip.</summary>
    public static string Caption(Clip clip) => IsOwn(clip) || clip.Caption == Xrays.NoCaption ? clip.Caption : $"(default) {clip.Caption}";

    /// <summary>Whether the caption was written for the clip.</summary>
    public static bool IsOwn(Clip clip) => clip.CaptionOrigin == CaptionOrigin.File;

    /// <summary>The files that were left out, and at most this many warnings about clips.</summary>
    public static IEnumerable<Note> Notes(Dataset dataset, int mostWarnings)
    {
        var clips = dataset.Clips;
        foreach (var problem in dataset.Problems) yield return new Note(NoteKind.Warning, EventText.LeftOut(problem));
        foreach (var aside in dataset.LeftAside) yield return new Note(NoteKind.Warning, aside);
        // Mirrored copies and windows of a clip share its warnings, and many clips may share one.
        var warnings = clips.SelectMany(c => c.Warnings.Select(warning => (File: Path.GetFileName(c.Path), warning))).Distinct()
            .GroupBy(pair => pair.warning, pair => pair.File).ToList();
        foreach (var shared in warnings.Take(mostWarnings)) 
            yield return new Note(NoteKind.Warning, $"{Listing.Others([.. shared], NamedClips, "clips")}: {shared.Key}");
        if (warnings.Count - mostWarnings is > 0 and var more)
            yield return new Note(NoteKind.Warning, $"and {more} more of this kind; the table's column speed has them all");
    }

    /// <summary>A row for each item.</summary>
    /// <param name="dataset">The items.</param>
    /// <param name="heldOut">Files that are not trained on.</param>
    /// <param name="most">The most rows to show.</param>
    public static IEnumerable<Block> Items(Dataset dataset, IReadOnlySet<string> heldOut, int most)
    {
        var marks = dataset.Clips.Any(clip => heldOut.Contains(clip.Path));
        string[] columns = ["item", "size", "bucket", "frames", "of", "fps", "speed", .. marks ? ["use"] : (string[])[], "caption"];
        var shown = dataset.Clips.Take(most).ToList();
        yield return new TableBlock(columns, [.. shown.Select(Row)])
        {
            Quiet = shown.Index().Where(clip => !IsOwn(clip.Item)).Select(clip => (clip.Index, columns.Length - 1)).ToHashSet(),
        };
        if (dataset.Clips.Count > most) yield return new Paragraph($"and {dataset.Clips.Count - most} more");

        IReadOnlyList<string> Row(Clip clip) =>
        [
            clip.Name, $"{clip.Info.Width}x{clip.Info.Height}", clip.Bucket.ToString(), $"{clip.NumFrames}", $"{clip.Info.FrameCount}",
            Numbers.Short(clip.Info.Fps), Numbers.Short(Math.Round(clip.Speed, 2)),
            .. marks ? [heldOut.Contains(clip.Path) ? "held out" : "training"] : (string[])[], Caption(clip),
        ];
    }

    public static IEnumerable<Block> Of(Clip clip)
    {
        var info = clip.Info;
        return
        [
            new Heading(clip.Name, $"{info.Width}x{info.Height}, {Numbers.Of(info.FrameCount, "frame")}, {Numbers.Short(info.Duration)} s"),
            new VideoBlock([""], [("", [new Video(clip.Path, clip.Caption, IsPreview: false)])]),
            new Facts(
            [
                ("file", clip.Path),
                ("caption", Caption(clip)),
                ("trained as", $"{clip.Bucket}, {Numbers.Of(clip.NumFrames, "frame")}, {clip.Sampling.Word()}"),
                ("speed of motion", $"{Numbers.Short(clip.Speed)}{(clip.SpeedIsChanged ? " (1 is true to life)" : "")}"),
            ]),
            .. clip.Warnings.Select(warning => new Note(NoteKind.Warning, warning)),
        ];
    }

    private static VideoBlock Grid(IReadOnlyList<Video?> videos) =>
        new([.. Enumerable.Repeat("", Columns)], [.. videos.Chunk(Columns).Select(row => ("", (IReadOnlyList<Video?>)[.. row]))]);
}
