using System.Globalization;
using WanLab.Torch;
using WanLab.Torch.Safetensors;
using WanLab.Training;
using WanLab.Training.Optimizers;

namespace WanLab.Tiny.Pretraining;

/// <summary>
/// Trains one flat model with a phase's options: each worker computes the loss of its part of the batch on its own thread,
/// the gradients are averaged, and one AdamW step follows. All randomness is a function of the step, so the saved
/// weights, moments and average are enough to continue.
/// </summary>
/// <param name="name">vae, shared, high, low or decoder.</param>
/// <param name="options">Options of the phase.</param>
/// <param name="model">The weights to train.</param>
/// <param name="task">The task, which makes batches and computes their loss.</param>
internal sealed class PretrainingPhase(string name, PhaseOptions options, FlatModel model, IPretrainingTask task) : IDisposable
{
    private const double Smoothing = 0.98;
    private const int SaveSeconds = 120;

    private readonly TrainingPass[] _passes =
        [.. Enumerable.Range(0, model.Gradients.Count).Select(worker => new TrainingPass(task, worker, model))];
    private readonly Task<Tensor[]>?[] _batches = new Task<Tensor[]>?[model.Gradients.Count]; // batches of the next step
    private readonly AdamW _optimizer = new(model.Parameters, new AdamWOptions { Beta2 = 0.99, WeightDecay = options.WeightDecay });

    /// <summary>Trains up to the last step, from the saved state if there is one.</summary>
    /// <exception cref="OperationCanceledException">Stopped; the state is saved.</exception>
    public void Run(PretrainingFolder folder, TimeProvider time, Action<PretrainingProgress> report, CancellationToken cancellation)
    {
        var file = folder.State(name);
        var step = File.Exists(file) ? Load(file) : 0;
        var metrics = new PretrainingMetrics(folder.Metrics, name, step);
        var smoothed = double.NaN;
        var saved = time.GetTimestamp();
        while (step < options.Steps)
        {
            var start = time.GetTimestamp();
            var (value, norm) = Step(step++);
            smoothed = double.IsNaN(smoothed) ? value : Smoothing * smoothed + (1 - Smoothing) * value;
            metrics.Write(step, value, norm, options.RateAt(step - 1), time.GetElapsedTime(start).TotalSeconds);
            report(new PretrainingProgress(name, step, options.Steps, smoothed));
            if (step < options.Steps && !cancellation.IsCancellationRequested && time.GetElapsedTime(saved).TotalSeconds < SaveSeconds)
                continue;
            Save(file, step);
            saved = time.GetTimestamp();
            if (step < options.Steps) cancellation.ThrowIfCancellationRequested();
        }
    }

    public void Dispose()
    {
        foreach (var batch in _batches.OfType<Task<Tensor[]>>())
            foreach (var tensor in batch.GetAwaiter().GetResult()) tensor.Dispose();
        foreach (var pass in _passes) pass.Dispose();
        _optimizer.Dispose();
    }

    private (double Loss, double Norm) Step(int step)
    {
        var workers = model.Gradients.Count;
        var losses = new double[workers];
        void Work(int worker)
        {
            Runtime.Threads = 1; // for this thread, because the workers are the threads
            var batch = Batch(worker, step);
            losses[worker] = _passes[worker].Run(batch);
            foreach (var tensor in batch) tensor.Dispose();
        }
        var others = Enumerable.Range(1, workers - 1).Select(worker => Task.Run(() => Work(worker))).ToArray();
        Work(0);
        Task.WaitAll(others);

        using var scope = new TensorScope();
        using var off = GradMode.Off();
        var gradient = model.Gradients[0];
        for (var worker = 1; worker < workers; worker++) gradient.AddInto(model.Gradients[worker]);
        gradient.MulInto(1.0 / workers);
        var norm = GradientClip.Apply(gradient, options.MaxGradNorm);
        if (!double.IsFinite(norm))
            throw new WanLabException($"Step {step + 1} of the phase '{name}': the gradient is not finite. Lower its learning rate.");
        _optimizer.Step(gradient, options.RateAt(step));
        // While there are few steps to average over, the average must not lag behind.
        var decay = Math.Min(options.AverageDecay, (1.0 + step) / (10 + step));
        model.Average.MulInto(decay).AddInto(model.Parameters, 1 - decay);
        return (losses.Average(), norm);
    }

    // Returns the step's batch, made during the step before, and starts making the next one.
    private Tensor[] Batch(int worker, int step)
    {
        var batch = _batches[worker] ?? Make(worker, step);
        _batches[worker] = null;
        var ready = batch.GetAwaiter().GetResult();
        if (step + 1 < options.Steps) _batches[worker] = Make(worker, step + 1);
        return ready;
    }

    // On a thread of its own, because all threads of the pool may be busy rendering.
    private Task<Tensor[]> Make(int worker, int step) => Task.Factory.StartNew(() =>
    {
        Runtime.Threads = 1;
        using var scope = new TensorScope();
        Tensor[] batch = [.. task.Batch(worker, step).Select(TensorScope.Detach)];
        return batch;
    }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Save(string file, int step) => SafetensorsWriter.Write(file, [.. Parts()],
        new Dictionary<string, string> { ["step"] = step.ToString(CultureInfo.InvariantCulture) });

    private int Load(string file)
    {
        using var scope = new TensorScope();
        using var off = GradMode.Off();
        var saved = SafetensorsFile.Open(file);
        foreach (var (part, tensor) in Parts()) tensor.CopyInto(saved.Read(part));
        var step = int.Parse(saved.Metadata["step"], CultureInfo.InvariantCulture);
        _optimizer.Numbers = new Dictionary<string, double> { ["steps"] = step };
        return step;
    }

    private IEnumerable<KeyValuePair<string, Tensor>> Parts() =>
    [
        new("parameters", model.Parameters), new("average", model.Average),
        .. _optimizer.Tensors.Select(part => KeyValuePair.Create(part.Name, part.Tensor)),
    ];
}
