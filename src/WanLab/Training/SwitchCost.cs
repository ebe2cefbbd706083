using WanLab.Memory;
using WanLab.Models.Transformer;

namespace WanLab.Training;

/// <summary>The cost of low_vram: at each switch, an expert is moved to the device.</summary>
/// <param name="Bytes">Size of one expert's weights.</param>
/// <param name="Switches">Number of switches in the whole run, including the first turn.</param>
public sealed record SwitchCost(long Bytes, int Switches)
{
    /// <summary>
    /// The assumed rate from host memory to a device: PCIe 4.0 with 16 lanes and ordinary memory. A run's metrics show the real
    /// seconds, under "switch".
    /// </summary>
    public const double BytesPerSecond = 10e9;

    private const int Few = 10;
    private static readonly TimeSpan WorthTelling = TimeSpan.FromMinutes(1);

    /// <summary>Cost of one switch between experts.</summary>
    public TimeSpan Each => TimeSpan.FromSeconds(Bytes / BytesPerSecond);

    /// <summary>Cost over the whole run.</summary>
    public TimeSpan Total => Each * Switches;

    /// <summary>The cost for a job; null if experts are not moved.</summary>
    public static SwitchCost? Of(TrainingJob job, WanTransformerConfig config)
    {
        if (!job.Model.LowVram || !job.Multistage.TrainsBoth) return null;
        var schedule = ExpertSchedule.Of(job.Multistage);
        return new SwitchCost(WeightSizes.OfExpert(config, job.Quantization, job.Model.ComputeBytes),
            (int)schedule.TurnsIn(job.Training.Steps));
    }

    /// <summary>A warning if switches are so frequent that they cost much; otherwise null.</summary>
    public string? Warning(int switchEvery) => switchEvery >= Few || Total < WorthTelling ? null : FormattableString.Invariant(
        $"multistage.switch_every: {switchEvery} with model.low_vram brings {Bytes / 1e9:0.0} GB of weights to the device {Switches} times, about {Each.TotalSeconds:0.0} s each at 10 GB a second: {Total.TotalMinutes:0} minutes of the run. Write 10 to 50, or low_vram: false where both experts fit.");
}
