namespace WanLab.Options;

/// <summary>The range of a number. On a list it applies to each item, on a value for each expert to both.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal abstract class LimitAttribute : Attribute
{
    /// <summary>The range as messages name it, such as <c>at least 1</c>.</summary>
    public abstract string Words { get; }

    /// <summary>The lower end; NaN where there is none.</summary>
    public double Lowest { get; protected init; } = double.NaN;

    /// <summary>Whether <see cref="Lowest"/> itself is allowed.</summary>
    public bool LowestAllowed { get; protected init; }

    /// <summary>The upper end; NaN where there is none.</summary>
    public double Highest { get; protected init; } = double.NaN;

    /// <summary>Whether <see cref="Highest"/> itself is allowed.</summary>
    public bool HighestAllowed { get; protected init; }

    /// <summary>
    /// The number that no sensible file exceeds; NaN where there is none. It keeps a mistyped number from filling the memory or the
    /// night, and is no part of what the setting means.
    /// </summary>
    public double Ceiling { get; init; } = double.NaN;

    /// <summary>Whether a number lies in the range.</summary>
    public bool Holds(double number) =>
        !double.IsNaN(number)
        && !(number < Lowest || (!LowestAllowed && number == Lowest))
        && !(number > Highest || (!HighestAllowed && number == Highest));
}
