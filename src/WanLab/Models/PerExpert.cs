namespace WanLab.Models;

/// <summary>A value for each expert. In a job file: one number for both, or <c>{high: , low: }</c>.</summary>
/// <param name="High">The high-noise expert's value.</param>
/// <param name="Low">The low-noise expert's value.</param>
[OneOrEach("give both experts' values, or one number for both")]
public readonly record struct PerExpert(double High, double Low)
{
    /// <summary>The same value for both experts.</summary>
    public static implicit operator PerExpert(double both) => new(both, both);

    /// <summary>The value of one expert.</summary>
    public double this[Expert expert] => expert == Expert.High ? High : Low;
}
