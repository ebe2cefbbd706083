namespace WanLab.Sampling;

/// <summary>The <c>sample</c> section: previews made while training.</summary>
public sealed record SampleOptions : VideoSettings
{
    /// <summary>The previews: a text and a control image each. An entry may have any other key of this section, for itself.</summary>
    [Items("'- {prompt: TEXT, image: FILE}'")]
    public IReadOnlyList<PromptOptions> Prompts { get; init; } = [];

    /// <summary>
    /// The settings of one prompt, with its walked seed (so <see cref="VideoSettings.WalkSeed"/> is false in the result).
    /// </summary>
    /// <param name="index">Index into <see cref="Prompts"/>.</param>
    public VideoSettings For(int index)
    {
        var settings = (Prompts[index].Settings ?? this).Plain();
        return settings with { Seed = settings.WalkSeed ? settings.Seed + index : settings.Seed, WalkSeed = false };
    }
}
