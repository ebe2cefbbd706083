using WanLab.Diffusion;
using WanLab.Memory;

namespace WanLab.Jobs.Recipes;

/// <summary>The numbers of a recipe, which depend on the kind of LoRA, the GPU, and whether the tiny model is used.</summary>
internal sealed record RecipeSettings
{
    /// <summary>The least memory for which there is a recipe, in GB.</summary>
    public const int Least = 10;

    // Memory in GB from which on a recipe may take more.
    private const int Little = 16, Small = 24, Medium = 40, Large = 80;
    private const int FewClips = 10;
    private const int ManyClips = 20;

    public required bool LowVram { get; init; }

    /// <summary>Share of the blocks that stream from host memory.</summary>
    public required double Offloading { get; init; }

    public required TransformerQuantization Transformer { get; init; }

    public required TextEncoderQuantization TextEncoder { get; init; }

    public required int SwitchEvery { get; init; }

    public required int Keep { get; init; }

    public required int Steps { get; init; }

    public required int Every { get; init; }

    public required TimestepType TimestepType { get; init; }

    public required TimestepBias TimestepBias { get; init; }

    public required bool Dop { get; init; }

    public required string DopClass { get; init; }

    public required string Resolutions { get; init; }

    public required int WantedFrames { get; init; }

    public required int SampleSize { get; init; }

    public required int SampleSteps { get; init; }

    /// <summary>The lowest and highest number of steps that suit the kind.</summary>
    public static (int Least, int Most) StepRange(RecipeKind kind) => kind == RecipeKind.Character ? (2000, 3000) : (1500, 2500);

    /// <summary>The number of clips that suits the kind, in words.</summary>
    public static string ClipRange(RecipeKind kind) => kind switch
    {
        RecipeKind.Motion => "10 to 30 clips of 3 to 8 seconds, the motion filling each of them",
        RecipeKind.Style => "10 to 40 clips or images of one look, with many scenes, lights and subjects",
        _ => "10 to 30 clips of the one character in many poses, sizes, angles and places; 20 to 40 are better",
    };

    /// <summary>The settings of a kind, for a GPU's memory and a number of clips.</summary>
    public static RecipeSettings For(RecipeKind kind, int gpu, int clips, bool tiny)
    {
        var (least, most) = StepRange(kind);
        var settings = new RecipeSettings
        {
            LowVram = gpu < Medium,
            Offloading = gpu < Little ? 1 : gpu < Small ? 0.5 : 0,
            Transformer = gpu >= Large ? TransformerQuantization.Float8 : TransformerQuantization.UInt4Ara,
            TextEncoder = TextEncoderQuantization.Float8,
            SwitchEvery = gpu < Medium ? 20 : 10,
            Keep = gpu < Medium ? 4 : 6,
            Steps = clips < FewClips ? least : clips <= ManyClips ? (least + most) / 2 : most,
            Every = 250,
            TimestepType = kind == RecipeKind.Character ? TimestepType.Sigmoid : TimestepType.Linear,
            TimestepBias = kind == RecipeKind.Style ? TimestepBias.FavorHighNoise : TimestepBias.Balanced,
            Dop = kind != RecipeKind.Motion,
            DopClass = kind == RecipeKind.Style ? "scene" : "person",
            Resolutions = gpu < Medium ? "[512]" : "[512, 768]",
            WantedFrames = gpu >= Large && kind == RecipeKind.Motion ? 81 : 41,
            SampleSize = 768,
            SampleSteps = 25,
        };
        return tiny ? settings.Tiny() : settings;
    }

    // A hundredth of the steps, and sizes that a CPU trains in seconds; everything else is as for the real model.
    private RecipeSettings Tiny() => this with
    {
        SwitchEvery = 2,
        Steps = Steps / 100,
        Every = 10,
        Resolutions = "[64]",
        WantedFrames = 17,
        SampleSize = 64,
        SampleSteps = 6,
    };

    /// <summary>A number in YAML.</summary>
    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
