using Spectre.Console;
using Spectre.Console.Rendering;

namespace WanLab.Cli;

/// <summary>Lines that are not wrapped: what is drawn with characters, files to copy, paths.</summary>
internal sealed class RawLines(IReadOnlyList<(string Text, Style Style)> lines) : IRenderable
{
    /// <inheritdoc/>
    public Measurement Measure(RenderOptions options, int maxWidth)
    {
        var widest = lines.Max(line => Segment.CellCount([new Segment(line.Text)]));
        return new Measurement(widest, widest);
    }

    /// <inheritdoc/>
    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        foreach (var (text, style) in lines)
        {
            if (text != "") yield return new Segment(text, style);
            yield return Segment.LineBreak;
        }
    }
}
