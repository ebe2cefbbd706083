namespace WanLab.Jobs.Recipes;

/// <summary>The kinds of LoRA that recipes exist for.</summary>
public enum RecipeKind
{
    /// <summary>A motion of the camera or the subject.</summary>
    Motion,

    /// <summary>A visual style.</summary>
    Style,

    /// <summary>A person or creature that stays the same.</summary>
    Character,
}

/// <summary>The input for a recipe.</summary>
public sealed record RecipeRequest
{
    /// <summary>Value of <see cref="Model"/> for the embedded tiny model.</summary>
    public const string TinyModel = Models.Tiny.TinyModel.Name;

    /// <summary>The kind of LoRA.</summary>
    public required RecipeKind Kind { get; init; }

    /// <summary>Memory of the GPU in GB, from 10 on.</summary>
    public required int Gpu { get; init; }

    /// <summary>Folder of clips, or of images for a style or a character.</summary>
    public required string Dataset { get; init; }

    /// <summary>Folder of Wan 2.2 I2V A14B, or <see cref="TinyModel"/>; null writes a place to fill in.</summary>
    public string? Model { get; init; }

    /// <summary>The trigger word. Null means none for a motion, and a made-up one for a style or a character.</summary>
    public string? TriggerWord { get; init; }

    /// <summary>Path of the job file: paths inside its folder are written relative to it. Null means the current folder.</summary>
    public string? File { get; init; }
}

/// <summary>A written recipe.</summary>
/// <param name="Yaml">The job file.</param>
/// <param name="Notes">What the user should still do or know.</param>
public sealed record Recipe(string Yaml, IReadOnlyList<string> Notes);
