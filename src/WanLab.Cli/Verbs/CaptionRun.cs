using System.Globalization;
using System.Text.Json.Nodes;
using WanLab.Curation.Captioning;
using WanLab.Datasets;
using WanLab.Encodings;
using WanLab.Models.Text;
using WanLab.Notebooks.Blocks;

namespace WanLab.Cli.Verbs;

/// <summary>One run of the verb over the captions of a folder.</summary>
internal sealed class CaptionRun(CaptionFolder folder, CliContext context, bool json, bool write)
{
    public CaptionFolder Folder => folder;

    public void Set(string clip, string text) => Apply(CaptionEdit.Plan([folder.Clip(clip)], _ => text));

    public void SetAll(string text, bool onlyMissing) => Change(
        CaptionEdit.Plan(folder.Clips.Where(clip => !onlyMissing || clip.Origin != CaptionOrigin.File), _ => text));

    /// <summary>Shows changes, and writes them if that was asked for.</summary>
    public void Change(IReadOnlyList<CaptionChange> changes)
    {
        if (write) Apply(changes);
        else Show(changes, changes.Count == 0 ? "" : "Nothing is written yet: add --write.");
    }

    public void Accept(IReadOnlyList<string> clips)
    {
        var book = DraftBook.Read(folder.Path);
        var changes = book.Accept(folder, clips.Count == 0 ? null : clips, context.Time);
        Show(changes, changes.Count == 0 ? "" : Undoable);
    }

    public void Export(string file)
    {
        CaptionTable.Write(file, folder);
        context.Out.WriteRaw($"Written: {file}, {Numbers.Of(folder.Clips.Count, "row")}. Back again: --import {file}");
    }

    public void Undo() => Show(CaptionWriter.Undo(folder.Path, context.Time), "");

    public void History()
    {
        var changes = CaptionHistory.Read(folder.Path);
        if (json) JsonOutput.Write(context.Out, new JsonArray([.. changes.Select(Json)]));
        else if (changes.Count == 0) context.Out.WriteRaw("No caption was changed here yet.");
        else
            context.Out.Show(new TableBlock(["step", "when", "clip", "before", "after"],
            [
                .. changes.Select(change => (IReadOnlyList<string>)[
                    Numbers.Count(change.Step) + (change.Undoes is { } step ? $", undoes {step}" : ""),
                    change.Time.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                    change.Clip, change.Before ?? "", change.After ?? ""]),
            ]));
    }

    public void List(string? trigger, WanTokenizer? tokenizer)
    {
        var drafts = DraftBook.Read(folder.Path);
        var rows = folder.Clips.Select(clip => Row.Of(clip, trigger, tokenizer, drafts.Open(clip.Name)?.Text)).ToList();
        if (json)
        {
            JsonOutput.Write(context.Out, new JsonArray([.. rows.Select(row => row.Json(tokenizer))]));
            return;
        }
        string[] columns = ["clip", .. tokenizer is null ? (string[])[] : ["tokens"], .. drafts.All.Count == 0 ? (string[])[] : ["draft"],
            trigger is null ? "caption" : "caption as trained"];
        context.Out.Show(new TableBlock(columns,
        [
            .. rows.Select(row => (IReadOnlyList<string>)[row.Clip.Name, .. tokenizer is null ? (string[])[] : [$"{row.Tokens}"],
                .. drafts.All.Count == 0 ? (string[])[] : [row.Draft ?? ""], row.Words]),
        ])
        {
            Quiet = rows.Index().Where(row => row.Item.Clip.Text == "").Select(row => (row.Index, columns.Length - 1)).ToHashSet(),
        });
        foreach (var row in rows.Where(row => row.Tokens > tokenizer?.TextLength))
            context.Out.Show(new Note(NoteKind.Warning,
                $"{row.Clip.Name}: its caption {LongTexts.Complaint(tokenizer!, row.Trained, row.Tokens!.Value)}"));
        foreach (var bad in folder.Unreadable) context.Out.Show(new Note(NoteKind.Warning, bad.Message));
        context.Out.WriteRaw($"{Numbers.Of(folder.Clips.Count, "clip")}, "
            + $"{folder.Clips.Count(clip => clip.Origin == CaptionOrigin.File)} with a caption of their own");
    }

    private string Undoable => $"Take it back: wanlab dataset captions {folder.Path} --undo";

    private void Apply(IReadOnlyList<CaptionChange> changes)
    {
        CaptionWriter.Write(folder.Path, changes, context.Time);
        Show(changes, changes.Count == 0 ? "" : Undoable);
    }

    private void Show(IReadOnlyList<CaptionChange> changes, string next)
    {
        if (json)
        {
            JsonOutput.Write(context.Out, new JsonArray([.. changes.Select(Json)]));
            return;
        }
        foreach (var change in changes)
        {
            context.Out.WriteRaw(change.Clip);
            if (!string.IsNullOrEmpty(change.Before)) context.Out.WriteRaw($"  - {change.Before}");
            if (!string.IsNullOrEmpty(change.After)) context.Out.WriteRaw($"  + {change.After}");
        }
        context.Out.WriteRaw(changes.Count == 0 ? "Nothing changes." : $"{Numbers.Of(changes.Count, "caption")}. {next}".TrimEnd());
    }

    private static JsonNode Json(CaptionChange change) => new JsonObject
    {
        ["step"] = change.Step == 0 ? null : change.Step,
        ["undoes"] = change.Undoes,
        ["time"] = change.Time == default ? null : change.Time.ToString("O", CultureInfo.InvariantCulture),
        ["clip"] = change.Clip,
        ["file"] = change.File,
        ["before"] = change.Before,
        ["after"] = change.After,
    };

    private sealed record Row(CaptionedClip Clip, string Trained, int? Tokens, string? Draft)
    {
        public string Words => Clip.Text == "" ? $"({(Clip.Origin == CaptionOrigin.EmptyFile ? "empty file" : "none")})" : Trained;

        public static Row Of(CaptionedClip clip, string? trigger, WanTokenizer? tokenizer, string? draft)
        {
            var trained = clip.Text == "" || trigger is null ? clip.Text : Captions.WithTrigger(clip.Text, trigger);
            return new Row(clip, trained, trained == "" ? null : tokenizer?.CountTokens(trained), draft);
        }

        public JsonNode Json(WanTokenizer? tokenizer) => new JsonObject
        {
            ["file"] = Clip.Name,
            ["caption"] = Clip.Text,
            ["caption_file"] = Clip.Origin == CaptionOrigin.NoFile ? null : Path.GetFileName(Clip.File),
            ["trained_as"] = Trained,
            ["tokens"] = Tokens,
            ["limit"] = tokenizer?.TextLength,
            ["cut_off"] = Tokens > tokenizer?.TextLength ? tokenizer?.Cut(Trained).Lost : null,
            ["draft"] = Draft,
        };
    }
}
