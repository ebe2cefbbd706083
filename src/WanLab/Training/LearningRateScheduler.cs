namespace WanLab.Training;

/// <summary>Course of the learning rate.</summary>
public enum LearningRateScheduler
{
    /// <summary><c>constant</c>.</summary>
    Constant,

    /// <summary><c>cosine</c>.</summary>
    Cosine,

    /// <summary><c>linear</c>.</summary>
    Linear,
}
