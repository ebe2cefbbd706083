using WanLab.Jobs.Recipes;

namespace WanLab.Captioner;

/// <summary>The questions to a model, and the server that it is at.</summary>
internal sealed record CaptionerOptions
{
    /// <summary>The server's address, such as http://localhost:11434/v1.</summary>
    public required CaptionEndpoint Endpoint { get; init; }

    /// <summary>The model's name at that server.</summary>
    public required string Model { get; init; }

    /// <summary>The kind of LoRA that the captions are for; null for any.</summary>
    public RecipeKind? Kind { get; init; }

    /// <summary>The trigger word, if there is one.</summary>
    public string? TriggerWord { get; init; }

    /// <summary>Frames of a clip that are sent.</summary>
    public int Frames { get; init; } = 8;

    /// <summary>Requests at a time.</summary>
    public int AtOnce { get; init; } = 2;

    /// <summary>Whether clips with a caption of their own are passed over.</summary>
    public bool OnlyMissing { get; init; }

    /// <summary>Longest side of a picture that is sent, in pixels.</summary>
    public int LongestSide { get; init; } = 512;

    /// <summary>The longest time that an answer may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The most times that a request is sent, if the server is busy or the connection breaks.</summary>
    public int Tries { get; init; } = 6;
}
