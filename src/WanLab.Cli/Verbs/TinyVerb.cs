using System.CommandLine;
using WanLab.Cli.Training;
using WanLab.Media;
using WanLab.Pretraining;
using WanLab.Scenes;
using WanLab.Scenes.Examples;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab tiny</c>: how the embedded tiny model and the example data are made.</summary>
internal static class TinyVerb
{
    public static Command Create(CliContext context)
    {
        var command = new Command("tiny", "Make the embedded tiny model, and the scenes it knows.");
        command.Subcommands.Add(Pretrain(context));
        command.Subcommands.Add(Render(context));
        command.Subcommands.Add(TinyExperimentVerb.Create(context));
        return command;
    }

    private static Command Pretrain(CliContext context)
    {
        var standard = new PretrainingOptions();
        Option<int> Steps(string name, string of, PhaseOptions phase) => new(name) { Description = $"Steps of {of}.", DefaultValueFactory = _ => phase.Steps };
        var output = new Option<string>("--out") { Description = "Folder for clips, states and the finished model.", DefaultValueFactory = _ => "runs/wan-tiny" };
        var clips = new Option<int>("--clips") { Description = "Scenes to learn from.", DefaultValueFactory = _ => standard.Clips };
        var seed = new Option<long>("--seed") { Description = "Seed of everything.", DefaultValueFactory = _ => standard.Seed };
        var workers = new Option<int>("--workers") { Description = "Threads that share a batch; another number gives other weights.", DefaultValueFactory = _ => standard.Workers };
        var vae = Steps("--vae-steps", "the VAE", standard.VaePhase);
        var shared = Steps("--shared-steps", "the transformer that both experts start from", standard.SharedPhase);
        var high = Steps("--high-steps", "the high-noise expert", standard.HighPhase);
        var low = Steps("--low-steps", "the low-noise expert", standard.LowPhase);
        var decoder = Steps("--decoder-steps", "the VAE's decoder at the end", standard.DecoderPhase);
        var command = new Command("pretrain", "Train the embedded model from nothing; run again to go on where it stopped.") { output, clips, seed, workers, vae, shared, high, low, decoder };
        command.SetAction((parsed, cancellation) =>
        {
            var options = standard with
            {
                Clips = parsed.GetValue(clips),
                Seed = parsed.GetValue(seed),
                Workers = parsed.GetValue(workers),
                VaePhase = standard.VaePhase with { Steps = parsed.GetValue(vae) },
                SharedPhase = standard.SharedPhase with { Steps = parsed.GetValue(shared) },
                HighPhase = standard.HighPhase with { Steps = parsed.GetValue(high) },
                LowPhase = standard.LowPhase with { Steps = parsed.GetValue(low) },
                DecoderPhase = standard.DecoderPhase with { Steps = parsed.GetValue(decoder) },
            };
            var folder = new PretrainingFolder(parsed.GetValue(output)!);
            new PretrainingDisplay(context).Show(report => new TinyPretrainer(options, folder, context.Time, report).Run(cancellation));
            context.Out.WriteRaw($"The model is in {Path.GetRelativePath(".", folder.Model)}");
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    private static Command Render(CliContext context)
    {
        var name = new Argument<string>("name") { Description = $"{string.Join(", ", ExampleDatasets.All.Select(set => set.Name))}: an example data set. scenes: random scenes as the base model was trained on." };
        name.AcceptOnlyFromAmong([.. ExampleDatasets.All.Select(set => set.Name), "scenes"]);
        var output = new Option<string>("--out") { Description = "Folder to write to.", Required = true };
        var count = new Option<int>("--count") { Description = "How many scenes.", DefaultValueFactory = _ => 8 };
        var seed = new Option<long>("--seed") { Description = "Which scenes.", DefaultValueFactory = _ => 1000 };
        var side = new Option<int>("--side") { Description = "Pixels of a scene's side.", DefaultValueFactory = _ => 64 };
        var frames = new Option<int>("--frames") { Description = "Frames of a scene.", DefaultValueFactory = _ => 17 };
        var command = new Command("render", "Write clips of rendered scenes with their captions.") { name, output, count, seed, side, frames };
        command.SetAction(parsed =>
        {
            var folder = parsed.GetValue(output)!;
            var chosen = parsed.GetValue(name)!;
            if (chosen != "scenes") ExampleDatasets.Find(chosen).Render(folder);
            else
                for (var k = 0; k < parsed.GetValue(count); k++)
                    WriteScene(Path.Combine(folder, $"{k:0000}"), parsed.GetValue(seed), k, parsed.GetValue(side), parsed.GetValue(frames));
            context.Out.WriteRaw($"Written to {folder}");
        });
        return command;
    }

    private static void WriteScene(string path, long seed, int number, int side, int frames)
    {
        var pixels = SceneRenderer.Render(PretrainingScenes.Scene(seed, number), side, side, frames);
        Mp4Writer.Write(path + ".mp4", pixels, side, side);
        File.WriteAllText(path + ".txt", PretrainingScenes.Caption(seed, number) + "\n");
    }
}
