namespace WanLab.Sampling;

/// <summary>One entry of <c>sample.prompts</c>: what to preview.</summary>
public sealed record PromptOptions
{
    /// <summary>The text; <c>[trigger]</c> stands for the trigger word.</summary>
    [RequiredKey("it is the text to preview")]
    public required string Prompt { get; init; }

    /// <summary>File of the control image the clip starts from.</summary>
    [FilePath, RequiredKey("image-to-video starts from a control image: add 'image: FILE'")]
    public required string Image { get; init; }

    /// <summary>
    /// A clip that begins with the image and shows how the scene really continues; reports show it below the previews. Null: the image, if
    /// it is a clip.
    /// </summary>
    [FilePath]
    public string? Reference { get; init; }

    /// <summary>All settings of this prompt's previews, where one of them is not that of the section; null: those of the section.</summary>
    [Overrides]
    public VideoSettings? Settings { get; init; }
}
