using WanLab.Torch;

namespace WanLab.Tiny.Pretraining;

/// <summary>
/// One worker's forward and backward pass. On a CUDA device it is recorded, because a small model consists of many small kernels, and
/// starting them one by one takes the host several times longer than the device takes to run them.
/// </summary>
/// <param name="task">The task to compute.</param>
/// <param name="worker">Index of the worker.</param>
/// <param name="model">The weights.</param>
internal sealed class TrainingPass(IPretrainingTask task, int worker, FlatModel model) : IDisposable
{
    private readonly Dictionary<string, Recording?> _recordings = []; // keyed by the batch's shapes; null after the first pass

    /// <summary>Computes the loss of a batch and its gradient.</summary>
    public double Run(IReadOnlyList<Tensor> batch)
    {
        using var scope = new TensorScope();
        model.Gradients[worker].ZeroInto();
        if (model.Device.IsCpu) return Pass(batch).Item();
        var shapes = string.Join(' ', batch.Select(tensor => tensor.ShapeText));
        if (!_recordings.TryGetValue(shapes, out var recording))
        {
            _recordings[shapes] = null; // libraries initialise in the first pass, which cannot be recorded
            return Pass([.. batch.Select(tensor => tensor.To(model.Device))]).Item();
        }
        recording ??= _recordings[shapes] = Record(batch);
        foreach (var (input, tensor) in recording.Inputs.Zip(batch)) input.CopyInto(tensor);
        recording.Graph.Replay();
        return recording.Loss.Item();
    }

    public void Dispose()
    {
        foreach (var recording in _recordings.Values.OfType<Recording>())
        {
            recording.Graph.Dispose();
            recording.Loss.Dispose();
            foreach (var input in recording.Inputs) input.Dispose();
        }
    }

    private Tensor Pass(IReadOnlyList<Tensor> batch)
    {
        var loss = task.Loss(worker, batch);
        loss.Backward();
        return loss.Detach();
    }

    private Recording Record(IReadOnlyList<Tensor> batch)
    {
        Tensor[] inputs = [.. batch.Select(tensor => TensorScope.Detach(tensor.To(model.Device)))];
        Tensor? loss = null;
        var graph = CudaGraph.Record(() =>
        {
            using var scope = new TensorScope();
            loss = TensorScope.Detach(Pass(inputs));
        });
        return new Recording(graph, inputs, loss!);
    }

    private sealed record Recording(CudaGraph Graph, Tensor[] Inputs, Tensor Loss);
}
