using System.CommandLine;
using WanLab.Curation.Captioning;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab dataset captions</c>: lists, changes, exports and imports captions, with a history that can be undone.</summary>
internal static class DatasetCaptionsVerb
{
    public static Command Create(CliContext context)
    {
        var (folder, trigger, model) = (DatasetVerbs.Folder(), CaptionOptions.Trigger(), CaptionOptions.Model());
        var set = Pair("--set", "CLIP TEXT", "Give a clip this caption.");
        var replace = Pair("--replace", "REGEX WITH", "Replace what a regular expression finds in captions; $1 is its first group.");
        var edits = new (Option<string?> Option, Func<string, Func<string, string>> Edit)[]
        {
            (Word("--prefix", "TEXT", "Put this in front of each caption."), CaptionEdit.Prefix),
            (Word("--suffix", "TEXT", "Put this after each caption."), CaptionEdit.Suffix),
            (Word("--add-tag", "TAG", "Add a tag after a comma, where it is missing."), CaptionEdit.AddTag),
            (Word("--remove-tag", "TAG", "Remove a tag, which stands between commas."), CaptionEdit.RemoveTag),
        };
        var setAll = Word("--set-all", "TEXT", "Give every clip this caption.");
        var bare = new Option<bool>("--only-missing") { Description = "With --set-all: only clips without a caption of their own." };
        var write = new Option<bool>("--write") { Description = "Write the changes that would otherwise only be shown." };
        var export = Word("--export", "FILE", "Write all captions to a new .csv or .jsonl file.");
        var import = Word("--import", "FILE", "Take captions from a .csv or .jsonl file with the columns file and caption.");
        var accept = new Option<string[]>("--accept-drafts")
        {
            Description = "Make drafts the captions, of all clips or of those named here.",
            Arity = ArgumentArity.ZeroOrMore,
            AllowMultipleArgumentsPerToken = true,
            HelpName = "CLIP",
        };
        var history = new Option<bool>("--history") { Description = "List what was changed." };
        var undo = new Option<bool>("--undo") { Description = "Take back the last change; again, the one before it." };
        var json = JsonOutput.Option();
        var command = new Command("captions", "List, change, export and import captions; every change can be undone.")
        {
            folder, trigger, model, set, replace,
        };
        foreach (var (option, _) in edits) command.Options.Add(option);
        foreach (var option in (Option[])[setAll, bare, write, history, undo, export, import, accept, json]) command.Options.Add(option);
        Option[] actions = [set, replace, setAll, .. edits.Select(edit => edit.Option), export, import, accept, history, undo];
        command.Validators.Add(result =>
        {
            var given = actions.Where(action => result.GetResult(action) is not null).Select(action => action.Name).ToList();
            if (given.Count > 1) result.AddError($"{string.Join(" and ", given)}: give one of them at a time.");
        });
        command.SetAction((parsed, _) =>
        {
            var path = parsed.GetRequiredValue(folder);
            var run = new CaptionRun(CaptionFolder.Read(path), context, parsed.GetValue(json), parsed.GetValue(write));
            if (parsed.GetValue(set) is [var clip, var text]) run.Set(clip, text);
            else if (parsed.GetValue(replace) is [var pattern, var with])
                run.Change(CaptionEdit.Plan(run.Folder, CaptionEdit.Replace(pattern, with)));
            else if (parsed.GetValue(setAll) is { } all) run.SetAll(all, parsed.GetValue(bare));
            else if (parsed.GetValue(export) is { } to) run.Export(to);
            else if (parsed.GetValue(import) is { } from) run.Change(CaptionTable.Read(from, run.Folder));
            else if (parsed.GetResult(accept) is not null) run.Accept(parsed.GetValue(accept) ?? []);
            else if (parsed.GetValue(history)) run.History();
            else if (parsed.GetValue(undo)) run.Undo();
            else if (edits.FirstOrDefault(edit => parsed.GetResult(edit.Option) is not null) is { Option: { } option } edit)
                run.Change(CaptionEdit.Plan(run.Folder, edit.Edit(parsed.GetValue(option) ?? "")));
            else
            {
                using var tokenizer = CaptionOptions.Tokenizer(parsed.GetValue(model));
                run.List(parsed.GetValue(trigger), tokenizer);
            }
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    private static Option<string?> Word(string name, string word, string description) =>
        new(name) { Description = description, HelpName = word };

    private static Option<string[]> Pair(string name, string words, string description) => new(name)
    {
        Description = description,
        Arity = new ArgumentArity(2, 2),
        AllowMultipleArgumentsPerToken = true,
        HelpName = words,
    };
}
