using System.CommandLine;
using System.Text.Json.Nodes;
using WanLab.Curation.Editing;
using WanLab.Curation.Scanning;
using WanLab.Datasets;
using WanLab.Media;
using WanLab.Notebooks.Blocks;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab dataset edit DIR CLIP</c>: notes down what is to be done with clips; the clips themselves stay as they are.</summary>
internal static class DatasetEditVerb
{
    private const string Motion = "motion", Cuts = "cuts", Bars = "bars";

    private sealed record Options
    {
        public Argument<string> Folder { get; } = DatasetVerbs.Folder();

        public Argument<string[]> Clips { get; } = new("CLIPS")
        {
            Description = "The clips to edit, by their names in the folder. None lists all decisions.",
            Arity = ArgumentArity.ZeroOrMore,
        };

        public Option<string?> Trim { get; } = new("--trim")
        {
            Description = "Keep a range: 2.9-8 (seconds), f70-f190 (frames, the last one not included), 2.9- (to the end), or "
                + $"{Motion}: from where it starts to move to where it ends.",
        };

        public Option<string?> Split { get; } = new("--split")
        {
            Description = $"Split into parts at these places: 3.2,5.1 or f80,f122; or at all {Cuts} that a scan finds.",
        };

        public Option<string?> Crop { get; } = new("--crop")
        {
            Description = $"Keep a part of the picture: a shape ({string.Join(", ", CropChoice.Shapes)}), placed as in 1:1@left or "
                + $"9:16@30%; an area, as in 640x352+0+24; {Bars}: without those that a scan finds; or none.",
        };

        public Option<bool> Suggested { get; } = new("--suggested")
        {
            Description = $"All of --split {Cuts}, --trim {Motion} and --crop {Bars}.",
        };

        public Option<bool> DropBad { get; } = new("--drop-bad")
        {
            Description = "With --suggested: also drop clips that show the same as another, never move, are black or cannot be used.",
        };

        public Option<bool> Everything { get; } = new("--all")
        {
            Description = "Edit every clip; --suggested then leaves clips alone that are dropped or accepted.",
        };

        public Option<int?> Part { get; } = new("--part") { Description = "Do it to this part of the clip, from 1." };

        public Option<string?> Rename { get; } = new("--rename")
        {
            Description = "Name of the new clip, or of its part, without an ending.",
        };

        public Option<bool> Drop { get; } = new("--drop") { Description = "Leave the clip out, or the part that --part names." };

        public Option<bool> Restore { get; } = new("--restore") { Description = "Take a dropped clip in again, with its edits." };

        public Option<bool> Reset { get; } = new("--reset") { Description = "Forget all edits of the clip." };

        public Option<bool> Accept { get; } = new("--accept") { Description = "Mark the clip as looked at and good." };

        public Option<bool> Undo { get; } = new("--undo") { Description = "Take the last change back." };

        public Option<bool> Redo { get; } = new("--redo") { Description = "Make the change again that was taken back last." };

        public Option<bool> List { get; } = new("--list") { Description = "Show the decisions about all clips." };

        public Option<bool> History { get; } = new("--history") { Description = "Show the changes, the newest first." };

        public Option<bool> Json { get; } = JsonOutput.Option();

        public IEnumerable<Option> All =>
        [
            Trim, Split, Crop, Suggested, DropBad, Everything, Part, Rename, Drop, Restore, Reset, Accept, Undo, Redo, List,
            History, Json,
        ];
    }

    public static Command Create(CliContext context)
    {
        var options = new Options();
        var command = new Command("edit", "Trim, split, crop, rename, drop or restore clips: noted in curation.json, applied by 'apply'.")
        {
            options.Folder, options.Clips,
        };
        foreach (var option in options.All) command.Options.Add(option);
        command.SetAction((parsed, cancellation) => Task.FromResult(new Run(options, parsed, context, cancellation).Do()));
        return command;
    }

    private sealed class Run(Options options, ParseResult parsed, CliContext context, CancellationToken cancellation)
    {
        private readonly CurationBook _book = CurationBook.Open(parsed.GetRequiredValue(options.Folder), context.Time);
        private readonly KnownMedia _media = new(CacheFolder.Encodings);
        private readonly List<string> _done = [];
        private Dictionary<string, ClipScan> _scans = [];

        public int Do()
        {
            if (_book.Notice is { } notice) context.Error.WriteNote($"warning: {notice}");
            var clips = Chosen();
            var (undo, redo) = (parsed.GetValue(options.Undo), parsed.GetValue(options.Redo));
            if (IsEdit && (undo || redo)) throw new WanLabException("--undo and --redo stand alone, without edits.");
            if (IsEdit && clips.Count == 0) throw new WanLabException("Which clip? Name it after the folder.");
            if (undo || redo)
            {
                if (undo && redo) throw new WanLabException("--undo and --redo contradict each other.");
                var change = undo ? _book.History is [.., var last] ? last : null
                    : _book.State.History.ElementAtOrDefault(_book.State.Done);
                if (undo) _book.Undo();
                else _book.Redo();
                if (!parsed.GetValue(options.Json)) context.Out.WriteRaw($"{(undo ? "undone" : "redone")}: {change!.Words}");
                clips = [.. change!.Clips.Select(each => each.Clip)];
            }
            else if (IsEdit)
            {
                if (NeedsScan)
                    // A copy is found among all clips only; the other suggestions need no more than the clips themselves.
                    _scans = FolderProgress.Scan(context, _book.Folder, cancellation, parsed.GetValue(options.DropBad) ? null : clips).Clips
                        .ToDictionary(clip => Path.GetFileName(clip.Path));
                // Made before the file is locked, as it may take its time; if a clip is changed meanwhile, that is a conflict.
                var edited = clips.ToDictionary(clip => clip, clip => Edited(clip, _book.Of(clip)));
                _book.Change(clips, _book.State.Revision, (clip, _) => edited[clip]);
                if (!parsed.GetValue(options.Json)) foreach (var line in _done) context.Out.WriteRaw(line);
            }
            Show(clips);
            return ExitCode.Success;
        }

        private List<string> Chosen()
        {
            List<string> named = [.. (parsed.GetValue(options.Clips) ?? []).Select(Named).Distinct()];
            if (parsed.GetValue(options.DropBad) && !parsed.GetValue(options.Suggested))
                throw new WanLabException("--drop-bad is a part of --suggested; give both.");
            if (!parsed.GetValue(options.Everything)) return named;
            if (named.Count > 0) throw new WanLabException("Name clips or give --all, not both.");
            if (!IsEdit) throw new WanLabException("--all says which clips; what is to be done with them?");
            var all = Files.Select(file => Path.GetFileName(file));
            return [.. parsed.GetValue(options.Suggested) ? all.Where(clip => _book.Of(clip) is { Dropped: false, Accepted: false }) : all];
        }

        private bool NeedsScan => parsed.GetValue(options.Suggested) || parsed.GetValue(options.Crop) == Bars
            || parsed.GetValue(options.Trim) == Motion || parsed.GetValue(options.Split) == Cuts;

        private bool IsEdit => ((Option[])[options.Trim, options.Split, options.Crop, options.Suggested, options.Part,
            options.Rename, options.Drop, options.Restore, options.Reset, options.Accept])
            .Any(option => parsed.GetResult(option) is { Implicit: false });

        private ClipCuration Edited(string clip, ClipCuration now)
        {
            var facts = new Lazy<MediaFacts>(() => Facts(clip));
            var part = parsed.GetValue(options.Part);
            try
            {
                if (parsed.GetValue(options.Reset)) now = ClipEdits.Reset(now);
                if (parsed.GetValue(options.Restore)) now = ClipEdits.Restore(now);
                if (NeedsScan) now = Scanned(clip, now, part);
                if (parsed.GetValue(options.Trim) is { } trim and not Motion)
                {
                    var (first, end) = TimeRange.Parse(trim, facts.Value);
                    now = ClipEdits.Trim(now, first, end, facts.Value, part);
                }
                if (parsed.GetValue(options.Split) is { } split and not Cuts)
                    now = ClipEdits.Split(now, TimeRange.Places(split, facts.Value), facts.Value);
                if (parsed.GetValue(options.Crop) is { } crop and not Bars)
                    now = ClipEdits.Crop(now, crop == "none" ? null : Crop(clip, crop, facts.Value), facts.Value, part);
                if (parsed.GetValue(options.Rename) is { } name)
                    now = ClipEdits.Rename(now, name, part is null ? null : facts.Value, part);
                if (parsed.GetValue(options.Drop)) now = ClipEdits.Drop(now, part is null ? null : facts.Value, part);
                return parsed.GetValue(options.Accept) ? now with { Accepted = true } : now;
            }
            catch (WanLabException e) when (!e.Message.Contains(clip, StringComparison.Ordinal))
            {
                throw new WanLabException($"{clip}: {e.Message}", e);
            }
        }

        // What follows from the scan, before what is given in numbers.
        private ClipCuration Scanned(string clip, ClipCuration now, int? part)
        {
            if (!_scans.TryGetValue(clip, out var scan))
            {
                _done.Add($"{clip}: stays as it is: pictures next to clips are not scanned");
                return now;
            }
            if (parsed.GetValue(options.Suggested))
            {
                var whyDrop = parsed.GetValue(options.DropBad) ? ClipSuggestions.WhyBad(scan, other => _book.Of(other).Dropped) : null;
                var (after, words) = ClipSuggestions.Of(now, scan, whyDrop);
                _done.AddRange(words.Select(line => $"{clip}: {line}"));
                return after;
            }
            if (parsed.GetValue(options.Split) == Cuts) now = Said(SuggestedEdits.SplitAtCuts(now, scan));
            if (parsed.GetValue(options.Trim) == Motion) now = Said(SuggestedEdits.TrimToMotion(now, scan, part));
            return parsed.GetValue(options.Crop) == Bars ? Said(SuggestedEdits.RemoveBars(now, scan)) : now;

            ClipCuration Said(SuggestedEdit edit)
            {
                _done.Add($"{clip}: {edit.Words}");
                return edit.After;
            }
        }

        private PixelArea Crop(string clip, string text, MediaFacts facts)
        {
            var area = CropChoice.Parse(text, facts);
            if (text.Contains('x') && CurationText.Of(area) != $"crop {text}")
                context.Error.WriteNote(
                    $"{clip}: {text} becomes {area.Width}x{area.Height}+{area.X}+{area.Y}, as H.264 needs even numbers");
            return area;
        }

        private void Show(List<string> clips)
        {
            var all = clips.Count == 0 || parsed.GetValue(options.List) || parsed.GetValue(options.Everything);
            string[] names = all ? [.. Files.Select(file => Path.GetFileName(file))] : [.. clips];
            if (parsed.GetValue(options.Json)) JsonOutput.Write(context.Out, Json(names));
            else if (parsed.GetValue(options.History)) ShowHistory();
            else if (all) ShowAll(names);
            else
                foreach (var name in names)
                    context.Out.WriteRaw($"{name}: {(Words(name) is { Length: > 0 } words ? words : "stays as it is")}");
        }

        private void ShowAll(string[] names)
        {
            string[][] rows = [.. names.Select(name => (string[])[name, Words(name)]).Where(row => row[1] != "")];
            if (rows.Length > 0) context.Out.Show(new TableBlock(["clip", "decision"], rows));
            var state = _book.State;
            context.Out.WriteRaw($"{Numbers.Of(names.Length, "clip")}, {names.Length - rows.Length} as they are, "
                + $"{names.Count(name => state.Of(name).Dropped)} dropped; {Numbers.Of(state.Done, "change")} to undo, "
                + $"{state.History.Count - state.Done} to redo. Next: wanlab dataset apply {_book.Folder} --to NEW");
        }

        private void ShowHistory()
        {
            foreach (var change in _book.History.Reverse())
                context.Out.WriteRaw(FormattableString.Invariant(
                    $"{change.Revision,5}  {change.At.LocalDateTime:yyyy-MM-dd HH:mm}  {change.Words}"));
        }

        private JsonObject Json(string[] names) => new()
        {
            ["folder"] = _book.Folder,
            ["revision"] = _book.State.Revision,
            ["undo"] = _book.State.Done,
            ["redo"] = _book.State.History.Count - _book.State.Done,
            ["done"] = new JsonArray([.. _done.Select(line => (JsonNode)line)]),
            ["clips"] = new JsonArray([.. names.Select(name => (JsonNode)Json(name, _book.Of(name)))]),
            ["history"] = new JsonArray([.. _book.History.Select(change => (JsonNode)new JsonObject
            {
                ["revision"] = change.Revision,
                ["at"] = change.At.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
                ["words"] = change.Words,
            })]),
        };

        private JsonObject Json(string name, ClipCuration now)
        {
            var times = Times(name, now);
            return new()
            {
                ["clip"] = name,
                ["dropped"] = now.Dropped,
                ["accepted"] = now.Accepted,
                ["name"] = now.Name,
                ["parts"] = new JsonArray([.. now.Parts.Select(part => (JsonNode)new JsonObject
                {
                    ["first"] = part.First,
                    ["end"] = part.End,
                    ["from"] = times is null ? null : times[part.First],
                    ["to"] = times is null ? null : FrameTimesEnd.Of(times, part.End),
                    ["crop"] = part.Crop is { } area
                        ? new JsonArray(area.X, area.Y, area.Width, area.Height)
                        : null,
                    ["name"] = part.Name,
                })]),
            };
        }

        private string Words(string name)
        {
            var now = _book.Of(name);
            return CurationText.Of(now, Times(name, now));
        }

        // Only clips with parts are looked at, and those were when they got them.
        private IReadOnlyList<double>? Times(string name, ClipCuration now) =>
            now.IsWhole || !File.Exists(PathOf(name)) || Facts(name).FrameTimes is not { } times
                || now.Parts.Any(part => part.End > times.Count) ? null : times;

        private MediaFacts Facts(string clip) => _media.Of(PathOf(clip), cancellation);

        private string PathOf(string clip) => Path.Combine(_book.Folder, clip);

        private string[] Files => ClipFolder.Files(_book.Folder, [.. ClipLibrary.ClipExtensions, .. ClipLibrary.ImageExtensions]);

        // A path to the clip is as good as its name, so that a shell can complete it.
        private string Named(string given)
        {
            var name = Path.GetFileName(given);
            var isHere = name == given || Path.GetDirectoryName(Path.GetFullPath(given)) == Path.GetFullPath(_book.Folder).TrimEnd('/');
            var names = Files.Select(file => Path.GetFileName(file)).ToList();
            if (isHere && (names.Contains(name) || _book.State.Clips.ContainsKey(name))) return name;
            var meant = Spelling.Meant(name, names);
            throw new WanLabException($"{_book.Folder}: there is no clip '{given}' in it."
                + (meant is null ? "" : $" Did you mean '{meant}'?"));
        }
    }
}
