using System.CommandLine;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab dataset ...</c>: the verbs for a folder of clips.</summary>
internal static class DatasetVerbs
{
    public static Command Create(CliContext context)
    {
        var command = new Command("dataset", "Look at a folder of clips, and write and check its captions.");
        command.Subcommands.Add(DatasetScanVerb.Create(context));
        command.Subcommands.Add(DatasetCaptionVerb.Create(context));
        command.Subcommands.Add(DatasetCaptionsVerb.Create(context));
        command.Subcommands.Add(DatasetLintVerb.Create(context));
        return command;
    }
}
