using WanLab.Runs;
using WanLab.Sampling;

namespace WanLab.Training;

/// <summary>
/// The experts of a run. With low_vram only one is on the device at a time: when one is opened, the other leaves first.
/// The results of a step stay the same to the bit.
/// </summary>
internal sealed class TrainedExperts : IDisposable
{
    private readonly bool _oneAtATime;
    private readonly Dictionary<Expert, ExpertTrainer> _experts = [];
    private readonly ExpertSource _others;

    public TrainedExperts(TrainingJob job, BaseModel model, IReadOnlyList<Expert> trained)
    {
        _oneAtATime = job.Model.LowVram;
        _others = new ExpertSource(model);
        try
        {
            foreach (var expert in trained)
                _experts[expert] = _oneAtATime ? ExpertTrainer.Waiting(job, model, expert) : ExpertTrainer.Open(job, model, expert);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The experts in training, on the device or not.</summary>
    public IReadOnlyCollection<ExpertTrainer> All => _experts.Values;

    /// <summary>An expert in training, on its device.</summary>
    /// <param name="expert">The expert to open.</param>
    /// <param name="clock">Measures the time of the move as <see cref="StepParts.Switch"/>, if one was needed; may be null.</param>
    public ExpertTrainer Open(Expert expert, PartClock? clock = null)
    {
        var wanted = _experts[expert];
        if (wanted.IsOnDevice) return wanted;
        LeaveDevice();
        wanted.Enter();
        clock?.Lap(StepParts.Switch);
        return wanted;
    }

    /// <summary>An expert to make previews with; one that is not trained is opened for this purpose.</summary>
    public SampledExpert Sample(Expert expert)
    {
        if (!_experts.ContainsKey(expert))
        {
            LeaveDevice();
            return _others.Open(expert);
        }
        var trained = Open(expert);
        return new SampledExpert(trained.Model, trained.Result);
    }

    /// <summary>Frees an expert that was opened only for previews.</summary>
    public void EndSampling() => _others.Unload();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var expert in _experts.Values) expert.Dispose();
        _others.Dispose();
    }

    private void LeaveDevice()
    {
        if (!_oneAtATime) return;
        _others.Unload();
        foreach (var expert in _experts.Values.Where(e => e.IsOnDevice)) expert.Leave();
    }
}
