using WanLab.Curation.Editing;
using WanLab.Curation.Scanning;
using WanLab.Curation.Xray;
using WanLab.Datasets;
using WanLab.Media;

namespace WanLab.Curation.Advice;

/// <summary>Looks through a folder for advice.</summary>
internal static class AdviceClips
{
    /// <summary>The clips of a folder with their edits, and the files that cannot be used.</summary>
    /// <param name="book">The edits.</param>
    /// <param name="scans">Scans of the files, by their names; null where there are none.</param>
    /// <param name="cancellation">Stops the look.</param>
    /// <exception cref="WanLabException">There are no clips, or ffmpeg is missing.</exception>
    public static (IReadOnlyList<AdviceClip> Clips, IReadOnlyList<ClipProblem> Problems) Of(CurationBook book,
        IReadOnlyDictionary<string, ClipScan>? scans = null, CancellationToken cancellation = default)
    {
        Ffmpeg.Require();
        var files = ClipFolder.Files(book.Folder, [.. ClipLibrary.ClipExtensions, ".gif"]);
        // A folder of pictures is one too.
        if (files.Length == 0) files = ClipFolder.Files(book.Folder, ClipLibrary.ImageExtensions);
        files = [.. files.Where(file => !book.Of(Path.GetFileName(file)).Dropped)];
        if (files.Length == 0) throw new WanLabException($"{book.Folder}: there are no clips in it, or all are dropped.");
        var captions = CaptionFiles.In(book.Folder);
        var media = new KnownMedia(CacheFolder.Encodings);
        var found = ClipFolder.Examine(files, file => Parts(file, book.Of(Path.GetFileName(file)), captions, media,
            scans?.GetValueOrDefault(Path.GetFileName(file)), cancellation), cancellation);
        return ([.. found.SelectMany(each => each.Found ?? [])], [.. found.Select(each => each.Problem).OfType<ClipProblem>()]);
    }

    private static List<AdviceClip> Parts(string file, ClipCuration curation, CaptionFiles captions, KnownMedia media, ClipScan? scan,
        CancellationToken cancellation)
    {
        if (ClipLibrary.HasExtension(file, [".gif"])) throw new WanLabException($"{file}: a .gif is not a clip. Convert it to .mp4.");
        var facts = media.Of(file, cancellation);
        var caption = captions.Find(file).Text is { Length: > 0 } text ? text : null;
        return [.. ClipEdits.Parts(curation, facts).Where(part => part.End <= facts.FrameCount).Select((part, k) => new AdviceClip
        {
            Name = Path.GetFileName(file) + (curation.Parts.Count > 1 ? $" part {k + 1}" : ""),
            Facts = curation.IsWhole ? facts : PartFacts.Of(facts, part),
            Caption = caption,
            Sketch = FrameSketch.Of(file, facts, part.First, part.End, cancellation),
            Scan = scan,
            From = facts.FrameTimes[part.First],
            IsPart = !curation.IsWhole,
        })];
    }
}
