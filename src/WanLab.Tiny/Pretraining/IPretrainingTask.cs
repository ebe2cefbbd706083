using WanLab.Torch;

namespace WanLab.Tiny.Pretraining;

/// <summary>The task of a phase: a loss as a function of a batch, and the batch as a function of the step.</summary>
internal interface IPretrainingTask
{
    /// <summary>Makes a worker's batch for a step, on the host; the caller disposes it. Called early, on another thread.</summary>
    Tensor[] Batch(int worker, int step);

    /// <summary>Computes the loss of a batch on the device of the weights. Uses no host memory, so that it can be recorded.</summary>
    Tensor Loss(int worker, IReadOnlyList<Tensor> batch);
}
