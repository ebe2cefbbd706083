using System.Text.Json.Serialization;

namespace WanLab.Curation.Editing.Applying;

/// <summary>Options for writing edited clips.</summary>
internal sealed record ApplyOptions
{
    /// <summary>The best and the worst quality that can be asked for.</summary>
    public const int Best = 1, Worst = 30;

    /// <summary>Whether every pixel is kept exactly; the files are several times as large, and browsers may not play them.</summary>
    public bool Lossless { get; init; }

    /// <summary>Constant rate factor of H.264: less is better and larger.</summary>
    public int Quality { get; init; } = 13;

    /// <summary>Text that names the options in the record of a file.</summary>
    [JsonIgnore]
    public string Key => Lossless ? "lossless" : FormattableString.Invariant($"crf {Quality}");
}
