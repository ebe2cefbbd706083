using WanLab.Jobs.Recipes;
using WanLab.Training;

namespace WanLab.Curation.Captioning;

/// <summary>The kind of LoRA that a job is for, as far as its name says it.</summary>
internal static partial class JobKind
{
    /// <summary>The kind at the end of the run's name, where recipes write it, as in orbit_motion; null for another name.</summary>
    public static RecipeKind? Of(TrainingJob job) => Ending().Match(job.Name) is { Success: true } match
        ? Enum.Parse<RecipeKind>(match.Groups[1].Value, ignoreCase: true)
        : null;

    [GeneratedRegex("(?:^|_)(motion|style|character)(?:_tiny)?$")]
    private static partial Regex Ending();
}
