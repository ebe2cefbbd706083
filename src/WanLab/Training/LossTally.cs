using WanLab.Diffusion;
using WanLab.Runs;

namespace WanLab.Training;

/// <summary>The sums of a step's losses, and the items whose loss was NaN or infinite.</summary>
internal sealed class LossTally(int parts)
{
    private readonly List<TrainingBatch> _batches = [];

    /// <summary>Mean loss of the velocity over the step's items.</summary>
    public double Velocity { get; private set; }

    /// <summary>Mean preservation term over the step's items.</summary>
    public double Preservation { get; private set; }

    /// <summary>The value that was not finite, or null.</summary>
    public NonFinite? Problem { get; private set; }

    /// <summary>Timesteps of all items so far.</summary>
    public IReadOnlyList<double> Timesteps => [.. _batches.SelectMany(b => b.Sigmas).Select(Timestep.Of)];

    /// <summary>The items so far, as metrics record them.</summary>
    public IReadOnlyList<TrainedItem> Items => [.. _batches.SelectMany(b => b.Items)];

    /// <summary>Adds a batch's velocity losses, [B]; returns false if one is not finite.</summary>
    public bool Add(TrainingBatch batch, Tensor losses_B)
    {
        _batches.Add(batch);
        using var scope = new TensorScope();
        var values = losses_B.Detach().ToArray<float>();
        Velocity += values.Average() / parts;
        return Finite("loss", batch, [.. Enumerable.Range(0, values.Length).Where(k => !float.IsFinite(values[k]))]);
    }

    /// <summary>Adds a batch's preservation term; returns false if it is not finite.</summary>
    public bool AddPreservation(TrainingBatch batch, Tensor loss)
    {
        using var scope = new TensorScope();
        var value = loss.Detach().Item();
        Preservation += value / parts;
        return double.IsFinite(value) || Finite("loss", batch, [.. Enumerable.Range(0, batch.Clips.Count)]);
    }

    /// <summary>Adds the norm of the whole gradient; returns false if it is not finite.</summary>
    public bool AddNorm(double norm)
    {
        if (!double.IsFinite(norm))
            Problem = new NonFinite("gradient", [.. _batches.SelectMany(b => b.Clips).Select(c => c.Name)], Timesteps);
        return Problem is null;
    }

    private bool Finite(string what, TrainingBatch batch, int[] bad)
    {
        if (bad.Length > 0)
            Problem = new NonFinite(what, [.. bad.Select(k => batch.Clips[k].Name)], [.. bad.Select(k => Timestep.Of(batch.Sigmas[k]))]);
        return bad.Length == 0;
    }
}
