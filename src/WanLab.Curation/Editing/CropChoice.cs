using WanLab.Media;

namespace WanLab.Curation.Editing;

/// <summary>Crops as users write them: an area in pixels, or a shape that is placed in the picture.</summary>
internal static partial class CropChoice
{
    /// <summary>The least side of a crop: that of the smallest bucket.</summary>
    public const int Least = ClipSize.SideStep;

    /// <summary>The shapes that are offered; any other is taken too.</summary>
    public static IReadOnlyList<string> Shapes { get; } = ["16:9", "4:3", "1:1", "3:4", "9:16"];

    private const string Forms = "Write a shape (16:9, 1:1@left, 9:16@30%), an area (WIDTHxHEIGHT+X+Y, such as 640x352+0+24), or none";

    /// <summary>The area that a text means.</summary>
    /// <param name="text">A shape with or without a place, or an area.</param>
    /// <param name="facts">The clip.</param>
    /// <exception cref="WanLabException">The text means nothing, or nothing in this picture.</exception>
    public static PixelArea Parse(string text, MediaFacts facts)
    {
        if (Area().Match(text) is { Success: true } area)
            return Within(new PixelArea(Whole(area, "x"), Whole(area, "y"), Whole(area, "w"), Whole(area, "h")), facts, text);
        if (Shape().Match(text) is not { Success: true } shape) throw new WanLabException($"'{text}' is no crop. {Forms}.");
        var (across, down) = (Whole(shape, "w"), Whole(shape, "h"));
        if (across == 0 || down == 0) throw new WanLabException($"'{text}' is no shape. {Forms}.");
        return OfShape(across, down, Place(shape.Groups["at"].Value, text), facts);
    }

    /// <summary>The largest area of a shape.</summary>
    /// <param name="across">Width of the shape.</param>
    /// <param name="down">Height of the shape.</param>
    /// <param name="place">Where it lies in the part that is left over: 0 is left or above, 1 right or below.</param>
    /// <param name="facts">The clip.</param>
    /// <exception cref="WanLabException">The area would be too small to train on.</exception>
    public static PixelArea OfShape(int across, int down, double place, MediaFacts facts)
    {
        var isNarrower = (long)across * facts.Height < (long)down * facts.Width;
        // Even from the start, so that no second row goes because the first edge is odd.
        var width = (isNarrower ? (int)((long)facts.Height * across / down) : facts.Width) & ~1;
        var height = (isNarrower ? facts.Height : (int)((long)facts.Width * down / across)) & ~1;
        return Within(new PixelArea((int)Math.Round((facts.Width - width) * place) & ~1,
            (int)Math.Round((facts.Height - height) * place) & ~1, width, height), facts, $"{across}:{down}");
    }

    /// <summary>
    /// The area with even numbers, which it lies in: colours are stored for two pixels at a time, so an odd edge would shift them.
    /// </summary>
    /// <exception cref="WanLabException">The area leaves the picture, or is too small.</exception>
    public static PixelArea Within(PixelArea area, MediaFacts facts, string text)
    {
        var (x, y) = (area.X + (area.X & 1), area.Y + (area.Y & 1));
        var even = new PixelArea(x, y, (area.X + area.Width - x) & ~1, (area.Y + area.Height - y) & ~1);
        if (area.X < 0 || area.Y < 0 || area.X + (long)area.Width > facts.Width || area.Y + (long)area.Height > facts.Height)
            throw new WanLabException($"'{text}' leaves the picture, which is {facts.Width}x{facts.Height}.");
        if (even.Width >= Least && even.Height >= Least) return even;
        throw new WanLabException($"'{text}' leaves {even.Width}x{even.Height} pixels; a side needs at least {Least}.");
    }

    /// <summary>Whether an area is the whole picture, so that nothing is cut away.</summary>
    public static bool IsWhole(PixelArea area, MediaFacts facts) => area == new PixelArea(0, 0, facts.Width, facts.Height);

    private static double Place(string at, string text) => at switch
    {
        "" or "centre" or "center" => 0.5,
        "left" or "top" => 0,
        "right" or "bottom" => 1,
        _ when at.EndsWith('%') && double.TryParse(at.AsSpan(0, at.Length - 1), NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out var percent) && percent <= 100 => percent / 100,
        _ => throw new WanLabException($"'{text}': there is no place '{at}'; use left, right, top, bottom, centre, or a percentage "
            + "from the left or from above."),
    };

    private static int Whole(Match match, string group) =>
        int.TryParse(match.Groups[group].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value
            : throw new WanLabException($"'{match.Value}': the number {match.Groups[group].Value} is too large.");

    [GeneratedRegex(@"\A(?<w>[0-9]+)x(?<h>[0-9]+)\+(?<x>[0-9]+)\+(?<y>[0-9]+)\z")]
    private static partial Regex Area();

    [GeneratedRegex(@"\A(?<w>[0-9]+):(?<h>[0-9]+)(?:@(?<at>\S+))?\z")]
    private static partial Regex Shape();
}
