using System.CommandLine;
using WanLab.Jobs.Import;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab import-job</c>: converts an ai-toolkit job to WanLab's form.</summary>
internal static class ImportJobVerb
{
    public static Command Create(CliContext context)
    {
        var source = new Argument<string>("FILE") { Description = "A job of ai-toolkit, YAML or JSON, for Wan 2.2 I2V 14B." };
        var file = new Option<string?>("--out") { Description = "Write the job to this file instead of showing it." };
        var model = new Option<string?>("--model") { Description = "The folder of Wan 2.2 I2V A14B, in place of the one in the file." };
        var command = new Command("import-job", "Convert an ai-toolkit job to WanLab's form, and list what could not be converted.")
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
