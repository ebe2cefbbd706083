namespace WanLab.Training;

/// <summary>The <c>training.ema</c> mapping: a moving average of the adapter.</summary>
public sealed record EmaOptions
{
    /// <summary>Whether a moving average of the adapter is kept.</summary>
    public bool Enabled { get; init; }

    /// <summary>Share of the old average kept at each step, inside (0, 1).</summary>
    [Between(0, 1)]
    public double Decay { get; init; } = 0.99;
}
