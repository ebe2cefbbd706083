using WanLab.Media;
using WanLab.Sampling;

namespace WanLab.Jobs.Import;

/// <summary>The settings that ai-toolkit accepts in the text of a prompt: <c>a dog --w 512 --seed 3</c>.</summary>
internal sealed record PromptFlags
{
    public string Prompt { get; private init; } = "";

    public string? Image { get; private init; }

    public string? Negative { get; init; }

    public int? Width { get; init; }

    public int? Height { get; init; }

    public int? Steps { get; init; }

    public int? Frames { get; init; }

    public int? Fps { get; init; }

    public long? Seed { get; init; }

    /// <summary>The seed as the prompt writes it; null where it writes none.</summary>
    public string? SeedText { get; private init; }

    public PerExpert? Guidance { get; init; }

    /// <summary>The flags without a counterpart in WanLab.</summary>
    public IReadOnlyList<string> Unknown { get; private init; } = [];

    public static PromptFlags Parse(string text)
    {
        var parts = text.Split("--");
        var flags = new PromptFlags { Prompt = parts[0].Trim() };
        foreach (var part in parts.Skip(1))
        {
            var name = part.Split(' ', 2)[0].Trim();
            flags = flags.With(name, part[name.Length..].Trim());
        }
        return flags;
    }

    /// <summary>A section's settings with these flags applied; null if they change nothing.</summary>
    public VideoSettings? Over(SampleOptions section)
    {
        var usual = section.Plain();
        var own = usual with
        {
            Width = Width ?? usual.Width,
            Height = Height ?? usual.Height,
            Steps = Steps ?? usual.Steps,
            NumFrames = Frames ?? usual.NumFrames,
            Fps = Fps ?? usual.Fps,
            Seed = Seed ?? usual.Seed,
            GuidanceScale = Guidance ?? usual.GuidanceScale,
            NegativePrompt = Negative ?? usual.NegativePrompt,
        };
        return own == usual ? null : own;
    }

    private PromptFlags With(string name, string value) => name switch
    {
        "n" => this with { Negative = value },
        "ctrl_img" => this with { Image = value },
        "w" when Whole(value) is { } n => this with { Width = ClipSize.SideAtMost(n) },
        "h" when Whole(value) is { } n => this with { Height = ClipSize.SideAtMost(n) },
        "d" or "seed" when value.Any(char.IsAsciiDigit) && value.TrimStart('-').All(char.IsAsciiDigit) => this with { SeedText = value },
        "s" or "steps" when Whole(value) is { } n => this with { Steps = n },
        "frames" or "num_frames" when Whole(value) is { } n => this with { Frames = ClipSize.FramesAtMost(n) },
        "fps" when Whole(value) is { } n => this with { Fps = n },
        "l" or "cfg" when double.TryParse(value, CultureInfo.InvariantCulture, out var g) => this with { Guidance = g },
        _ => this with { Unknown = [.. Unknown, name] },
    };

    private static int? Whole(string value) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : null;
}
