using WanLab.Datasets;
using WanLab.Media;

namespace WanLab.Curation.Editing.Applying;

/// <summary>Makes the plan of what is written where; it writes nothing.</summary>
internal static class ApplyPlanner
{
    // Bits of a pixel, as measured on filmed clips; noise needs more.
    private const double LosslessBits = 5, GoodBits = 0.5;
    private const int GoodQuality = 13, QualityStep = 6; // six steps of the rate factor halve the size

    /// <summary>Plans a folder.</summary>
    /// <param name="book">The decisions.</param>
    /// <param name="target">The new folder.</param>
    /// <param name="options">How edited clips are written.</param>
    /// <param name="probe">Gives the facts of a clip.</param>
    /// <param name="cancellation">Stops it between two clips.</param>
    /// <exception cref="WanLabException">The folder has no clips, or the new folder lies where it cannot.</exception>
    public static ApplyPlan Plan(CurationBook book, string target, ApplyOptions options, Func<string, MediaFacts> probe,
        CancellationToken cancellation = default)
    {
        string[] files = [.. ClipFolder.Files(book.Folder, [.. ClipLibrary.ClipExtensions, ".gif", .. ClipLibrary.ImageExtensions])];
        if (files.Length == 0) throw new WanLabException($"{book.Folder}: there are no clips in it.");
        RequireApart(book.Folder, target);
        var captions = CaptionFiles.In(book.Folder);
        var (planned, dropped, problems) = (new List<PlannedFile>(), new List<string>(), new List<string>());
        foreach (var file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            var name = Path.GetFileName(file);
            var curation = book.Of(name);
            if (curation.Dropped)
            {
                dropped.Add(name);
                continue;
            }
            try
            {
                planned.AddRange(Files(file, curation, captions.Find(file).File, options, probe));
            }
            catch (WanLabException e)
            {
                problems.Add(e.Message.StartsWith(file, StringComparison.Ordinal) ? e.Message : $"{file}: {e.Message}");
            }
        }
        var gone = book.State.Clips.Where(clip => !clip.Value.Curation.Dropped && clip.Value.Curation != new ClipCuration())
            .Select(clip => clip.Key).Except(files.Select(file => Path.GetFileName(file))).Order(StringComparer.Ordinal);
        problems.AddRange(gone.Select(name => $"{name}: has edits, but there is no such clip any more. Put it back, or: --drop it."));
        problems.AddRange(Clashes(planned));
        return new ApplyPlan
        {
            Folder = book.Folder,
            Target = target,
            Revision = book.State.Revision,
            Options = options,
            Files = planned,
            Dropped = dropped,
            Problems = problems,
        };
    }

    private static IEnumerable<PlannedFile> Files(string file, ClipCuration curation, string? caption, ApplyOptions options,
        Func<string, MediaFacts> probe)
    {
        var stem = curation.Name ?? Path.GetFileNameWithoutExtension(file);
        if (curation.IsWhole)
        {
            return
            [
                new PlannedFile
                {
                    Source = file,
                    Name = stem + Path.GetExtension(file),
                    Caption = caption,
                    Bytes = new FileInfo(file).Length,
                },
            ];
        }
        var facts = probe(file);
        if (facts.FrameCount < 2)
            throw new WanLabException("is a picture, and pictures are only kept, renamed or dropped. Reset its edits.");
        if (facts.IsVariable && PartCommand.IsNumbered(facts))
            throw new WanLabException("is interlaced or transparent, and its frame rate varies; such a clip can only be kept as it is. "
                + "Reset its edits, or convert it to a constant rate first.");
        return curation.Parts.Select((part, k) => Part(file, facts, part, options) with
        {
            Name = (part.Name ?? (curation.Parts.Count == 1 ? stem : $"{stem}-{k + 1}")) + ".mp4",
            Caption = caption,
        });
    }

    private static PlannedFile Part(string file, MediaFacts facts, ClipPart part, ApplyOptions options)
    {
        if (part.End > facts.FrameCount)
            throw new WanLabException($"has {facts.FrameCount} frames, and a part of it reaches to frame {part.End - 1}: it is another "
                + "clip than the one that was edited. Reset its edits, and edit it again.");
        List<string> notes = [];
        var asked = part.Crop ?? new PixelArea(0, 0, facts.Width, facts.Height);
        var area = CropChoice.Within(asked, facts, CurationText.Of(asked));
        if (area != asked)
            notes.Add($"{asked.Width}x{asked.Height} at {asked.X},{asked.Y} becomes {area.Width}x{area.Height} at {area.X},{area.Y}: H.264 "
                + "needs even numbers");
        if (facts.Remarks.Count > 0) notes.AddRange(facts.Remarks);
        return new PlannedFile
        {
            Source = file,
            Name = "",
            Part = part with { Crop = area, Name = null },
            Facts = facts,
            Bytes = (long)((part.End - part.First) * (double)area.Width * area.Height / 8 * (options.Lossless ? LosslessBits
                : GoodBits * Math.Pow(2, (GoodQuality - options.Quality) / (double)QualityStep))),
            Notes = notes,
        };
    }

    // Two clips of one name, or of names that some systems take for one; and two captions that differ.
    private static IEnumerable<string> Clashes(List<PlannedFile> planned)
    {
        foreach (var same in planned.GroupBy(file => CanonicalComposition.Compose(file.Name).ToLowerInvariant()).Where(g => g.Count() > 1))
            yield return $"{same.First().Name}: {Listing.Of([.. same.Select(file => Path.GetFileName(file.Source))], 3)} would all be "
                + "written to it. Rename one of them.";
        foreach (var same in planned.Where(file => file.Caption is not null).GroupBy(file => file.CaptionName!).Where(g => g.Count() > 1))
            if (same.Select(file => file.Caption).Distinct().Count() > 1)
                yield return $"{same.Key}: the captions of {Listing.Of([.. same.Select(file => Path.GetFileName(file.Source))], 3)} would "
                    + "be written to it. Rename one of the clips.";
    }

    private static void RequireApart(string folder, string target)
    {
        var (source, place) = (Path.GetFullPath(folder).TrimEnd('/'), Path.GetFullPath(target).TrimEnd('/'));
        if (source == place)
            throw new WanLabException($"--to {target}: is the folder of the originals, which stay as they are. Name another folder.");
    }
}
