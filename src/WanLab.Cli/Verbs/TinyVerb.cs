using System.CommandLine;
using WanLab.Cli.Training;
using WanLab.Media;
using WanLab.Tiny.Pretraining;
using WanLab.Tiny.Scenes;
using WanLab.Tiny.Scenes.Examples;
using WanLab.Torch;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab tiny</c>: makes the embedded tiny model and the example data.</summary>
internal static class TinyVerb
{
    public static Command Create(CliContext context)
    {
        var command = new Command("tiny", "Make the embedded tiny model, and the scenes it knows.");
        command.Subcommands.Add(Pretrain(context));
        command.Subcommands.Add(Card(context));
        command.Subcommands.Add(Render(context));
        command.Subcommands.Add(TinyExperimentVerb.Create(context));
        return command;
    }

    private static Command Pretrain(CliContext context)
    {
        var standard = new PretrainingOptions();
        var output = Folder();
        var file = new Option<string>("--options")
        {
            Description = "All settings: an options.json from the folder of a pretraining. The options below override it.",
        };
        var device = new Option<string>("--device")
        {
            Description = "Where to train: cpu, cuda:N, or auto.",
            DefaultValueFactory = _ => "auto",
        };
        var share = new Option<double>("--share")
        {
            Description = "Share of all phases' steps, to spend less time on a weaker model.",
            DefaultValueFactory = _ => 1,
        };
        var clips = new Option<int?>("--clips") { Description = $"Scenes to learn from. [default: {standard.Clips}]" };
        var seed = new Option<long?>("--seed") { Description = $"Seed of everything. [default: {standard.Seed}]" };
        var workers = new Option<int?>("--workers")
        {
            Description = $"Threads that share a batch; another number gives other weights. [default: {standard.Workers}]",
        };
        var command = new Command("pretrain", "Train the embedded model from scratch; " +
            "run again to continue where it stopped.") { output, file, device, share, clips, seed, workers };
        command.SetAction((parsed, cancellation) =>
        {
            var options = parsed.GetValue(file) is { } chosen ? PretrainingFolder.ReadOptions(chosen) : standard;
            if (!(parsed.GetValue(share) > 0)) throw new WanLabException($"--share {parsed.GetValue(share)} is not above 0.");
            options = options.Scaled(parsed.GetValue(share)) with
            {
                Device = Device.Parse(parsed.GetValue(device)!).ToString(),
                Clips = parsed.GetValue(clips) ?? options.Clips,
                Seed = parsed.GetValue(seed) ?? options.Seed,
                Workers = parsed.GetValue(workers) ?? options.Workers,
            };
            var folder = new PretrainingFolder(parsed.GetValue(output)!);
            new PretrainingDisplay(context).Show(report => new TinyPretrainer(options, folder, context.Time, report).Run(cancellation));
            context.Out.WriteRaw($"The model is in {Path.GetRelativePath(".", folder.Model)}; 'wanlab tiny card' measures it.");
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    private static Command Card(CliContext context)
    {
        var output = Folder();
        var scenes = new Option<int>("--scenes") { Description = "Held-out scenes for each camera motion.", DefaultValueFactory = _ => 10 };
        var command = new Command("card", "Measure the model of a finished pretraining and write its card.") { output, scenes };
        command.SetAction((parsed, cancellation) =>
        {
            var folder = new PretrainingFolder(parsed.GetValue(output)!);
            new PretrainingDisplay(context).Show(report => TinyCard.Write(folder, parsed.GetValue(scenes), report, cancellation));
            context.Out.WriteRaw($"Written to {Path.GetRelativePath(".", folder.Model)}/MODEL_CARD.md");
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    private static Option<string> Folder() =>
        new("--out")
        {
            Description = "Folder of the pretraining: clips, states and the finished model.",
            DefaultValueFactory = _ => "runs/wan-tiny",
        };

    private static Command Render(CliContext context)
    {
        var name = new Argument<string>("name")
        {
            Description = $"{string.Join(", ", ExampleDatasets.All.Select(set => set.Name))}: " +
                "an example data set. raw: clips with planted faults, to curate. scenes: random scenes as the base model was trained on.",
        };
        name.AcceptOnlyFromAmong([.. ExampleDatasets.All.Select(set => set.Name), RawExample.Name, "scenes"]);
        var output = new Option<string>("--out") { Description = "Folder to write to.", Required = true };
        var count = new Option<int>("--count") { Description = "How many scenes.", DefaultValueFactory = _ => 8 };
        var seed = new Option<long>("--seed") { Description = "Which scenes.", DefaultValueFactory = _ => 1000 };
        var side = new Option<int>("--side") { Description = "Pixels of a scene's side.", DefaultValueFactory = _ => 64 };
        var frames = new Option<int>("--frames") { Description = "Frames of a scene.", DefaultValueFactory = _ => 17 };
        var command = new Command("render", "Write clips of rendered scenes with their captions.")
        {
            name,
            output,
            count,
            seed,
            side,
            frames,
        };
        command.SetAction(parsed =>
        {
            var folder = parsed.GetValue(output)!;
            var chosen = parsed.GetValue(name)!;
            if (chosen == RawExample.Name) RawExample.Render(folder);
            else if (chosen != "scenes") ExampleDatasets.Find(chosen).Render(folder);
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
