using WanLab.Adapters;
using WanLab.Diffusion;
using WanLab.Jobs;
using WanLab.Models;
using WanLab.Models.Transformer;
using WanLab.Torch;

namespace WanLab.Training;

/// <summary>One expert in training: its frozen model, its adapter, the adapter's optimiser and moving average. Owns all of them.</summary>
public sealed class ExpertTrainer : IDisposable
{
    private readonly AdapterAverage? _average;

    /// <summary>Starts training an adapter with the settings of a job.</summary>
    public ExpertTrainer(Expert expert, WanTransformer model, LoraAdapter adapter, TrainingOptions options)
    {
        (Expert, Model, Adapter) = (expert, model, adapter);
        LearningRate = expert == Expert.High ? options.LearningRate.High : options.LearningRate.Low;
        Optimizer = Optimizer.Create(options, adapter.Parameters);
        if (options.Ema.Enabled) _average = new AdapterAverage(adapter, options.Ema.Decay);
    }

    /// <summary>Which one.</summary>
    public Expert Expert { get; }

    /// <summary>The frozen base.</summary>
    public WanTransformer Model { get; }

    /// <summary>What is trained.</summary>
    public LoraAdapter Adapter { get; }

    /// <summary>What is saved and sampled: the moving average where one is kept, else the adapter that is trained.</summary>
    public LoraAdapter Result => _average?.Adapter ?? Adapter;

    /// <summary>Learning rate before the schedule's share; it can be set while the run goes.</summary>
    public double LearningRate { get; set; }

    /// <summary>The adapter's optimiser.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>Steps of this expert that were skipped because loss or gradient were not finite.</summary>
    public int Skipped { get; set; }

    /// <summary>All tensors that resuming needs, by name.</summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> State =>
    [
        ("parameters", Adapter.Parameters),
        .. Optimizer.Tensors.Select(part => ($"optimizer.{part.Name}", part.Tensor)),
        .. _average is null ? [] : ((string, Tensor)[])[("average", _average.Adapter.Parameters)],
    ];

    /// <summary>Opens an expert of a job, with a new adapter drawn from the job's seed.</summary>
    public static ExpertTrainer Open(TrainingJob job, BaseModel source, Expert expert)
    {
        var options = new LoraOptions { Rank = job.Target.Rank, Alpha = job.Target.Alpha, Modules = job.Target.Modules };
        var model = source.OpenExpert(expert);
        var adapter = LoraAdapter.Create(model.Config, options, CounterRandom.Bits(job.Seed, "adapter", (long)expert), model.Device);
        return new ExpertTrainer(expert, model, adapter, job.Training);
    }

    /// <summary>Updates the adapter from its gradients, and the average from it.</summary>
    public void Update(double rate)
    {
        Optimizer.Step(Adapter.Gradients, rate);
        _average?.Update();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Optimizer.Dispose();
        _average?.Dispose();
        Adapter.Dispose();
        Model.Dispose();
    }
}
