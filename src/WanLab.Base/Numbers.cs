using System.Globalization;

namespace WanLab;

/// <summary>Numbers, sizes and times as people read them; the same everywhere.</summary>
internal static class Numbers
{
    /// <summary>A number with four digits: 0.0123, 12.3, 1e-05.</summary>
    public static string Short(double value)
    {
        if (value == 0) return "0"; // also -0
        var format = Math.Abs(value) switch
        {
            < 1e-3 or >= 1e5 => "0.##e-0",
            >= 1000 => "0",
            >= 100 => "0.#",
            >= 10 => "0.##",
            >= 1 => "0.###",
            _ => "0.####",
        };
        return value.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>A number with four significant digits, as in tables of results: 0.01234, 12.34, 1E-05.</summary>
    public static string FourDigits(double value) =>
        value.ToString(Math.Abs(value) is >= 1000 and < 1e7 ? "0" : "G4", CultureInfo.InvariantCulture);

    /// <summary>A mean or deviation: one decimal from 10 on, two from 1 on, else three.</summary>
    public static string Mean(double value) => value.ToString(Math.Abs(value) switch
    {
        >= 9.95 => "0.0",
        >= 0.995 => "0.00",
        _ => "0.000",
    }, CultureInfo.InvariantCulture);

    /// <summary>The text of any value in a cell of a table; empty for null.</summary>
    /// <param name="value">The value.</param>
    /// <param name="number">Writes a number.</param>
    public static string Cell(object? value, Func<double, string> number) => value switch
    {
        null => "",
        double exact => number(exact),
        float exact => number(exact),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>A difference, with its sign.</summary>
    public static string Signed(double value) => value.ToString("+0.0000;-0.0000;0.0000", CultureInfo.InvariantCulture);

    /// <summary>A percentage such as 12.5%, the same in every culture.</summary>
    public static string Percent(double share) => (100 * share).ToString("0.#", CultureInfo.InvariantCulture) + "%";

    /// <summary>A whole number with separated thousands.</summary>
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A number of bytes, in the unit that fits.</summary>
    public static string Size(double bytes) => bytes switch
    {
        >= 1L << 30 => FormattableString.Invariant($"{bytes / (1L << 30):0.0} GiB"),
        >= 1L << 20 => FormattableString.Invariant($"{bytes / (1L << 20):0.0} MiB"),
        _ => FormattableString.Invariant($"{bytes / 1024:0.0} KiB"),
    };

    /// <summary>A time to wait, rounded up to seconds: 2 h 05 min, 3 min 20 s, 12 s.</summary>
    public static string Duration(TimeSpan exact)
    {
        var time = TimeSpan.FromSeconds(Math.Ceiling(exact.TotalSeconds));
        if (time.TotalHours >= 1) return $"{(int)time.TotalHours} h {time.Minutes:00} min";
        return time.TotalMinutes >= 1 ? $"{time.Minutes} min {time.Seconds:00} s" : $"{time.Seconds} s";
    }

    /// <summary>A number of things: 1 clip, 20 clips.</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">The singular.</param>
    /// <param name="many">The plural, if it is not the singular with an s.</param>
    public static string Of(long count, string one, string? many = null) => $"{Count(count)} {(count == 1 ? one : many ?? one + "s")}";
}
