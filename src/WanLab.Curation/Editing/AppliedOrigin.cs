namespace WanLab.Curation.Editing;

/// <summary>The origin of a folder's clips that WanLab wrote.</summary>
internal sealed record AppliedOrigin
{
    /// <summary>The folder of the originals, as a path from this folder.</summary>
    public required string Source { get; init; }

    /// <summary>The revision of the decisions that were applied.</summary>
    public required long SourceRevision { get; init; }

    /// <summary>The version of WanLab.</summary>
    public required string Wanlab { get; init; }

    /// <summary>The version of ffmpeg.</summary>
    public required string Ffmpeg { get; init; }

    /// <summary>The files that were written, by their names.</summary>
    public IReadOnlyDictionary<string, AppliedFile> Files { get; init; } = new Dictionary<string, AppliedFile>();
}

/// <summary>A file that WanLab wrote.</summary>
internal sealed record AppliedFile
{
    /// <summary>Hash of its bytes (SHA-256).</summary>
    public required string Sha256 { get; init; }

    /// <summary>Name of the original.</summary>
    public required string Source { get; init; }

    /// <summary>Hash of the original's bytes.</summary>
    public required string SourceSha256 { get; init; }

    /// <summary>The part of the original; null where its bytes were copied.</summary>
    public ClipPart? Part { get; init; }

    /// <summary>The arguments of ffmpeg, with SOURCE and TARGET in place of the files; null where the bytes were copied.</summary>
    public IReadOnlyList<string>? Command { get; init; }
}
