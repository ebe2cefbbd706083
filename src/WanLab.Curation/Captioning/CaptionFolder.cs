using WanLab.Datasets;

namespace WanLab.Curation.Captioning;

/// <summary>The captions of a folder, read without decoding a clip.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Clips">Its clips, or its images where it has no clip, by name.</param>
/// <param name="Orphans">Caption files that belong to no clip or image.</param>
/// <param name="Unreadable">Clips whose caption cannot be read, and why.</param>
internal sealed record CaptionFolder(string Path, IReadOnlyList<CaptionedClip> Clips, IReadOnlyList<string> Orphans,
    IReadOnlyList<ClipProblem> Unreadable)
{
    /// <summary>Reads a folder; subfolders are not searched.</summary>
    /// <exception cref="WanLabException">There is no such folder, or neither a clip nor an image in it.</exception>
    public static CaptionFolder Read(string folder)
    {
        if (!Directory.Exists(folder)) throw new WanLabException($"{folder}: there is no such folder. Correct the path.");
        try
        {
            return Listed(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{folder}: cannot be listed: {e.Message} Check its permissions.", e);
        }
    }

    /// <summary>The folder without the clips that are left out.</summary>
    /// <param name="isDropped">Whether the clip of a file name is left out.</param>
    public CaptionFolder Without(Func<string, bool> isDropped) => this with
    {
        Clips = [.. Clips.Where(clip => !isDropped(clip.Name))],
        Unreadable = [.. Unreadable.Where(clip => !isDropped(System.IO.Path.GetFileName(clip.Path)))],
    };

    /// <summary>The clip of a file name, with or without its ending.</summary>
    /// <exception cref="WanLabException">There is none, or more than one.</exception>
    public CaptionedClip Clip(string name)
    {
        var wanted = CanonicalComposition.Compose(System.IO.Path.GetFileName(name));
        var found = Clips.Where(clip => CanonicalComposition.Compose(clip.Name) == wanted).ToList();
        if (found.Count == 0) found = [.. Clips.Where(clip => Stem(clip.Name) == wanted)];
        if (found is [var one]) return one;
        if (found.Count > 1)
            throw new WanLabException(
                $"{Path}: '{name}' can be {Listing.Of([.. found.Select(clip => clip.Name)], 5)}; give the whole name.");
        if (Unreadable.FirstOrDefault(clip => System.IO.Path.GetFileName(clip.Path) == name) is { } bad)
            throw new WanLabException(bad.Message);
        var near = Spelling.Meant(name, Clips.Select(clip => clip.Name));
        throw new WanLabException($"{Path}: there is no clip '{name}'.{(near is null ? "" : $" Did you mean '{near}'?")}");
    }

    private static CaptionFolder Listed(string folder)
    {
        var (clips, images) = (ClipFolder.Files(folder, ClipLibrary.ClipExtensions), ClipFolder.Files(folder, ClipLibrary.ImageExtensions));
        var used = clips.Length > 0 ? clips : images;
        if (used.Length == 0)
            throw new WanLabException($"{folder}: there is neither a clip nor an image in it. Folders inside it are not searched.");
        var files = CaptionFiles.In(folder);
        var (read, unreadable) = (new List<CaptionedClip>(), new List<ClipProblem>());
        foreach (var clip in used)
        {
            try
            {
                var found = files.Find(clip);
                read.Add(new CaptionedClip(clip, found.Text, found.Origin) { File = Target(clip, found) });
            }
            catch (WanLabException e)
            {
                unreadable.Add(new ClipProblem(clip, e.Message));
            }
        }
        return new CaptionFolder(folder, read, files.Orphans([.. clips, .. images]), unreadable);
    }

    private static string Stem(string name) => CanonicalComposition.Compose(System.IO.Path.GetFileNameWithoutExtension(name));

    // An empty file of the clip is filled; a .json without a caption is not, because it holds other facts that somebody wrote.
    private static string Target(string clip, FoundCaption found) => found.File
        ?? (found.Blank is { } blank && !blank.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            ? blank : System.IO.Path.ChangeExtension(clip, ".txt"));
}
