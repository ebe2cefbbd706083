using WanLab.Adapters;
using WanLab.Diffusion;
using WanLab.Models.Transformer;

namespace WanLab.Training;

/// <summary>One expert in training: its frozen model, its adapter, the adapter's optimiser.</summary>
public sealed class ExpertTrainer(Expert expert, WanTransformer model, LoraAdapter adapter, AdamWOptions options) : IDisposable
{
    /// <summary>Which one.</summary>
    public Expert Expert { get; } = expert;

    /// <summary>The frozen base.</summary>
    public WanTransformer Model { get; } = model;

    /// <summary>What is trained.</summary>
    public LoraAdapter Adapter { get; } = adapter;

    /// <summary>Its settings.</summary>
    public AdamWOptions Options { get; } = options;

    /// <summary>Learning rate before the schedule's share; it can be set while the run goes.</summary>
    public double LearningRate { get; set; } = options.LearningRate;

    /// <summary>Its optimiser.</summary>
    public AdamW Optimizer { get; } = new(adapter.Parameters, options);

    /// <inheritdoc/>
    public void Dispose()
    {
        Optimizer.Dispose();
        Adapter.Dispose();
        Model.Dispose();
    }
}
