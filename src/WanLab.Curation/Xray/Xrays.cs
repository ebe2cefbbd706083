using WanLab.Curation.Editing;
using WanLab.Curation.Scanning;
using WanLab.Datasets;
using WanLab.Media;

namespace WanLab.Curation.Xray;

/// <summary>Makes X-rays of folders.</summary>
internal static class Xrays
{
    /// <summary>Stands for the caption of a clip that has none yet, where a folder is looked at without a job.</summary>
    public const string NoCaption = "(no caption yet)";

    /// <summary>Options for a folder where no job says how to read it.</summary>
    public static DatasetOptions Usual(string folder) =>
        new() { Path = folder, FrameSampling = FrameSampling.Native, DefaultCaption = NoCaption };

    /// <summary>Looks at what training will use of a folder as it is.</summary>
    /// <param name="options">The folder and how it is read.</param>
    /// <param name="trigger">The trigger word; null for none.</param>
    /// <param name="cancellation">Stops the look.</param>
    /// <exception cref="WanLabException">The folder has no usable clip.</exception>
    public static DatasetXray Of(DatasetOptions options, string? trigger = null, CancellationToken cancellation = default) =>
        Of(ClipLibrary.Scan(options, trigger, cancellation: cancellation, cacheFolder: CacheFolder.Encodings));

    /// <summary>Looks at what training will use of a folder that has been read.</summary>
    public static DatasetXray Of(Dataset dataset) =>
        Of(dataset.Options, dataset.Clips.Select(clip => new ClipXray { Clip = clip }), dataset.Problems, isEdited: false);

    /// <summary>Looks at what training will use of a folder once its edits are applied.</summary>
    /// <param name="book">The edits.</param>
    /// <param name="options">How the folder is read.</param>
    /// <param name="trigger">The trigger word; null for none.</param>
    /// <param name="cancellation">Stops the look.</param>
    public static DatasetXray Edited(CurationBook book, DatasetOptions options, string? trigger = null,
        CancellationToken cancellation = default)
    {
        Ffmpeg.Require();
        var media = new KnownMedia(CacheFolder.Encodings);
        var captions = CaptionFiles.In(book.Folder);
        var (items, problems) = (new List<ClipXray>(), new List<ClipProblem>());
        IReadOnlyList<string> endings =
            options.NumFrames == 1 ? [.. ClipLibrary.ClipExtensions, .. ClipLibrary.ImageExtensions] : ClipLibrary.ClipExtensions;
        foreach (var file in ClipFolder.Files(book.Folder, endings))
        {
            var curation = book.Of(Path.GetFileName(file));
            if (curation.Dropped) continue;
            // Each part may fail by itself: one that is too short leaves the others.
            foreach (var part in curation.IsWhole ? [null] : (IEnumerable<ClipPart?>)curation.Parts)
            {
                cancellation.ThrowIfCancellationRequested();
                try
                {
                    items.AddRange(Items(file, part, options, trigger, captions, media, cancellation));
                }
                catch (WanLabException e)
                {
                    problems.Add(new ClipProblem(file, e.Message));
                }
            }
        }
        return Of(options, items, problems, isEdited: true);
    }

    /// <summary>The middle item of a clip, or of the first of its parts.</summary>
    /// <exception cref="WanLabException">The clip gives no item; the message says why.</exception>
    internal static ClipXray Item(string file, ClipCuration decisions, DatasetOptions options, CancellationToken cancellation) =>
        Items(file, decisions.IsWhole ? null : decisions.Parts[0], options, null, CaptionFiles.In(Path.GetDirectoryName(file)!),
            new KnownMedia(CacheFolder.Encodings), cancellation).First() with { Place = 0.5 };

    private static IEnumerable<ClipXray> Items(string file, ClipPart? part, DatasetOptions options, string? trigger, CaptionFiles captions,
        KnownMedia media, CancellationToken cancellation)
    {
        var facts = media.Of(file, cancellation);
        if (part is null)
            return ClipItems.Make(file, options, trigger, captions, _ => facts).Select(clip => new ClipXray { Clip = clip });
        if (part.End > facts.FrameCount)
            throw new WanLabException($"{file}: has {facts.FrameCount} frames, and its edits reach to frame {part.End - 1}. Reset them.");
        var even = part with { Crop = CropChoice.Within(part.Crop ?? new PixelArea(0, 0, facts.Width, facts.Height), facts, file) };
        return ClipItems.Make(file, options, trigger, captions, _ => PartFacts.Of(facts, even))
            .Select(clip => new ClipXray { Clip = clip, Edited = (facts, even) });
    }

    private static DatasetXray Of(DatasetOptions options, IEnumerable<ClipXray> found, IReadOnlyList<ClipProblem> problems, bool isEdited)
    {
        var items = found.ToList();
        // Windows and mirrored copies of one clip are still one clip.
        var sizes = items.GroupBy(Size).ToDictionary(same => same.Key,
            same => same.Select(item => (item.Clip.Path, item.Edited?.Part.First)).Distinct().Count());
        var scans = FolderScan.Known(items.Select(item => item.Clip.Path), CacheFolder.Encodings);
        return new DatasetXray
        {
            Options = options,
            Items =
            [
                .. items.Select(item => item with
                {
                    IsAlone = sizes.Count > 1 && sizes[Size(item)] == 1,
                    Findings = scans.TryGetValue(item.Clip.Path, out var scan)
                        ? [.. scan.Findings.Where(finding => Shows(item, finding))] : [],
                }),
            ],
            Problems = problems,
            IsEdited = isEdited,
        };
    }

    // A crop has taken bars away, or most likely so; what is left of them shows in the item's picture.
    private static bool Shows(ClipXray item, ClipFinding finding)
    {
        if (item.Edited is not var (facts, part)) return true;
        if (finding.Kind == FindingKind.Bars && part.Crop is { } area && !CropChoice.IsWhole(area, facts)) return false;
        return finding.LiesIn(facts.FrameTimes[part.First], FrameTimesEnd.Of(facts.FrameTimes, part.End));
    }

    private static (Bucket, int) Size(ClipXray item) => (item.Clip.Bucket, item.Clip.NumFrames);
}
