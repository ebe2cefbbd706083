using System.CommandLine;
using WanLab.Diffusion;
using WanLab.Models;
using WanLab.Sampling;

namespace WanLab.Cli.Verbs;

/// <summary>What <c>wanlab sample</c> was given; null where it was not.</summary>
internal sealed record SampleWishes
{
    /// <summary>Names the embedded model.</summary>
    public const string Embedded = "wan-tiny";

    public string? Image { get; init; }
    public string? Prompt { get; init; }
    public string? Negative { get; init; }
    public string? Model { get; init; }
    public string? Lora { get; init; }
    public string? Like { get; init; }
    public string? Device { get; init; }
    public required string Out { get; init; }
    public int? Width { get; init; }
    public int? Height { get; init; }
    public int? Frames { get; init; }
    public int? Fps { get; init; }
    public int? Steps { get; init; }
    public double? Shift { get; init; }
    public double? Boundary { get; init; }
    public PerExpert? Guidance { get; init; }
    public string? Sampler { get; init; }
    public long? Seed { get; init; }

    /// <summary>The request: what was given, else the one to repeat, else the model's usual settings.</summary>
    public SampleRequest Request(SampleRequest? like)
    {
        like ??= Model is null or Embedded
            ? new SampleRequest { Prompt = "", Image = "", Width = 64, Height = 64, NumFrames = 17 }
            : new SampleRequest { Prompt = "", Image = "" };
        return like with
        {
            Image = Image ?? like.Image,
            Prompt = Prompt ?? like.Prompt,
            NegativePrompt = Negative ?? like.NegativePrompt,
            Width = Width ?? like.Width,
            Height = Height ?? like.Height,
            NumFrames = Frames ?? like.NumFrames,
            Fps = Fps ?? like.Fps,
            Seed = Seed ?? like.Seed,
            Solver = like.Solver with
            {
                Name = Sampler ?? like.Solver.Name,
                Steps = Steps ?? like.Solver.Steps,
                Shift = Shift ?? like.Solver.Shift,
                Guidance = Guidance ?? like.Solver.Guidance,
                Boundary = Boundary ?? like.Solver.Boundary,
            },
        };
    }
}

/// <summary>The options of <c>wanlab sample</c>.</summary>
internal sealed class SampleArguments
{
    private readonly Option<string?> _image = new("--image") { Description = "Image that the clip starts from." };
    private readonly Option<string?> _prompt = new("--prompt") { Description = "What happens in the clip." };
    private readonly Option<string?> _negative = new("--negative") { Description = "Text to steer away from." };
    private readonly Option<string?> _model = new("--model") { Description = "wan-tiny (embedded), or the folder of Wan 2.2 I2V A14B. [default: wan-tiny]" };
    private readonly Option<string?> _lora = new("--lora") { Description = "Either file of a LoRA pair; the other expert's is found beside it by its name." };
    private readonly Option<int?> _width = new("--width") { Description = "Pixels across, a multiple of 16. [default: 64 for wan-tiny, else 768]" };
    private readonly Option<int?> _height = new("--height") { Description = "Pixels down, likewise." };
    private readonly Option<int?> _frames = new("--frames") { Description = "Frames, 1 or 4n+1. [default: 17 for wan-tiny, else 41]" };
    private readonly Option<int?> _fps = new("--fps") { Description = "Frames a second. [default: 16]" };
    private readonly Option<int?> _steps = new("--steps") { Description = "Solver steps. [default: 25]" };
    private readonly Option<double?> _shift = new("--shift") { Description = "Shift of the noise schedule. [default: 5]" };
    private readonly Option<double?> _boundary = new("--boundary") { Description = "Where the experts meet, as a share of 1000 timesteps. [default: 0.9]" };
    private readonly Option<string?> _sampler = new("--sampler") { Description = $"{string.Join(", ", Solver.All.Select(solver => solver.Name))}. [default: unipc]" };
    private readonly Option<long?> _seed = new("--seed") { Description = "Seed of the starting noise. [default: 42]" };
    private readonly Option<string?> _device = new("--device") { Description = "auto, cpu or cuda:N. [default: auto]" };
    private readonly Option<string?> _like = new("--like") { Description = "Make a clip again from the .json beside it; options given besides change just that." };
    private readonly Option<string> _out = new("--out") { Description = "The .mp4 file to write; its settings go beside it as .json.", DefaultValueFactory = _ => "sample.mp4" };
    private readonly Option<PerExpert?> _guidance = new("--guidance")
    {
        Description = "Classifier-free guidance: one number, or HIGH,LOW; 1 is none and takes half the time. [default: 3.5]",
        CustomParser = result =>
        {
            var parts = result.Tokens[^1].Value.Split(',').Select(part => double.TryParse(part, System.Globalization.CultureInfo.InvariantCulture, out var n) ? n : double.NaN).ToArray();
            if (parts.Length <= 2 && parts.All(double.IsFinite)) return new PerExpert(parts[0], parts[^1]);
            result.AddError($"--guidance '{result.Tokens[^1].Value}' is not a number, nor two as in 3.5,1.");
            return null;
        },
    };

    /// <summary>All of them, in the order of the help page.</summary>
    public IReadOnlyList<Option> All =>
        [_image, _prompt, _negative, _model, _lora, _width, _height, _frames, _fps, _steps, _guidance, _sampler, _shift, _boundary, _seed, _device, _out, _like];

    /// <summary>What was given.</summary>
    public SampleWishes Read(ParseResult parsed) => new()
    {
        Image = parsed.GetValue(_image),
        Prompt = parsed.GetValue(_prompt),
        Negative = parsed.GetValue(_negative),
        Model = parsed.GetValue(_model),
        Lora = parsed.GetValue(_lora),
        Like = parsed.GetValue(_like),
        Device = parsed.GetValue(_device),
        Out = parsed.GetRequiredValue(_out),
        Width = parsed.GetValue(_width),
        Height = parsed.GetValue(_height),
        Frames = parsed.GetValue(_frames),
        Fps = parsed.GetValue(_fps),
        Steps = parsed.GetValue(_steps),
        Shift = parsed.GetValue(_shift),
        Boundary = parsed.GetValue(_boundary),
        Guidance = parsed.GetValue(_guidance),
        Sampler = parsed.GetValue(_sampler),
        Seed = parsed.GetValue(_seed),
    };
}
