using System.CommandLine;
using System.Text.Json;
using WanLab.Cli.Bench;
using WanLab.Jupyter.Client;
using WanLab.Jupyter.Install;
using WanLab.Memory;
using WanLab.Models.Transformer;
using WanLab.Options;
using WanLab.Torch;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab bench</c>: times a training step at any model size, and the notebook kernel.</summary>
internal static class BenchVerb
{
    public static Command Create(CliContext context)
    {
        var command = new Command("bench", "Measure speed and memory.");
        command.Subcommands.Add(Step(context));
        command.Subcommands.Add(Kernel(context));
        return command;
    }

    private static Command Kernel(CliContext context)
    {
        var rounds = new Option<int>("--rounds")
        {
            Description = "Cells and completions measured, after as many that warm up.",
            DefaultValueFactory = _ => 20,
        };
        var command = new Command("kernel", "Time the notebook kernel: its start, a trivial cell, a completion; prints JSON.") { rounds };
        rounds.Require(value => value >= 1, "--rounds must be at least 1.");
        command.SetAction(parsed => context.Out.WriteRaw(JsonSerializer.Serialize(
            KernelBench.Run(KernelCommand.Of(typeof(BenchVerb).Assembly.Location), parsed.GetValue(rounds), context.Time),
            SnakeJson.Line)));
        return command;
    }

    private static Command Step(CliContext context)
    {
        static Option<int> Size(string name, string description, int standard) =>
            new(name) { Description = description, DefaultValueFactory = _ => standard };
        var dim = Size("--dim", "Width of the model.", 192);
        var ffn = Size("--ffn", "Width of the feed-forward layer.", 768);
        var heads = Size("--heads", "Attention heads.", 6);
        var layers = Size("--layers", "Blocks.", 8);
        var text = Size("--text", "Text tokens.", 32);
        var rank = Size("--rank", "Rank of the LoRA.", 16);
        var steps = Size("--steps", "Steps measured, after one that warms up.", 5);
        var threads = Size("--threads", "Threads.", 1);
        var grid = new Option<string>("--grid")
        {
            Description = "Tokens over frames, rows and columns: f,h,w.",
            DefaultValueFactory = _ => "5,4,4",
        };
        var dtype = new Option<string>("--dtype") { Description = "Type of the weights.", DefaultValueFactory = _ => "fp32" };
        dtype.AcceptOnlyFromAmong("bf16", "fp32");
        var quantization = new Option<string>("--quantization")
        {
            Description = "How the blocks' linear layers are held.",
            DefaultValueFactory = _ => TransformerQuantization.None.Word(),
        };
        quantization.AcceptOnlyFromAmong(Words.Of<TransformerQuantization>());
        var device = JobOptions.Device();

        var command = new Command("step", "Time a training step of a model with random weights, batch 1, block recompute on; " +
            "prints JSON.") { dim, ffn, heads, layers, grid, text, rank, dtype, quantization, device, steps, threads };
        command.SetAction(parsed =>
        {
            var options = new StepBenchOptions
            {
                Config = new WanTransformerConfig
                {
                    Dim = parsed.GetValue(dim),
                    FfnDim = parsed.GetValue(ffn),
                    NumHeads = parsed.GetValue(heads),
                    NumLayers = parsed.GetValue(layers),
                    TextLen = parsed.GetValue(text),
                },
                Grid = ParseGrid(parsed.GetValue(grid)!),
                Rank = parsed.GetValue(rank),
                DType = parsed.GetValue(dtype) == "bf16" ? DType.BFloat16 : DType.Float32,
                Quantization = Words.Parse<TransformerQuantization>(parsed.GetValue(quantization)!),
                Steps = parsed.GetValue(steps),
                Threads = parsed.GetValue(threads),
                Device = Device.Parse(parsed.GetValue(device)!),
            };
            if (options.Config.Dim % (2 * options.Config.NumHeads) != 0)
                throw new WanLabException(
                    $"--dim {options.Config.Dim} does not split into {options.Config.NumHeads} heads of an even width.");
            context.Out.WriteRaw(JsonSerializer.Serialize(StepBench.Run(options, context.Time), SnakeJson.Line));
        });
        return command;
    }

    private static (int, int, int) ParseGrid(string text)
    {
        var parts = text.Split(',');
        if (parts.Length == 3 && int.TryParse(parts[0], out var f)
            && int.TryParse(parts[1], out var h) && int.TryParse(parts[2], out var w) && f > 0 && h > 0 && w > 0)
            return (f, h, w);
        throw new WanLabException($"--grid '{text}' is not three positive numbers f,h,w, such as 5,8,8.");
    }
}
