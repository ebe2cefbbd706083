using WanLab.Curation.Motion;
using WanLab.Datasets;
using WanLab.Media;

namespace WanLab.Curation.Scanning;

/// <summary>The settings of a scan.</summary>
internal sealed record ScanRequest
{
    /// <summary>Folder where examinations are kept; null keeps none, and each clip is decoded.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>Names of the only files to scan; null scans all. Copies are found among these alone.</summary>
    public IReadOnlyCollection<string>? Only { get; init; }

    /// <summary>Receives the progress after each file.</summary>
    public IProgress<ScanProgress>? Progress { get; init; }

    /// <summary>Receives each clip as soon as it is examined, by several threads, not yet compared with the others.</summary>
    public Action<ClipScan>? Found { get; init; }
}

/// <summary>The scan of all clips of a folder.</summary>
[TypeFormatterSource]
public sealed record FolderScan
{
    /// <summary>The folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The clips in the order of their names; the images where there is no clip.</summary>
    public required IReadOnlyList<ClipScan> Clips { get; init; }

    /// <summary>Number of files that had to be decoded, because they were not known.</summary>
    public int Decoded { get; init; }

    /// <summary>Scans a folder; subfolders are not searched.</summary>
    /// <exception cref="WanLabException">The folder or ffmpeg is missing, or there is nothing to scan.</exception>
    internal static FolderScan Of(string folder, ScanRequest request, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder)) throw new WanLabException($"{folder}: there is no such folder.");
        var files = ClipFolder.Files(folder, ClipLibrary.ClipExtensions);
        if (files.Length == 0) files = ClipFolder.Files(folder, ClipLibrary.ImageExtensions);
        if (files.Length == 0)
            throw new WanLabException($"{folder}: holds neither clips ({string.Join(' ', ClipLibrary.ClipExtensions)}) nor images.");
        if (request.Only is { } only) files = [.. files.Where(file => only.Contains(Path.GetFileName(file)))];
        Ffmpeg.Require();
        var cache = request.CacheFolder is { } place ? new ScanCache(place) : null;
        var done = 0;
        var found = ClipFolder.Examine(files, Examine, cancellation,
            file => request.Progress?.Report(new ScanProgress(Interlocked.Increment(ref done), files.Length, file)));
        var duplicates = Duplicates.Of([.. files.Zip(found).Where(pair => pair.Second.Found is not null)
            .Select(pair => (pair.First, pair.Second.Found!))], cancellation);
        return new FolderScan
        {
            Folder = folder,
            Clips = [.. files.Zip(found, (file, result) => Scan(file, result.Found, result.Problem, duplicates))],
            Decoded = cache?.Decoded ?? files.Length,
        };

        ClipExamination Examine(string file)
        {
            var made = cache is null ? ClipExaminer.Examine(file, cancellation) : cache.Of(file, cancellation);
            request.Found?.Invoke(Scan(file, made, null, []));
            return made;
        }
    }

    /// <summary>The findings of earlier scans of some clips; nothing is decoded, and clips that were never scanned are left out.</summary>
    internal static IReadOnlyDictionary<string, ClipScan> Known(IEnumerable<string> files, string cacheFolder)
    {
        var cache = new ScanCache(cacheFolder);
        List<(string File, ClipExamination Found)> known = [.. files.Distinct().Select(file => (file, Found: cache.Known(file)))
            .Where(pair => pair.Found is not null).Select(pair => (pair.file, pair.Found!))];
        var duplicates = Duplicates.Of(known, CancellationToken.None);
        return known.ToDictionary(pair => pair.File, pair => Scan(pair.File, pair.Found, null, duplicates));
    }

    /// <summary>The motion of each clip that could be measured, by path.</summary>
    internal IReadOnlyDictionary<string, ClipMotion> Motions =>
        Clips.Where(clip => clip.Motion is not null).ToDictionary(clip => clip.Path, clip => clip.Motion!);

    private static ClipScan Scan(string file, ClipExamination? found, ClipProblem? problem, Dictionary<string, ClipFinding> duplicates)
    {
        if (found is null)
            return new ClipScan { Path = file, Findings = [new ClipFinding(FindingKind.Unusable, 0, 0, Reason(file, problem!.Message))] };
        return new ClipScan
        {
            Path = file,
            Facts = found.Facts,
            Motion = found.Facts.FrameCount > 1 ? found.Motion : null,
            Sharpness = double.IsNaN(found.Sharpness) ? null : found.Sharpness,
            Findings = duplicates.TryGetValue(file, out var same) ? [same, .. found.Findings] : found.Findings,
        };
    }

    private static string Reason(string file, string message) =>
        message.StartsWith(file + ": ", StringComparison.Ordinal) ? message[(file.Length + 2)..] : message;
}
