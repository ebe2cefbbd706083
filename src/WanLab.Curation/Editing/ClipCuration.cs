using System.Text.Json.Serialization;

namespace WanLab.Curation.Editing;

/// <summary>The decisions about one clip. A new one keeps the clip as it is.</summary>
internal sealed record ClipCuration
{
    /// <summary>Whether the clip is left out.</summary>
    public bool Dropped { get; init; }

    /// <summary>Whether somebody has looked at the clip and found it good.</summary>
    public bool Accepted { get; init; }

    /// <summary>The parts that become clips, in the order of time; none keeps the whole clip.</summary>
    public IReadOnlyList<ClipPart> Parts { get; init; } = [];

    /// <summary>A new name without folder and ending; null keeps the clip's.</summary>
    public string? Name { get; init; }

    /// <summary>Whether the clip's pictures stay as they are.</summary>
    [JsonIgnore]
    public bool IsWhole => Parts.Count == 0;

    /// <inheritdoc/>
    public bool Equals(ClipCuration? other) => other is not null && Dropped == other.Dropped && Accepted == other.Accepted
        && Name == other.Name && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Dropped, Accepted, Name, Parts.Count);
}
