using System.Text.Json.Serialization;

namespace WanLab.Runs;

/// <summary>
/// The loss of one expert on the held-out clips. The absolute values say little; the difference shows what the adapter changed.
/// </summary>
[TypeFormatterSource]
public sealed record ValidationRecord
{
    /// <summary>Number of steps made before the measurement.</summary>
    public required int Step { get; init; }

    /// <summary>The expert that was measured.</summary>
    public required Expert Expert { get; init; }

    /// <summary>Number of clips measured.</summary>
    public required int Clips { get; init; }

    /// <summary>Mean loss over clips and sigmas.</summary>
    public required double Loss { get; init; }

    /// <summary>Mean loss of the base model, with the same noise.</summary>
    public required double BaseLoss { get; init; }

    /// <summary>Mean over clips of loss minus base loss; below 0 the adapter is better.</summary>
    public required double Difference { get; init; }

    /// <summary>Lower end of the difference's 95 % bootstrap interval over clips; null for one clip.</summary>
    public double? Lower { get; init; }

    /// <summary>Upper end of that interval; null for one clip.</summary>
    public double? Upper { get; init; }

    /// <summary>Losses at each noise level, over all clips.</summary>
    public required IReadOnlyList<SigmaLoss> Sigmas { get; init; }

    /// <summary>Duration of the measurement, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>The name of <see cref="Lower"/> in logs up to version 0.1.0; read, never written.</summary>
    [JsonInclude, JsonPropertyName("low"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal double? EarlierLower { get => null; init => Lower ??= value; }

    /// <summary>The name of <see cref="Upper"/> in logs up to version 0.1.0; read, never written.</summary>
    [JsonInclude, JsonPropertyName("high"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal double? EarlierUpper { get => null; init => Upper ??= value; }
}

/// <summary>Mean losses at one noise level.</summary>
public sealed record SigmaLoss(double Sigma, double Loss, double BaseLoss);
