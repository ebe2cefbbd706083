using System.CommandLine;
using WanLab.Jobs.Import;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab import-job</c>: an ai-toolkit job in WanLab's form.</summary>
internal static class ImportJobVerb
{
    /// <summary>Makes the verb.</summary>
    public static Command Create(CliContext context)
    {
        var source = new Argument<string>("FILE") { Description = "A job of ai-toolkit, YAML or JSON, for Wan 2.2 I2V 14B." };
        var file = new Option<string?>("--out") { Description = "Write the job to this file; else it is shown." };
        var model = new Option<string?>("--model") { Description = "The folder of Wan 2.2 I2V A14B, in place of what the file names." };
        var command = new Command("import-job", "Turn an ai-toolkit job into WanLab's form, and tell what could not be carried over.")
        {
            source,
            file,
            model,
        };
        command.SetAction((parsed, _) =>
        {
            var path = parsed.GetValue(file);
            NewFile.Refuse(path);
            var imported = AiToolkitImport.Read(parsed.GetRequiredValue(source), parsed.GetValue(model));
            foreach (var note in imported.Notes) context.Error.WriteNote(note.ToString());
            NewFile.WriteJob(path, imported.Yaml, context);
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }
}
