using WanLab.Curation.Editing;
using WanLab.Datasets;

namespace WanLab.Curation.Captioning;

/// <summary>The drafts of a folder, which stay apart from its captions until they are accepted. Safe for use by many threads.</summary>
internal sealed class DraftBook
{
    private const int Version = 1;

    private readonly string _file;
    private readonly Lock _one = new();
    private IReadOnlyList<CaptionDraft> _all;

    private DraftBook(string file, IReadOnlyList<CaptionDraft> all) => (_file, _all) = (file, all);

    /// <summary>All drafts, in the order in which they were written.</summary>
    public IReadOnlyList<CaptionDraft> All
    {
        get
        {
            lock (_one) return _all;
        }
    }

    /// <summary>Reads a folder's drafts; none where there is no file.</summary>
    /// <exception cref="WanLabException">The file is damaged, or of a later version; it stays as it is.</exception>
    public static DraftBook Read(string folder)
    {
        var file = Path.Combine(folder, CurationFiles.Drafts);
        return new DraftBook(file, Load(file));
    }

    private static IReadOnlyList<CaptionDraft> Load(string file)
    {
        if (!File.Exists(file)) return [];
        var page = JsonFile.Read(file, "file of drafts; move it away to begin another",
            root => root.GetProperty("version").GetInt32() == Version ? root.Deserialize<Page>(SnakeJson.Line) : null)
            ?? throw new WanLabException($"{file}: was written by a later version of WanLab; use that one, or move the file away.");
        return page.Drafts;
    }

    /// <summary>The newest draft of a clip that is still open; null where there is none.</summary>
    public CaptionDraft? Open(string clip) => All.LastOrDefault(draft => draft.Clip == clip && draft.State == DraftState.Open);

    /// <summary>Whether this was asked and answered before for a clip of this name.</summary>
    public bool Has(string key, string clip) => All.Any(draft => draft.Key == key && draft.Clip == clip);

    /// <summary>An answer to this, for whichever clip; null where there is none.</summary>
    public CaptionDraft? Find(string key) => All.LastOrDefault(draft => draft.Key == key);

    /// <summary>Adds a draft and writes the file.</summary>
    public void Add(CaptionDraft draft) => Change(all => [.. all, draft]);

    /// <summary>Writes open drafts to the captions of their clips, as one step that can be undone.</summary>
    /// <param name="folder">The folder of clips.</param>
    /// <param name="clips">File names of clips; null for all that have an open draft.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The captions that changed.</returns>
    /// <exception cref="WanLabException">There is no such clip, or it has no open draft; no caption is changed.</exception>
    public IReadOnlyList<CaptionChange> Accept(CaptionFolder folder, IReadOnlyList<string>? clips, TimeProvider time)
    {
        var chosen = clips?.Select(folder.Clip).ToList() ?? [.. folder.Clips.Where(clip => Open(clip.Name) is not null)];
        if (chosen.FirstOrDefault(clip => Open(clip.Name) is null) is { } bare)
            throw new WanLabException($"{bare.Path}: has no draft to accept. Make one: wanlab dataset caption {folder.Path} ...");
        var drafts = chosen.ToDictionary(clip => clip.Name, clip => Open(clip.Name)!);
        var changes = CaptionEdit.Plan(chosen, clip => drafts[clip.Name].Text);
        CaptionWriter.Write(folder.Path, changes, time);
        Change(all => [.. all.Select(draft =>
            draft.State == DraftState.Open && drafts.GetValueOrDefault(draft.Clip) is { } taken && draft.Time <= taken.Time
                ? draft with { State = DraftState.Accepted } : draft)]);
        return changes;
    }

    private void Change(Func<IReadOnlyList<CaptionDraft>, IReadOnlyList<CaptionDraft>> change)
    {
        lock (_one)
        {
            // Others write drafts and accept them at the same time: the change is made to what the file holds now.
            using var held = FolderLock.Take(Path.GetDirectoryName(_file)!);
            var all = change(Load(_file));
            var page = new Page { Version = Version, Drafts = all };
            AtomicFile.Write(_file, stream => JsonSerializer.Serialize(stream, page, SnakeJson.Indented));
            _all = all;
        }
    }

    private sealed record Page
    {
        public required int Version { get; init; }

        public required IReadOnlyList<CaptionDraft> Drafts { get; init; }
    }
}
