using WanLab.Diffusion;
using WanLab.Runs;
using WanLab.Torch;

namespace WanLab.Training;

/// <summary>What a step's losses come to, and which items had none that is a number.</summary>
internal sealed class LossTally(int parts)
{
    private readonly List<TrainingBatch> _batches = [];

    /// <summary>Mean loss of the velocity over the step's items.</summary>
    public double Velocity { get; private set; }

    /// <summary>Mean of the preservation term.</summary>
    public double Preservation { get; private set; }

    /// <summary>What was not finite, or null.</summary>
    public NonFinite? Problem { get; private set; }

    /// <summary>Timesteps of all items so far.</summary>
    public IReadOnlyList<double> Timesteps => [.. _batches.SelectMany(b => b.Sigmas).Select(Timestep.Of)];

    /// <summary>Notes a batch's velocity losses, [B]; false where one is not finite.</summary>
    public bool Add(TrainingBatch batch, Tensor losses_B)
    {
        _batches.Add(batch);
        using var scope = new TensorScope();
        var values = losses_B.Detach().ToArray<float>();
        Velocity += values.Average() / parts;
        return Finite("loss", batch, [.. Enumerable.Range(0, values.Length).Where(k => !float.IsFinite(values[k]))]);
    }

    /// <summary>Notes a batch's preservation term; false where it is not finite.</summary>
    public bool AddPreservation(TrainingBatch batch, Tensor loss)
    {
        using var scope = new TensorScope();
        var value = loss.Detach().Item();
        Preservation += value / parts;
        return double.IsFinite(value) || Finite("loss", batch, [.. Enumerable.Range(0, batch.Clips.Count)]);
    }

    /// <summary>Notes the norm of the whole gradient; false where it is not finite.</summary>
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
