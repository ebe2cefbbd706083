using System.Globalization;

namespace WanLab.Notebooks.Figures;

/// <summary>
/// Colours from low to high, the viridis map of matplotlib at five places: even in brightness and readable by the colour-blind.
/// </summary>
internal static class HeatColors
{
    public static IReadOnlyList<(double At, string Color)> Stops { get; } = [(0, "#440154"), (0.25, "#3b528b"), (0.5, "#21918c"),
        (0.75, "#5ec962"), (1, "#fde725")];

    /// <summary>The colour at a place from 0 to 1.</summary>
    public static string At(double share)
    {
        var place = Math.Clamp(share, 0, 1) * (Stops.Count - 1);
        var k = Math.Min(Stops.Count - 2, (int)place);
        return "#" + string.Concat(Enumerable.Range(0, 3).Select(
            c => ((int)Math.Round(Part(k, c) + (place - k) * (Part(k + 1, c) - Part(k, c)))).ToString("x2", CultureInfo.InvariantCulture)));
    }

    /// <summary>The colour of text on the colour at a place.</summary>
    public static string Ink(double share) => share < 0.6 ? "#ffffff" : "#1a202c";

    private static int Part(int stop, int channel) =>
        int.Parse(Stops[stop].Color.AsSpan(1 + 2 * channel, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
