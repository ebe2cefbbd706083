using WanLab.Memory;
using WanLab.Models.Transformer;

namespace WanLab.Training;

/// <summary>What low_vram costs: at each change of turns an expert is brought to the device.</summary>
/// <param name="Bytes">Its weights.</param>
/// <param name="Switches">Changes over the whole run, the first turn included.</param>
public sealed record SwitchCost(long Bytes, int Switches)
{
    /// <summary>
    /// Assumed from host memory to a device: what PCIe 4.0 with 16 lanes gives ordinary memory. A run's metrics tell the real
    /// seconds, under "switch".
    /// </summary>
    public const double BytesPerSecond = 10e9;

    private const int Few = 10;
    private static readonly TimeSpan WorthTelling = TimeSpan.FromMinutes(1);

    /// <summary>Of one change.</summary>
    public TimeSpan Each => TimeSpan.FromSeconds(Bytes / BytesPerSecond);

    /// <summary>Over the run.</summary>
    public TimeSpan Total => Each * Switches;

    /// <summary>Of a job; null where experts do not change places.</summary>
    public static SwitchCost? Of(TrainingJob job, WanTransformerConfig config)
    {
        if (!job.Model.LowVram || !job.Multistage.TrainsBoth) return null;
        var schedule = ExpertSchedule.Of(job.Multistage);
        var switches = Enumerable.Range(0, job.Training.Steps).Count(step => step == 0 || schedule.At(step) != schedule.At(step - 1));
        return new SwitchCost(WeightSizes.OfExpert(config, job.Quantization, job.Model.ComputeBytes), switches);
    }

    /// <summary>What to tell where experts change places too often for it; null where they do not.</summary>
    public string? Warning(int switchEvery) => switchEvery >= Few || Total < WorthTelling ? null : FormattableString.Invariant(
        $"multistage.switch_every: {switchEvery} with model.low_vram brings {Bytes / 1e9:0.0} GB of weights to the device {Switches} times, about {Each.TotalSeconds:0.0} s each at 10 GB a second: {Total.TotalMinutes:0} minutes of the run. Write 10 to 50, or low_vram: false where both experts fit.");
}
