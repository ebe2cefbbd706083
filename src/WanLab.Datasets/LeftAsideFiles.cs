namespace WanLab.Datasets;

/// <summary>Says what lies in a dataset's folder and is not used, so that nobody takes it for trained.</summary>
internal static class LeftAsideFiles
{
    private const int Named = 3;

    // Notes, tables and settings that stand next to clips and that nobody expects to be trained on.
    private static readonly string[] Notes =
        [".md", ".yaml", ".yml", ".toml", ".csv", ".jsonl", ".log", ".ini", ".html", ".pdf", ".py", ".sh", ".safetensors", ".npz", ".db"];

    /// <summary>One sentence for each kind of what is left aside.</summary>
    /// <param name="all">Everything in the folder.</param>
    /// <param name="used">The files that are examined.</param>
    /// <param name="options">The dataset.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> all, IReadOnlyList<string> used, DatasetOptions options)
    {
        var seen = all.Except(used).Where(path => !Path.GetFileName(path).StartsWith('.') && !CurationFiles.Is(path)).ToList();
        var folders = seen.Where(Directory.Exists).ToList();
        var files = seen.Except(folders).ToList();
        var images = files.Where(file => ClipLibrary.HasExtension(file, ClipLibrary.ImageExtensions)).ToList();
        var stems = used.Concat(images).SelectMany(file => (string[])[Stem(file), Composed(Path.GetFileName(file))]).ToHashSet();
        var captions = files.Where(CaptionFiles.IsCaption).ToList();
        var orphans = captions.Where(file => !stems.Contains(Stem(file))).ToList();
        var others = files.Except(images).Except(captions).Where(file => !ClipLibrary.HasExtension(file, Notes)).ToList();
        return
        [
            .. Say(folders, "a folder", "folders", "folders are not searched: list each as a dataset of its own"),
            .. Say(images, "a picture", "pictures", $"pictures are used where num_frames is 1, and here it is {options.NumFrames}"),
            .. Say(orphans, "a caption without a clip", "captions without clips", "a caption has the name of its clip"),
            .. Say(others, "a file of another kind", "files of other kinds", "their endings are not those of clips"),
        ];
    }

    private static IEnumerable<string> Say(List<string> paths, string one, string many, string why)
    {
        if (paths.Count == 0) yield break;
        var names = Listing.Of([.. paths.Select(path => Path.GetFileName(path))], Named);
        yield return $"left aside: {(paths.Count == 1 ? one : $"{paths.Count} {many}")} ({names}); {why}.";
    }

    private static string Stem(string file) => Composed(Path.GetFileNameWithoutExtension(file));

    private static string Composed(string name) => CanonicalComposition.Compose(name);
}
