using WanLab.Adapters;
using WanLab.Memory;
using WanLab.Models.Transformer;
using WanLab.Training.Optimizers;

namespace WanLab.Training;

/// <summary>
/// One expert in training: its frozen model and its adapter. Between its turns it can leave the device: then the model is freed,
/// and the adapter with its optimiser is kept in host memory. Owns all of them.
/// </summary>
internal sealed class ExpertTrainer : IDisposable
{
    private readonly ExpertShelf _shelf;
    private WanTransformer? _model;
    private TrainedAdapter _trained;

    private ExpertTrainer(Expert expert, ExpertShelf shelf, LoraAdapter adapter, TrainingOptions options)
    {
        (Expert, _shelf) = (expert, shelf);
        LearningRate = options.LearningRate[expert];
        _trained = new TrainedAdapter(adapter, options);
    }

    /// <summary>The expert that is trained.</summary>
    public Expert Expert { get; }

    /// <summary>Whether the expert is on its device, ready for a step.</summary>
    public bool IsOnDevice => _model is not null;

    /// <summary>The frozen base model.</summary>
    public WanTransformer Model => _model ?? throw new InvalidOperationException($"The {Expert.Name()} expert is not on its device.");

    /// <summary>The adapter that is trained.</summary>
    public LoraAdapter Adapter => _trained.Adapter;

    /// <summary>The adapter that is saved and sampled: the moving average if one is kept.</summary>
    public LoraAdapter Result => _trained.Result;

    /// <summary>Learning rate before the schedule's factor; it can be set during the run.</summary>
    public double LearningRate { get; set; }

    /// <summary>The adapter's optimiser.</summary>
    public Optimizer Optimizer => _trained.Optimizer;

    /// <summary>Number of this expert's steps that were skipped because loss or gradient were not finite.</summary>
    public int Skipped { get; set; }

    /// <summary>All tensors that resuming needs, by name.</summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> State => _trained.State;

    /// <summary>Opens an expert of a job on its device, with a new adapter drawn from the job's seed.</summary>
    public static ExpertTrainer Open(TrainingJob job, BaseModel source, Expert expert)
    {
        var trainer = Waiting(job, source, expert);
        trainer.Enter();
        return trainer;
    }

    /// <summary>Like <see cref="Open"/>, but the model is not opened yet and the device stays free.</summary>
    public static ExpertTrainer Waiting(TrainingJob job, BaseModel source, Expert expert)
    {
        var adapter = LoraAdapter.Create(source.Config, job.Target, CounterRandom.Bits(job.Seed, "adapter", (long)expert));
        return new ExpertTrainer(expert, new ExpertShelf(source, expert, waits: job.Model.LowVram && !source.Device.IsCpu), adapter,
            job.Training);
    }

    /// <summary>Moves the expert to its device; does nothing if it is there already.</summary>
    /// <exception cref="WanLabException">The model's files do not fit.</exception>
    public void Enter()
    {
        if (IsOnDevice) return;
        _model = _shelf.Open();
        Move(_model.Device);
    }

    /// <summary>Removes the expert from the device.</summary>
    public void Leave()
    {
        Move(Device.Cpu);
        _model?.Dispose();
        _model = null;
    }

    /// <summary>Updates the adapter from its gradients.</summary>
    public void Update(double rate) => _trained.Update(rate);

    /// <inheritdoc/>
    public void Dispose()
    {
        _trained.Dispose();
        _model?.Dispose();
        _shelf.Dispose();
    }

    private void Move(Device device)
    {
        if (Adapter.Parameters.Device == device) return;
        var before = _trained;
        _trained = before.To(device);
        before.Dispose();
    }
}
