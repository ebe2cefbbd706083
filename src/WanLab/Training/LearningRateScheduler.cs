namespace WanLab.Training;

/// <summary>Course of the learning rate over the run.</summary>
public enum LearningRateScheduler
{
    /// <summary>Stays constant.</summary>
    [Word("constant")]
    Constant,

    /// <summary>Falls to 0 along half a cosine.</summary>
    [Word("cosine")]
    Cosine,

    /// <summary>Falls to 0 along a line.</summary>
    [Word("linear")]
    Linear,
}
