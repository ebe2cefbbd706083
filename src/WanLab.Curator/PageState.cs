namespace WanLab.Curator;

/// <summary>All that the page shows.</summary>
internal sealed record PageState
{
    /// <summary>The folder, in full.</summary>
    public required string Folder { get; init; }

    /// <summary>The number of the newest decision.</summary>
    public required long Revision { get; init; }

    /// <summary>A notice for the user, such as a damaged file that was set aside; null for nothing.</summary>
    public required string? Notice { get; init; }

    /// <summary>Files that are examined.</summary>
    public required int ScanDone { get; init; }

    /// <summary>Files to examine; 0 once all are.</summary>
    public required int ScanTotal { get; init; }

    /// <summary>Whether something can be taken back.</summary>
    public required bool CanUndo { get; init; }

    /// <summary>Whether a decision can be made again.</summary>
    public required bool CanRedo { get; init; }

    /// <summary>Flaws of the captions as a whole.</summary>
    public required IReadOnlyList<string> SetFlaws { get; init; }

    /// <summary>The clips, by name.</summary>
    public required IReadOnlyList<PageClip> Clips { get; init; }
}

/// <summary>A clip on the page.</summary>
internal sealed record PageClip
{
    public required string Name { get; init; }
    public required string Caption { get; init; }
    public required bool HasCaption { get; init; }
    public required string? Draft { get; init; }
    public required IReadOnlyList<string> Flaws { get; init; }
    public required bool IsDropped { get; init; }
    public required bool IsAccepted { get; init; }
    public required string? NewName { get; init; }
    public required IReadOnlyList<PagePart> Parts { get; init; }
    public required bool IsScanned { get; init; }
    public required int Width { get; init; }
    public required int Height { get; init; }
    public required double Seconds { get; init; }
    public required int Frames { get; init; }
    public required double Fps { get; init; }
    public required double? Sharpness { get; init; }
    public required PageMotion? Motion { get; init; }
    public required IReadOnlyList<PageFinding> Findings { get; init; }
    public required string Suggestion { get; init; }
}

/// <summary>A part of a clip, in frames; the crop as left, top, width and height in pixels.</summary>
internal sealed record PagePart(int First, int End, IReadOnlyList<int>? Crop);

/// <summary>A finding of the scan; the area as fractions.</summary>
internal sealed record PageFinding(string Kind, double From, double To, string Words, IReadOnlyList<double>? Area);

/// <summary>The motion of a clip.</summary>
internal sealed record PageMotion(string Phrase, double Confidence, double Subject, double StartsAt, double EndsAt,
    IReadOnlyList<double> Curve);

/// <summary>A change of the decisions about clips.</summary>
internal sealed record EditRequest
{
    public required string What { get; init; }
    public required IReadOnlyList<string> Clips { get; init; }
    public required long Revision { get; init; }
    public string Text { get; init; } = "";
    public int First { get; init; }
    public int End { get; init; }
    public int? Part { get; init; }
    public IReadOnlyList<int> Places { get; init; } = [];
}

/// <summary>A new caption.</summary>
internal sealed record CaptionRequest(string Clip, string Text, string Before);

/// <summary>A change of many captions; written only if asked to.</summary>
internal sealed record BulkRequest(string What, string Text, string With, IReadOnlyList<string> Clips, bool Write);

/// <summary>Names of clips.</summary>
internal sealed record NamesRequest(IReadOnlyList<string> Clips);

/// <summary>The request for the last step: the new folder and the job.</summary>
internal sealed record FinishRequest(string Kind, string? Trigger, string Model, int Gpu, string Folder, string Job);
