using WanLab.Torch;

namespace WanLab.Tiny.Pretraining;

/// <summary>What a phase learns: a function of a batch, and the batch a function of the step.</summary>
internal interface IPretrainingTask
{
    /// <summary>A worker's batch of a step, on the host; the caller disposes it. Called ahead of the step, from another thread.</summary>
    Tensor[] Batch(int worker, int step);

    /// <summary>The loss of a batch on the device of the weights. Touches no host memory, so that it can be recorded.</summary>
    Tensor Loss(int worker, IReadOnlyList<Tensor> batch);
}
