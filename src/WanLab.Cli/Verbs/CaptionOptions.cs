using System.CommandLine;
using WanLab.Encodings;
using WanLab.Jobs.Recipes;
using WanLab.Models;
using WanLab.Models.Text;

namespace WanLab.Cli.Verbs;

/// <summary>Arguments that verbs about captions share.</summary>
internal static class CaptionOptions
{
    public static Option<string?> Kind()
    {
        var option = new Option<string?>("--kind")
        {
            Description = "What is to be learned: motion, style or character; captions are held against the rules for it.",
        };
        option.AcceptOnlyFromAmong("motion", "style", "character");
        return option;
    }

    public static Option<string?> Trigger() => new("--trigger") { Description = "The trigger word." };

    public static Option<string?> Model() => new("--model")
    {
        Description = "The folder of Wan 2.2 I2V A14B, or wan-tiny: counts tokens with the model's own tokenizer.",
    };

    public static RecipeKind? KindOf(string? word) => word is null ? null : Enum.Parse<RecipeKind>(word, ignoreCase: true);

    /// <summary>The tokenizer of a model that was named; null where none was.</summary>
    /// <exception cref="WanLabException">The folder holds no tokenizer.</exception>
    public static WanTokenizer? Tokenizer(string? model)
    {
        if (model is null) return null;
        var options = model == RecipeRequest.TinyModel
            ? new ModelOptions { Architecture = ModelArchitecture.WanTiny }
            : new ModelOptions { Path = new ModelPath { Folder = model } };
        return LongTexts.Tokenizer(options)
            ?? throw new WanLabException($"--model: '{model}' holds no tokenizer; give the folder of Wan 2.2 I2V A14B, or wan-tiny.");
    }
}
