namespace WanLab.Training;

/// <summary>Distance between prediction and target.</summary>
public enum LossType
{
    /// <summary><c>mse</c>: mean squared error.</summary>
    Mse,

    /// <summary><c>mae</c>: mean absolute error.</summary>
    Mae,

    /// <summary><c>huber</c>.</summary>
    Huber,
}
