namespace WanLab.Training;

/// <summary>Measure of the distance between prediction and target.</summary>
public enum LossType
{
    /// <summary>Mean squared error.</summary>
    [Word("mse")]
    Mse,

    /// <summary>Mean absolute error.</summary>
    [Word("mae")]
    Mae,

    /// <summary>Squared for small differences, absolute for large ones.</summary>
    [Word("huber")]
    Huber,
}
