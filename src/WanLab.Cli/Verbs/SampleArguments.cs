using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using WanLab.Adapters;
using WanLab.Diffusion;
using WanLab.Jobs;
using WanLab.Models;
using WanLab.Models.Tiny;
using WanLab.Sampling;

namespace WanLab.Cli.Verbs;

/// <summary>The options of <c>wanlab sample</c>.</summary>
internal sealed class SampleArguments
{
    private readonly Option<string?> _prompt = new("--prompt") { Description = "What happens in the clip." };
    private readonly Option<string?> _negative = new("--negative") { Description = "Text to steer away from." };
    private readonly Option<int?> _width = new("--width")
    {
        Description = "Pixels across, a multiple of 16. [default: 64 for wan-tiny, else 768]",
    };

    private readonly Option<int?> _height = new("--height") { Description = "Pixels down, with the same rule and defaults as --width." };
    private readonly Option<int?> _frames = new("--frames") { Description = "Frames, 1 or 4n+1. [default: 17 for wan-tiny, else 41]" };
    private readonly Option<int?> _fps = new("--fps") { Description = "Frames a second. [default: 16]" };
    private readonly Option<int?> _steps = new("--steps") { Description = "Solver steps. [default: 25]" };
    private readonly Option<double?> _shift = new("--shift") { Description = "Shift of the noise schedule. [default: 5]" };
    private readonly Option<double?> _boundary = new("--boundary")
    {
        Description = "Where the experts meet, as a share of 1000 timesteps. [default: 0.9]",
    };

    private readonly Option<long?> _seed = new("--seed") { Description = "Seed of the starting noise. [default: 42]" };
    private readonly Option<Solver?> _sampler = new("--sampler")
    {
        Description = $"{string.Join(", ", Solver.All)}. [default: unipc]",
        CustomParser = SolverOf,
    };

    private readonly Option<PerExpert?> _guidance = new("--guidance")
    {
        Description = "Classifier-free guidance: one number, or HIGH,LOW; 1 is none and takes half the time. [default: 3.5]",
        CustomParser = GuidanceOf,
    };

    /// <summary>The image to start from.</summary>
    public Option<string?> Image { get; } = new("--image") { Description = "Image that the clip starts from." };

    /// <summary>The base model to sample with.</summary>
    public Option<string?> Model { get; } = new("--model")
    {
        Description = "wan-tiny (embedded), the folder of Wan 2.2 I2V A14B, or a job that names its files. [default: wan-tiny]",
    };

    private readonly Option<string?> _high = new("--high") { Description = "File of the high-noise expert, in place of --model." };
    private readonly Option<string?> _low = new("--low") { Description = "File of the low-noise expert." };
    private readonly Option<string?> _vae = new("--vae") { Description = "File of the VAE." };
    private readonly Option<string?> _text = new("--text-encoder") { Description = "File of the UMT5 text encoder." };
    private readonly Option<string?> _tokenizer = new("--tokenizer")
    {
        Description = "File or folder of the tokenizer, where the text encoder's file does not hold it.",
    };

    private readonly Option<string?> _loraHigh = new("--lora-high")
    {
        Description = "The high-noise expert's LoRA, whatever its name; may be the same file as --lora-low.",
    };

    private readonly Option<string?> _loraLow = new("--lora-low") { Description = "The low-noise expert's LoRA, whatever its name." };

    /// <summary>A file of the LoRA pair to sample with.</summary>
    public Option<string?> Lora { get; } = new("--lora")
    {
        Description = "Either file of a LoRA pair; the other expert's is found next to it by its name.",
    };

    /// <summary>The device to compute on.</summary>
    public Option<string?> Device { get; } = new("--device") { Description = "auto, cpu or cuda:N. [default: auto]" };

    /// <summary>The record of a clip that is made again.</summary>
    public Option<string?> Like { get; } = new("--like")
    {
        Description = "Make a clip again from the .json next to it; other options change only what they name.",
    };

    /// <summary>The .mp4 file to write.</summary>
    public Option<string> Out { get; } = new("--out")
    {
        Description = "The .mp4 file to write; its settings are written next to it as .json.",
        DefaultValueFactory = _ => "sample.mp4",
    };

    /// <summary>All options, in the order of the help page.</summary>
    public IReadOnlyList<Option> All =>
    [
        Image, _prompt, _negative, Model, _high, _low, _vae, _text, _tokenizer, Lora, _loraHigh, _loraLow,
        _width, _height, _frames, _fps, _steps, _guidance, _sampler, _shift, _boundary, _seed,
        Device, Out, Like,
    ];

    /// <summary>The model that the options name; null if they name none.</summary>
    public ModelOptions? ModelOf(ParseResult parsed)
    {
        var files = new ModelPath
        {
            High = parsed.GetValue(_high),
            Low = parsed.GetValue(_low),
            Vae = parsed.GetValue(_vae),
            TextEncoder = parsed.GetValue(_text),
            Tokenizer = parsed.GetValue(_tokenizer),
        };
        var single = files != new ModelPath();
        var wanted = parsed.GetValue(Model);
        if (single && wanted is not null)
            throw new WanLabException("--model and single files (--high, --low, --vae, --text-encoder, --tokenizer) exclude each other; " +
                "give one or the other.");
        if (single) return new ModelOptions { Architecture = ModelArchitecture.Wan22I2V14B, Path = files };
        if (wanted is null) return null;
        if (wanted == TinyModel.Name) return new ModelOptions();
        if (File.Exists(wanted) && Path.GetExtension(wanted).ToLowerInvariant() is ".yaml" or ".yml")
            return JobReader.Load(wanted).Job.Model;
        return new ModelOptions { Architecture = ModelArchitecture.Wan22I2V14B, Path = wanted };
    }

    /// <summary>The LoRA files that the options name; null if they name none.</summary>
    public LoraPair? Loras(ParseResult parsed)
    {
        var (either, high, low) = (parsed.GetValue(Lora), parsed.GetValue(_loraHigh), parsed.GetValue(_loraLow));
        if (either is not null && (high ?? low) is not null)
            throw new WanLabException("--lora finds both files by itself; give it, or --lora-high and --lora-low.");
        return either is not null ? LoraFiles.Find(either) : (high ?? low) is not null ? LoraFiles.Of(high, low) : null;
    }

    /// <summary>
    /// Makes the request: an option that was given comes first, then the clip to repeat, then the model's usual settings.
    /// </summary>
    public SampleRequest Request(ParseResult parsed, SampleRequest? like)
    {
        var isTiny = ModelOf(parsed) is null or { Architecture: ModelArchitecture.WanTiny };
        var usual = isTiny ? new VideoSettings { Width = 64, Height = 64, NumFrames = 17 } : new();
        like ??= new SampleRequest { Prompt = "", Image = "", Video = usual };
        return like with
        {
            Image = parsed.GetValue(Image) ?? like.Image,
            Prompt = parsed.GetValue(_prompt) ?? like.Prompt,
            Boundary = parsed.GetValue(_boundary) ?? like.Boundary,
            Video = like.Video with
            {
                NegativePrompt = parsed.GetValue(_negative) ?? like.Video.NegativePrompt,
                Width = parsed.GetValue(_width) ?? like.Video.Width,
                Height = parsed.GetValue(_height) ?? like.Video.Height,
                NumFrames = parsed.GetValue(_frames) ?? like.Video.NumFrames,
                Fps = parsed.GetValue(_fps) ?? like.Video.Fps,
                Seed = parsed.GetValue(_seed) ?? like.Video.Seed,
                Sampler = parsed.GetValue(_sampler) ?? like.Video.Sampler,
                Steps = parsed.GetValue(_steps) ?? like.Video.Steps,
                Shift = parsed.GetValue(_shift) ?? like.Video.Shift,
                GuidanceScale = parsed.GetValue(_guidance) ?? like.Video.GuidanceScale,
            },
        };
    }

    private static Solver? SolverOf(ArgumentResult result)
    {
        try
        {
            return Solver.Parse(result.Tokens[^1].Value);
        }
        catch (WanLabException e)
        {
            result.AddError(e.Message);
            return null;
        }
    }

    private static PerExpert? GuidanceOf(ArgumentResult result)
    {
        var parts = result.Tokens[^1].Value.Split(',')
            .Select(part => double.TryParse(part, CultureInfo.InvariantCulture, out var n) ? n : double.NaN).ToArray();
        if (parts.Length <= 2 && parts.All(double.IsFinite)) return new PerExpert(parts[0], parts[^1]);
        result.AddError($"--guidance '{result.Tokens[^1].Value}' is not a number, nor two as in 3.5,1.");
        return null;
    }
}
