namespace WanLab.Curation.Captioning;

/// <summary>The fate of a draft.</summary>
internal enum DraftState
{
    /// <summary>Nobody has looked at it yet.</summary>
    Open,

    /// <summary>Written to the clip's caption.</summary>
    Accepted,
}

/// <summary>A caption that a model has written for a clip.</summary>
internal sealed record CaptionDraft
{
    /// <summary>File name of the clip.</summary>
    public required string Clip { get; init; }

    /// <summary>Hash of all that was asked: the clip's content, the prompt, the model, the frames.</summary>
    public required string Key { get; init; }

    /// <summary>The caption.</summary>
    public required string Text { get; init; }

    /// <summary>The model that wrote it.</summary>
    public required string Model { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The fate of the draft.</summary>
    public DraftState State { get; init; }
}
