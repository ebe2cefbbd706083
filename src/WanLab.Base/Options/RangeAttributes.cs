using System.Globalization;

namespace WanLab.Options;

/// <summary>A number with a smallest value that is allowed.</summary>
internal sealed class AtLeastAttribute : LimitAttribute
{
    /// <summary>A number that is <paramref name="least"/> or more.</summary>
    public AtLeastAttribute(double least) => (Lowest, LowestAllowed) = (least, true);

    /// <summary>A number that is <paramref name="least"/> or more, and less than <paramref name="below"/>.</summary>
    public AtLeastAttribute(double least, double below) : this(least) => Highest = below;

    /// <inheritdoc/>
    public override string Words => double.IsNaN(Highest) ? Text($"at least {Lowest}") : Text($"at least {Lowest} and below {Highest}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A number above a bound that is itself excluded.</summary>
internal sealed class AboveAttribute : LimitAttribute
{
    /// <summary>A number above <paramref name="bound"/>.</summary>
    public AboveAttribute(double bound) => Lowest = bound;

    /// <summary>A number above <paramref name="bound"/> that is <paramref name="atMost"/> or less.</summary>
    public AboveAttribute(double bound, double atMost) : this(bound) => (Highest, HighestAllowed) = (atMost, true);

    /// <inheritdoc/>
    public override string Words => double.IsNaN(Highest) ? Text($"above {Lowest}") : Text($"above {Lowest} and at most {Highest}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A number between two bounds, both allowed.</summary>
internal sealed class FromToAttribute : LimitAttribute
{
    /// <summary>A number in [<paramref name="lowest"/>, <paramref name="highest"/>].</summary>
    public FromToAttribute(double lowest, double highest) =>
        (Lowest, LowestAllowed, Highest, HighestAllowed) = (lowest, true, highest, true);

    /// <inheritdoc/>
    public override string Words => string.Create(CultureInfo.InvariantCulture, $"from {Lowest} to {Highest}");
}

/// <summary>A number between two bounds, both excluded.</summary>
internal sealed class BetweenAttribute : LimitAttribute
{
    /// <summary>A number in (<paramref name="lowest"/>, <paramref name="highest"/>).</summary>
    public BetweenAttribute(double lowest, double highest) => (Lowest, Highest) = (lowest, highest);

    /// <inheritdoc/>
    public override string Words => string.Create(CultureInfo.InvariantCulture, $"between {Lowest} and {Highest}, both excluded");
}
