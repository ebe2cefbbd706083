using System.Text.Json.Serialization;

namespace WanLab.Runs;

/// <summary>One line of metrics.jsonl: the figures of one optimiser step.</summary>
public sealed record StepRecord
{
    /// <summary>Number of steps made, including this one.</summary>
    public required int Step { get; init; }

    /// <summary>The expert that was trained in this step.</summary>
    public required Expert Expert { get; init; }

    /// <summary>Mean loss over the step's items, including the preservation term if there is one.</summary>
    public required double Loss { get; init; }

    /// <summary>The two parts of the loss, velocity and preservation; null if there is only one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, double>? LossParts { get; init; }

    /// <summary>The timesteps that were drawn, 0..1000.</summary>
    public required IReadOnlyList<double> Timesteps { get; init; }

    /// <summary>The items of the step, in the order of the timesteps; empty for runs of versions that did not record them.</summary>
    public IReadOnlyList<TrainedItem> Items { get; init; } = [];

    /// <summary>Learning rate of the expert.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Gradient norm before clipping.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>Steps of this expert skipped so far, including this one.</summary>
    public int Skipped { get; init; }

    /// <summary>Why this step was skipped; null if it was not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public NonFinite? NonFinite { get; init; }

    /// <summary>
    /// Seconds since the step before, by part: data, base (the frozen model's predictions, where a loss needs them), forward,
    /// backward, optimizer are the step; switch (moving an expert to the device), log, commands (pauses too), checkpoint,
    /// previews and validation lie between steps, the last four only now and then.
    /// </summary>
    public required IReadOnlyDictionary<string, double> Seconds { get; init; }

    /// <summary>Resident memory of the process, in MiB.</summary>
    public required double MemoryMib { get; init; }
}
