using WanLab.Media;

namespace WanLab.Datasets;

/// <summary>Turns a folder of clips into training items.</summary>
internal static class ClipLibrary
{
    /// <summary>File name endings of clips, with the dot.</summary>
    public static IReadOnlyList<string> ClipExtensions { get; } =
    [
        ".mp4", ".m4v", ".mov", ".qt", ".webm", ".mkv", ".avi", ".ts", ".mts", ".m2ts", ".mpg", ".mpeg", ".vob", ".wmv", ".asf", ".flv",
        ".ogv", ".3gp", ".3g2", ".mxf", ".y4m", ".ivf",
    ];

    /// <summary>File name endings of images, which are used if an item is one frame.</summary>
    public static IReadOnlyList<string> ImageExtensions { get; } =
        [".png", ".jpg", ".jpeg", ".jfif", ".webp", ".bmp", ".tif", ".tiff", ".avif", ".heic", ".heif", ".jxl"];

    /// <summary>
    /// Decodes every clip of the folder (subfolders excluded) once. A clip that cannot be used becomes a problem
    /// of the result and never ends the scan.
    /// </summary>
    /// <param name="options">The folder and how to read it.</param>
    /// <param name="triggerWord">The job's trigger word, if it has one.</param>
    /// <param name="progress">Receives the progress after each file.</param>
    /// <param name="cancellation">Stops the scan.</param>
    /// <param name="cacheFolder">Folder where the facts of files are kept, so that a known file is not decoded again; null keeps none.
    /// </param>
    /// <exception cref="WanLabException">ffmpeg, the folder or a usable clip is missing; the message lists every problem.</exception>
    internal static Dataset Scan(DatasetOptions options, string? triggerWord = null, IProgress<ScanProgress>? progress = null,
        CancellationToken cancellation = default, string? cacheFolder = null)
    {
        CheckNumFrames(options);
        if (!Directory.Exists(options.Path))
            throw new WanLabException($"Dataset folder {options.Path}: there is no such folder. Check datasets: path in the job.");
        string[] all = [.. Entries(options.Path).Order(StringComparer.Ordinal)];
        string[] files = [.. all.Where(file => IsCandidate(file, options) && !Directory.Exists(file))];
        if (files.Length > 0) Ffmpeg.Require();

        var captions = CaptionFiles.In(options.Path);
        var known = cacheFolder is null ? null : new KnownMedia(cacheFolder);
        MediaFacts Probe(string file) => known is null ? VideoProbe.Probe(file, cancellation) : known.Of(file, cancellation);
        var done = 0;
        var found = ClipFolder.Examine(files, file => ClipItems.Make(file, options, triggerWord, captions, Probe), cancellation,
            file => progress?.Report(new ScanProgress(Interlocked.Increment(ref done), files.Length, file)));

        var dataset = new Dataset(
            options, [.. found.SelectMany(f => f.Found ?? [])], [.. found.Select(f => f.Problem).OfType<ClipProblem>()])
        {
            LeftAside = LeftAsideFiles.Of(all, files, options),
        };
        return dataset.Clips.Count > 0 ? dataset : throw NothingUsable(dataset);
    }

    private static IEnumerable<string> Entries(string folder)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(folder).ToList();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"Dataset folder {folder}: cannot be listed: {e.Message} Check its permissions.", e);
        }
    }

    /// <summary>The endings of what a dataset trains on.</summary>
    internal static IReadOnlyList<string> ExtensionsOf(DatasetOptions options) =>
        options.NumFrames == 1 ? [.. ClipExtensions, .. ImageExtensions] : ClipExtensions;

    private static bool IsCandidate(string file, DatasetOptions options) => ClipFolder.Has(file, [.. ExtensionsOf(options), ".gif"]);

    internal static bool HasExtension(string file, IReadOnlyList<string> extensions) =>
        extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);

    private static void CheckNumFrames(DatasetOptions options)
    {
        if (ClipSize.FrameComplaint(options.NumFrames) is { } complaint)
            throw new WanLabException($"Dataset folder {options.Path}: num_frames: {complaint}.");
    }

    private static WanLabException NothingUsable(Dataset dataset)
    {
        var options = dataset.Options;
        if (dataset.Problems.Count > 0)
        {
            var list = string.Join("\n  ", dataset.Problems.Select(problem => problem.Message));
            return new WanLabException($"Dataset folder {options.Path}: none of its {dataset.Problems.Count} clips can be used.\n  {list}");
        }
        var images = ClipFolder.Files(options.Path, ImageExtensions).Length;
        var hint = images > 0 && options.NumFrames > 1
            ? $" It has {images} images; images are used where num_frames is 1."
            : Directory.EnumerateDirectories(options.Path).Any() ? " Folders inside it are not searched: list each as a separate dataset."
                : "";
        return new WanLabException($"Dataset folder {options.Path}: there are no clips in it ({string.Join(' ', ClipExtensions)}).{hint}");
    }
}
