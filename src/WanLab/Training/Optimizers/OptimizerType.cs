namespace WanLab.Training.Optimizers;

/// <summary>Optimisers.</summary>
public enum OptimizerType
{
    /// <summary><c>adamw</c>.</summary>
    AdamW,

    /// <summary><c>adamw8bit</c>: AdamW with its state in 8 bits.</summary>
    AdamW8Bit,

    /// <summary><c>prodigy</c>.</summary>
    Prodigy,
}
