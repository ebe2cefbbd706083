using WanLab.Curation.Captioning;
using WanLab.Curation.Editing;
using WanLab.Curation.Motion;
using WanLab.Datasets;
using WanLab.Jobs.Recipes;
using WanLab.Media;

namespace WanLab.Curator;

/// <summary>
/// The folder as the page reads and changes it. Every request reads the folder again, so that several pages, other programs and an editor
/// may work
/// on it at the same time; every change is on the disk before it is answered.
/// </summary>
internal sealed class CuratorSession
{
    private readonly CuratorOptions _options;
    private readonly CurationBook _book;
    private readonly Lock _writing = new();

    /// <param name="options">The folder and its clock.</param>
    /// <param name="scan">The scan of the folder.</param>
    /// <exception cref="WanLabException">There is no such folder, or no clip in it.</exception>
    public CuratorSession(CuratorOptions options, CuratorScan scan)
    {
        (_options, Scan) = (options, scan);
        _book = CurationBook.Open(options.Folder, options.Time);
        CaptionFolder.Read(options.Folder);
    }

    /// <summary>The scan of the folder.</summary>
    public CuratorScan Scan { get; }

    /// <summary>The decisions about the clips.</summary>
    public CurationBook Book => _book;

    /// <summary>The path of a clip or image in the folder; null for every other name.</summary>
    public string? File(string name) => Path.GetFileName(name) == name
        && ClipFolder.Has(name, [.. ClipLibrary.ClipExtensions, ".gif", .. ClipLibrary.ImageExtensions])
        && Path.Combine(_options.Folder, name) is var path && System.IO.File.Exists(path) ? path : null;

    /// <summary>Everything that the page shows.</summary>
    public PageState State(RecipeKind? kind, string? trigger)
    {
        var folder = CaptionFolder.Read(_options.Folder);
        var state = _book.Reload();
        var drafts = DraftBook.Read(_options.Folder);
        var motions = folder.Clips.Select(clip => (clip.Path, Scan.Of(clip.Name)?.Motion)).Where(pair => pair.Motion is not null)
            .ToDictionary(pair => pair.Path, pair => pair.Motion!);
        var flaws = CaptionLint.Of(folder, new CaptionRules { Kind = kind, TriggerWord = trigger, Motions = motions });
        var ofClip = flaws.ToLookup(flaw => flaw.File);
        var (done, total, isOver, problem) = Scan.Progress;
        return new PageState
        {
            Folder = Path.GetFullPath(_options.Folder),
            Revision = state.Revision,
            Notice = _book.Notice ?? problem,
            ScanDone = done,
            ScanTotal = isOver ? 0 : Math.Max(total, folder.Clips.Count),
            CanUndo = UndoesCaption() is not null,
            CanRedo = state.Done < state.History.Count,
            SetFlaws = [.. flaws.Where(flaw => flaw.File == "" || flaw.Kind == CaptionFlawKind.Orphan)
                .Select(flaw => flaw.File == "" ? Words(flaw) : $"{Path.GetFileName(flaw.File)} {Words(flaw)}")],
            Clips = [.. folder.Clips.Select(clip => Page(clip, state, drafts, [.. ofClip[clip.Path].Select(Words)])),
                .. folder.Unreadable.Select(clip => Page(new CaptionedClip(clip.Path, "", CaptionOrigin.NoFile), state, drafts,
                    [clip.Message]))],
        };
    }

    /// <summary>Writes a caption.</summary>
    /// <param name="clip">The clip's file name.</param>
    /// <param name="text">The new text.</param>
    /// <param name="before">The text that the page has seen.</param>
    /// <exception cref="PageConflictException">The caption was changed elsewhere.</exception>
    public void Caption(string clip, string text, string before)
    {
        lock (_writing)
        {
            var now = CaptionFolder.Read(_options.Folder).Clip(clip);
            var wanted = text.Trim();
            if (now.Text == wanted) return;
            if (now.Text != before.Trim())
                throw new PageConflictException($"{clip}: its caption was changed elsewhere. It is now: {now.Text}");
            CaptionWriter.Write(_options.Folder, CaptionEdit.Plan([now], _ => wanted), _options.Time);
        }
    }

    /// <summary>Changes many captions at once.</summary>
    /// <returns>What changes, or would.</returns>
    public IReadOnlyList<CaptionChange> Captions(BulkRequest request)
    {
        var edit = request.What switch
        {
            "replace" => CaptionEdit.Replace(request.Text, request.With),
            "prefix" => CaptionEdit.Prefix(request.Text),
            "suffix" => CaptionEdit.Suffix(request.Text),
            "add_tag" => CaptionEdit.AddTag(request.Text),
            "remove_tag" => CaptionEdit.RemoveTag(request.Text),
            "set" => _ => request.Text.Trim(),
            _ => throw new WanLabException($"There is no change of captions named '{request.What}'."),
        };
        lock (_writing)
        {
            var folder = CaptionFolder.Read(_options.Folder);
            var chosen = request.Clips.ToHashSet();
            var changes = CaptionEdit.Plan(folder.Clips.Where(clip => chosen.Contains(clip.Name)
                && (request.What == "set" || clip.Origin == CaptionOrigin.File)), clip => edit(clip.Text));
            if (request.Write) CaptionWriter.Write(_options.Folder, changes, _options.Time);
            return changes;
        }
    }

    /// <summary>Makes drafts the captions of their clips.</summary>
    public void AcceptDrafts(IReadOnlyList<string> clips)
    {
        lock (_writing) DraftBook.Read(_options.Folder).Accept(CaptionFolder.Read(_options.Folder), clips, _options.Time);
    }

    /// <summary>Changes the decisions about clips.</summary>
    /// <exception cref="CurationConflictException">One of them was changed after the page has seen it.</exception>
    public void Edit(EditRequest request)
    {
        lock (_writing)
        {
            _book.Change(request.Clips, request.Revision, (name, now) => request.What switch
            {
                "drop" => ClipEdits.Drop(now),
                "restore" => ClipEdits.Restore(now),
                "accept" => now with { Accepted = true },
                "unaccept" => now with { Accepted = false },
                "reset" => ClipEdits.Reset(now),
                "rename" => ClipEdits.Rename(now, request.Text),
                "trim" => ClipEdits.Trim(now, request.First, request.End, Facts(name), request.Part),
                "split" => ClipEdits.Split(now, request.Places, Facts(name)),
                "crop" => ClipEdits.Crop(now, request.Text == "none" ? null : CropChoice.Parse(request.Text, Facts(name)), Facts(name),
                    request.Part),
                "drop_part" => ClipEdits.Drop(now, Facts(name), request.Part),
                "suggested" => ClipSuggestions.Apply(now, Scan.Of(name) ?? throw NotScanned(name),
                    other => _book.Of(other).Dropped),
                _ => throw new WanLabException($"There is no edit named '{request.What}'."),
            });
        }
    }

    /// <summary>Takes back whatever was changed last, a caption or a decision.</summary>
    public void Undo()
    {
        lock (_writing)
        {
            _book.Reload();
            switch (UndoesCaption())
            {
                case true:
                    CaptionWriter.Undo(_options.Folder, _options.Time);
                    break;
                case false:
                    _book.Undo();
                    break;
                default:
                    throw new WanLabException("There is nothing to undo.");
            }
        }
    }

    /// <summary>Makes the decision again that was undone last.</summary>
    public void Redo()
    {
        lock (_writing)
        {
            _book.Reload();
            _book.Redo();
        }
    }

    /// <summary>The facts of a clip.</summary>
    /// <exception cref="WanLabException">The clip is not scanned yet, or cannot be used.</exception>
    public MediaFacts Facts(string name) => Scan.Of(name) is { } scan
        ? scan.Facts ?? throw new WanLabException($"{name}: cannot be used: {scan.Findings[0].Words}")
        : throw NotScanned(name);

    private static WanLabException NotScanned(string name) => new($"{name}: is not scanned yet; wait a moment.");

    // Whether the newest change is one of a caption; null where there is nothing to undo.
    private bool? UndoesCaption()
    {
        var captions = CaptionHistory.Read(_options.Folder);
        var step = CaptionHistory.Undoable(captions);
        var caption = captions.Where(change => change.Step == step).Select(change => (DateTimeOffset?)change.Time).Max();
        var decision = _book.History.Count == 0 ? null : (DateTimeOffset?)_book.History[^1].At;
        return caption is null && decision is null ? null : decision is null || caption >= decision;
    }

    private static string Words(CaptionFlaw flaw) => flaw.Detail == "" ? flaw.Words : $"{flaw.Words} ({flaw.Detail})";

    private PageClip Page(CaptionedClip clip, CurationState state, DraftBook drafts, IReadOnlyList<string> flaws)
    {
        var scan = Scan.Of(clip.Name);
        var decisions = state.Of(clip.Name);
        return new PageClip
        {
            Name = clip.Name,
            Caption = clip.Text,
            HasCaption = clip.Origin == CaptionOrigin.File,
            Draft = drafts.Open(clip.Name)?.Text,
            Flaws = flaws,
            IsDropped = decisions.Dropped,
            IsAccepted = decisions.Accepted,
            NewName = decisions.Name,
            Parts = [.. decisions.Parts.Select(part => new PagePart(part.First, part.End, part.Crop is { } crop
                ? [crop.X, crop.Y, crop.Width, crop.Height] : null))],
            IsScanned = scan is not null,
            Width = scan?.Facts?.Width ?? 0,
            Height = scan?.Facts?.Height ?? 0,
            Seconds = scan?.Facts?.Duration ?? 0,
            Frames = scan?.Facts?.FrameCount ?? 0,
            Fps = scan?.Facts?.Fps ?? 0,
            Sharpness = scan?.Sharpness,
            Motion = scan?.Motion is { } motion ? Page(motion) : null,
            Findings = [.. (scan?.Findings ?? []).Select(finding => new PageFinding(SnakeJson.Word(finding.Kind), finding.From, finding.To,
                finding.Words, finding.Area is { } area ? [area.X, area.Y, area.Width, area.Height] : null))],
            Suggestion = scan is null ? "" : ClipSuggestions.Words(decisions, scan, other => state.Of(other).Dropped),
        };
    }

    private static PageMotion Page(ClipMotion motion) => new(motion.Phrase, motion.Confidence, motion.Subject, motion.StartsAt,
        motion.EndsAt,
        [.. motion.Curve.Select(value => Math.Round(value, 4))]);
}
