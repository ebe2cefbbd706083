namespace WanLab.Curation.Editing.Applying;

/// <summary>Everything that applying will do.</summary>
internal sealed record ApplyPlan
{
    /// <summary>The folder of originals.</summary>
    public required string Folder { get; init; }

    /// <summary>The new folder.</summary>
    public required string Target { get; init; }

    /// <summary>The revision of the decisions.</summary>
    public required long Revision { get; init; }

    /// <summary>Options for writing edited clips.</summary>
    public required ApplyOptions Options { get; init; }

    /// <summary>The clips to write, in the order of their names.</summary>
    public required IReadOnlyList<PlannedFile> Files { get; init; }

    /// <summary>Names of the originals that are left out.</summary>
    public required IReadOnlyList<string> Dropped { get; init; }

    /// <summary>Sentences about what stands in the way; nothing is written as long as there is one.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>Bytes of all new files, about.</summary>
    public long Bytes => Files.Sum(file => file.Bytes);

    /// <summary>Number of files that are copied byte for byte.</summary>
    public int Copied => Files.Count(file => file.Part is null);
}
