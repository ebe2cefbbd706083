using WanLab.Curation.Captioning;
using WanLab.Curation.Editing;
using WanLab.Curation.Editing.Applying;
using WanLab.Datasets;
using WanLab.Media;

namespace WanLab.Curation;

/// <summary>
/// A folder of raw clips and what was decided about them. The decisions are kept in its curation.json; the clips stay as they are.
/// </summary>
[TypeFormatterSource]
public sealed class CuratedFolder
{
    private readonly CurationBook _book;
    private readonly TimeProvider _time;
    private readonly KnownMedia _media = new(CacheFolder.Encodings);

    internal CuratedFolder(CurationBook book, TimeProvider time) => (_book, _time) = (book, time);

    /// <summary>The folder.</summary>
    public string Folder => _book.Folder;

    /// <summary>The clips, by name, each with the decision about it in words; empty where it stays as it is.</summary>
    public IReadOnlyList<(string Clip, string Decision)> Decisions =>
        [.. Files().Select(file => Path.GetFileName(file)).Select(clip => (clip, Words(clip)))];

    /// <summary>
    /// Does what a scan suggests: splits at cuts, trims to the motion, removes bars. Clips that are dropped or accepted stay as they are.
    /// </summary>
    /// <param name="dropBad">Whether to drop clips that show the same as another, never move, are black or cannot be used.</param>
    /// <param name="clips">The clips; none means all.</param>
    public CuratedFolder Suggest(bool dropBad = false, params string[] clips)
    {
        var scans = Clips.Scan(Folder).Clips.ToDictionary(clip => Path.GetFileName(clip.Path));
        string[] chosen = clips.Length > 0 ? [.. clips.Select(Named)]
            : [.. scans.Keys.Where(clip => _book.Of(clip) is { Dropped: false, Accepted: false })];
        _book.Change(chosen, _book.State.Revision, (clip, now) => scans.TryGetValue(clip, out var scan)
            ? ClipSuggestions.Of(now, scan, dropBad ? ClipSuggestions.WhyBad(scan, other => _book.Of(other).Dropped) : null).After : now);
        return this;
    }

    /// <summary>Keeps a range of a clip: <c>2.9-8</c> in seconds, <c>f70-f190</c> in frames, <c>2.9-</c> to the end.</summary>
    public CuratedFolder Trim(string clip, string range) => Change(clip, (now, facts) =>
    {
        var (first, end) = TimeRange.Parse(range, facts);
        return ClipEdits.Trim(now, first, end, facts);
    });

    /// <summary>Makes a clip of each part: <c>3.2,5.1</c> in seconds or <c>f80,f122</c> in frames.</summary>
    public CuratedFolder Split(string clip, string places) =>
        Change(clip, (now, facts) => ClipEdits.Split(now, TimeRange.Places(places, facts), facts));

    /// <summary>Keeps a part of the picture: a shape (<c>16:9</c>, <c>1:1@left</c>), or an area (<c>640x352+0+24</c>).</summary>
    public CuratedFolder Crop(string clip, string area) =>
        Change(clip, (now, facts) => ClipEdits.Crop(now, CropChoice.Parse(area, facts), facts));

    /// <summary>Leaves clips out.</summary>
    public CuratedFolder Drop(params string[] clips) => Change(clips, now => ClipEdits.Drop(now));

    /// <summary>Takes dropped clips in again.</summary>
    public CuratedFolder Restore(params string[] clips) => Change(clips, ClipEdits.Restore);

    /// <summary>Marks clips as looked at and good.</summary>
    public CuratedFolder Accept(params string[] clips) => Change(clips, now => now with { Accepted = true });

    /// <summary>Gives the new clip another name.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="name">The name without an ending.</param>
    public CuratedFolder Rename(string clip, string name) => Change([clip], now => ClipEdits.Rename(now, name));

    /// <summary>Takes the last change of a decision back.</summary>
    /// <exception cref="WanLabException">There is nothing to undo.</exception>
    public CuratedFolder Undo()
    {
        _book.Undo();
        return this;
    }

    /// <summary>Writes a clip's caption. The one of before is kept: <c>wanlab dataset captions DIR --undo</c>.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="text">The caption.</param>
    public CuratedFolder Caption(string clip, string text)
    {
        CaptionWriter.Write(Folder, CaptionEdit.Plan([CaptionFolder.Read(Folder).Clip(clip)], _ => text), _time);
        return this;
    }

    /// <summary>Writes the clips as decided, with their captions, to a new folder. Again, it writes only what has changed.</summary>
    /// <param name="folder">The new folder.</param>
    /// <returns>A sentence about what was written.</returns>
    /// <exception cref="WanLabException">Something stands in the way; nothing is written then.</exception>
    public string Apply(string folder)
    {
        _book.Reload();
        var plan = ApplyPlanner.Plan(_book, folder, new ApplyOptions(), file => _media.Of(file, Interrupt.Token), Interrupt.Token);
        var result = ApplyRun.Run(plan, _time, null, Interrupt.Token);
        var edited = plan.Files.Count(file => file.Part is not null);
        return $"{Numbers.Of(plan.Files.Count, "clip")} in {folder}: {edited} cut or cropped, {plan.Copied} copied byte for byte, "
            + $"{plan.Files.Count(file => file.Caption is not null)} with a caption; {plan.Dropped.Count} left out"
            + string.Concat(result.Notes.Select(note => $"\n{note}"));
    }

    private CuratedFolder Change(string clip, Func<ClipCuration, MediaFacts, ClipCuration> edit)
    {
        var name = Named(clip);
        return Change([name], now => edit(now, _media.Of(Path.Combine(Folder, name), Interrupt.Token)));
    }

    private CuratedFolder Change(IReadOnlyList<string> clips, Func<ClipCuration, ClipCuration> edit)
    {
        _book.Change([.. clips.Select(Named)], _book.State.Revision, (_, now) => edit(now));
        return this;
    }

    private string Named(string clip)
    {
        List<string> names = [.. Files().Select(file => Path.GetFileName(file))];
        if (names.Contains(clip)) return clip;
        var meant = Spelling.Meant(clip, names);
        throw new WanLabException($"{Folder}: there is no clip '{clip}' in it.{(meant is null ? "" : $" Did you mean '{meant}'?")}");
    }

    private string Words(string clip)
    {
        var now = _book.Of(clip);
        return CurationText.Of(now, now.IsWhole ? null : _media.Of(Path.Combine(Folder, clip), Interrupt.Token).FrameTimes);
    }

    private string[] Files() => ClipFolder.Files(Folder, [.. ClipLibrary.ClipExtensions, .. ClipLibrary.ImageExtensions]);
}
