using System.Globalization;
using System.Numerics;

namespace WanLab.Jobs.Schema;

/// <summary>The range a number must lie in.</summary>
/// <param name="Words">How messages name the range.</param>
/// <param name="Holds">Whether a number lies in it.</param>
internal sealed record Limits(string Words, Func<double, bool> Holds)
{
    public static Limits AtLeast(double least) => new($"at least {least}", x => x >= least);

    public static Limits Above0 { get; } = new("above 0", x => x > 0);

    public static Limits From0To1 { get; } = new("from 0 to 1", x => x is >= 0 and <= 1);

    public static Limits Above0To1 { get; } = new("above 0 and at most 1", x => x is > 0 and <= 1);

    public static Limits From0Below1 { get; } = new("at least 0 and below 1", x => x is >= 0 and < 1);

    public static Limits Between0And1 { get; } = new("between 0 and 1, both excluded", x => x is > 0 and < 1);
}

/// <summary>A number within limits; whole where <typeparamref name="T"/> is.</summary>
internal class NumberKind<T>(Limits limits) : Kind<T> where T : struct, INumber<T>
{
    private static readonly bool Whole = typeof(T) != typeof(double);

    public override T Blank => T.Zero;

    /// <summary>Added to the message about a node that is no number at all.</summary>
    public string OrElse { get; init; } = "";

    public override T Read(JobNode node, string path, ReadContext context, T start)
    {
        if (node is JobScalar scalar && TryParse(scalar.Text, out var value))
        {
            if (limits.Holds(double.CreateChecked(value))) return Accept(node, path, context, value);
            context.Error(node, path, $"must be {limits.Words}, not {scalar.Text}");
            return start;
        }
        context.Error(node, path, $"must be a {(Whole ? "whole number" : "number")}, {limits.Words}{OrElse}; not {node.Describe()}");
        return start;
    }

    public override JobNode Write(T value) => Plain(value.ToString(null, CultureInfo.InvariantCulture));

    /// <summary>The last look at a number within limits.</summary>
    protected virtual T Accept(JobNode node, string path, ReadContext context, T value) => value;

    public static bool TryParse(string text, out T value) =>
        T.TryParse(text, Whole ? NumberStyles.AllowLeadingSign : NumberStyles.Float, CultureInfo.InvariantCulture, out value)
        && T.IsFinite(value);
}

/// <summary>A number of frames the video VAE can hold: 1 or 4n+1.</summary>
internal sealed class FrameCount() : NumberKind<int>(Limits.AtLeast(1))
{
    protected override int Accept(JobNode node, string path, ReadContext context, int value)
    {
        if (value % 4 == 1) return value;
        var below = (value - 1) / 4 * 4 + 1;
        context.Error(node, path, $"{value} frames do not fit the model, which takes 4n+1; the nearest are {below} and {below + 4L}");
        return value;
    }
}

/// <summary>A width or height: rounded to a multiple of 16, with a warning.</summary>
internal sealed class PixelSize() : NumberKind<int>(new("from 16 to 16384", x => x is >= 16 and <= 16384))
{
    protected override int Accept(JobNode node, string path, ReadContext context, int value)
    {
        var rounded = (value + 8) / 16 * 16;
        if (rounded != value) context.Warn(node, path, $"{value} is rounded to {rounded}, a multiple of 16");
        return rounded;
    }
}
