using WanLab.Media;

namespace WanLab.Curation.Editing.Applying;

/// <summary>A clip that will be written.</summary>
internal sealed record PlannedFile
{
    /// <summary>The original.</summary>
    public required string Source { get; init; }

    /// <summary>Name of the new file.</summary>
    public required string Name { get; init; }

    /// <summary>The part that is taken, with its crop in even numbers; null copies the file byte for byte.</summary>
    public ClipPart? Part { get; init; }

    /// <summary>Facts of the original; null where it is copied.</summary>
    public MediaFacts? Facts { get; init; }

    /// <summary>The caption's file; null where the original has none.</summary>
    public string? Caption { get; init; }

    /// <summary>Name of the caption's new file.</summary>
    public string? CaptionName => Caption is null ? null
        : Part is null && Name == Path.GetFileName(Source) ? Path.GetFileName(Caption)
        : Path.GetFileNameWithoutExtension(Name) + Path.GetExtension(Caption);

    /// <summary>Bytes of the new file, about.</summary>
    public required long Bytes { get; init; }

    /// <summary>Sentences that a user should read before it is written.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Work to write it, in the same unit for all: frames to decode, or as much for copying.</summary>
    public double Work => Part is { } part ? part.End + 2.0 * (part.End - part.First) : 1 + Bytes / (double)(4 << 20);
}
