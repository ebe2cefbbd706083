using System.Text;

namespace WanLab.Notebooks.Figures;

/// <summary>Bars in a terminal: one line each.</summary>
internal static class BarText
{
    private const int Most = 40, Least = 8, Number = 7;

    public static string Draw(BarFigure figure, int width)
    {
        var text = new StringBuilder($"{figure.Title}\n");
        if (figure.Stacked) return Parts(figure, text, width);
        var most = figure.Series.SelectMany(s => s.Values).DefaultIfEmpty().Max();
        var place = figure.Places.Select(p => p.Length).DefaultIfEmpty().Max();
        var name = figure.Series.Count > 1 ? figure.Series.Max(s => s.Name.Length) + 2 : 0;
        var room = Room(width, 2 + place + 2 + name);
        for (var k = 0; k < figure.Places.Count; k++)
            for (var s = 0; s < figure.Series.Count; s++)
            {
                var value = figure.Series[s].Values[k];
                var number = figure.Percent ? Numbers.Percent(value) : Numbers.Short(value);
                var label = name > 0 ? figure.Series[s].Name.PadRight(name) : "";
                var line = $"  {(s == 0 ? figure.Places[k] : "").PadRight(place)}  {label}{number,Number} {Bar(value, most, room)}";
                text.Append(line.TrimEnd()).Append('\n');
            }
        if (figure.Places.Count == 0) text.Append("  nothing to count\n");
        return text.ToString();
    }

    // For parts of a whole: the average of each part.
    private static string Parts(BarFigure figure, StringBuilder text, int width)
    {
        var means = figure.Series.Select(s => (s.Name, Mean: s.Values.DefaultIfEmpty().Average())).ToList();
        var (name, most) = (means.Select(m => m.Name.Length).DefaultIfEmpty().Max(), means.Select(m => m.Mean).DefaultIfEmpty().Max());
        var room = Room(width, 2 + name + 2);
        foreach (var part in means)
        {
            var line = $"  {part.Name.PadRight(name)}  {Numbers.Short(part.Mean),Number} {Bar(part.Mean, most, room)}";
            text.Append(line.TrimEnd()).Append('\n');
        }
        if (means.Count == 0) text.Append("  nothing to count\n");
        return text.ToString();
    }

    private static int Room(int width, int before) => Math.Clamp(width - before - Number - 1, Least, Most);

    private static string Bar(double value, double most, int room) => new('#', most > 0 ? (int)Math.Round(value / most * room) : 0);
}
