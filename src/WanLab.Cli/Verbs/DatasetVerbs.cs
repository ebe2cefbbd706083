using System.CommandLine;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab dataset ...</c>: the verbs for a folder of clips.</summary>
internal static class DatasetVerbs
{
    public static Command Create(CliContext context)
    {
        var command = new Command("dataset",
            "Look through a folder of clips; cut, crop and caption them; write the result to a new folder.");
        command.Subcommands.Add(DatasetScanVerb.Create(context));
        command.Subcommands.Add(DatasetXrayVerb.Create(context));
        command.Subcommands.Add(DatasetEditVerb.Create(context));
        command.Subcommands.Add(DatasetCaptionsVerb.Create(context));
        command.Subcommands.Add(DatasetCaptionVerb.Create(context));
        command.Subcommands.Add(DatasetLintVerb.Create(context));
        command.Subcommands.Add(DatasetAdviceVerb.Create(context));
        command.Subcommands.Add(DatasetApplyVerb.Create(context));
        return command;
    }

    /// <summary>The argument that names the folder.</summary>
    public static Argument<string> Folder() => new("DIR") { Description = "The folder of clips." };
}
