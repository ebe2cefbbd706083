using System.CommandLine;
using WanLab.Jobs.Recipes;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab recipe</c>: writes a commented job to start from.</summary>
internal static class RecipeVerb
{
    private const int UsualGpu = 24;

    public static Command Create(CliContext context)
    {
        var kind = new Argument<string>("KIND") { Description = "What is to be learned: motion, style or character." };
        kind.AcceptOnlyFromAmong("motion", "style", "character");
        var gpu = new Option<int?>("--gpu")
        {
            Description = $"Memory of the GPU in GB, from 10 on, such as 12, 16, 24, 32, 48 or 80. Default: {UsualGpu}.",
        };
        var dataset = new Option<string>("--dataset")
        {
            Description = "The folder of clips to train on; they are inspected.",
            Required = true,
        };
        var model = new Option<string?>("--model")
        {
            Description = "The folder of Wan 2.2 I2V A14B, or wan-tiny for a rehearsal on the embedded model.",
        };
        var trigger = new Option<string?>("--trigger") { Description = "The trigger word." };
        var file = new Option<string?>("--out") { Description = "Write the job to this file instead of showing it." };
        var command = new Command("recipe", "Write a commented job to start from: for a motion, a style or a character.")
        {
            kind,
            gpu,
            dataset,
            model,
            trigger,
            file,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var path = parsed.GetValue(file);
            if (parsed.GetValue(gpu) is null) context.Error.WriteNote($"for a GPU of {UsualGpu} GB; --gpu says another");
            NewFile.Refuse(path);
            var recipe = RecipeWriter.Write(new RecipeRequest
            {
                Kind = Enum.Parse<RecipeKind>(parsed.GetRequiredValue(kind), ignoreCase: true),
                Gpu = parsed.GetValue(gpu) ?? UsualGpu,
                Dataset = parsed.GetRequiredValue(dataset),
                Model = parsed.GetValue(model),
                TriggerWord = parsed.GetValue(trigger),
                File = path,
            }, cancellation);
            foreach (var note in recipe.Notes) context.Error.WriteNote(note);
            NewFile.WriteJob(path, recipe.Yaml, context);
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }
}
