using System.Text.Json.Nodes;
using WanLab.Diffusion;
using WanLab.Models;
using WanLab.Options;

namespace WanLab.Notebooks.Figures;

/// <summary>
/// The distribution of timesteps for every timestep type, bias and boundary: lists choose among them where scripts run; the
/// picture and the text show the one that was asked for.
/// </summary>
public sealed record TimestepExplorer : Figure
{
    private const int Height = 400, Points = 200;
    private static readonly double[] UsualBoundaries = [0.8, 0.875, 0.9, 0.95];

    /// <summary>The distribution that is shown first.</summary>
    public TimestepType Type { get; init; } = TimestepType.Linear;

    /// <summary>The bias that is shown first.</summary>
    public TimestepBias Bias { get; init; } = TimestepBias.Balanced;

    /// <summary>The boundary between the experts, as a share of 1000 timesteps.</summary>
    public double Boundary { get; init; } = 0.9;

    /// <summary>The shift of <see cref="TimestepType.Shift"/>.</summary>
    public double Shift { get; init; } = 5;

    /// <summary>The figure of one choice of type, bias and boundary.</summary>
    public LineFigure Of(TimestepType type, TimestepBias bias, double boundary)
    {
        var distribution = new TimestepDistribution(type, Shift, bias);
        var lines = Experts.All.Select(expert => Density(distribution, expert, boundary)).ToList();
        if (type == TimestepType.Weighted)
            lines.AddRange(Experts.All.Select(expert => Density(distribution, expert, boundary, weighted: true)));
        return new LineFigure
        {
            Title = $"{Title}: {type.Word()}, {bias.Word()}, boundary {Numbers.Short(boundary)}",
            XTitle = XTitle,
            YTitle = YTitle,
            Lines = lines,
            Shades = [.. Experts.All.Select(expert => new Shade(Palette.Of(expert), [Ends(expert.Range(boundary))]))],
            Mark = ($"boundary {Numbers.Short(boundary)}", Timestep.Of(boundary)),
            FromZero = true,
        };

        static (double, double) Ends((double From, double To) range) => (Timestep.Of(range.From), Timestep.Of(range.To));
    }

    /// <summary>The lines of a job file that give a choice.</summary>
    internal static string Settings(TimestepType type, TimestepBias bias, double boundary) =>
        $"training.timestep_type: {type.Word()}   training.timestep_bias: {bias.Word()}   multistage.boundary: {Numbers.Short(boundary)}";

    /// <inheritdoc/>
    public override string ToSvg() => Of(Type, Bias, Boundary).ToSvg();

    internal override string ToText(int width) =>
        $"{Of(Type, Bias, Boundary).ToText(width).TrimEnd()}\n  in the job:\n"
        + string.Concat(Settings(Type, Bias, Boundary).Split("   ").Select(setting => $"    {setting}\n"));

    internal override JsonObject ToPlotly()
    {
        double[] boundaries = [.. UsualBoundaries.Append(Boundary).Distinct().Order()];
        var cases = new JsonObject();
        foreach (var type in Enum.GetValues<TimestepType>())
            foreach (var bias in Enum.GetValues<TimestepBias>())
                foreach (var boundary in boundaries)
                    cases[$"{type.Word()}|{bias.Word()}|{Numbers.Short(boundary)}"] = Case(type, bias, boundary);
        var shown = Of(Type, Bias, Boundary).ToPlotly();
        shown["height"] = Height;
        shown["cases"] = cases;
        shown["choices"] = new JsonArray(
            Choice("timestep_type", Enum.GetValues<TimestepType>().Select(t => t.Word()), Type.Word()),
            Choice("timestep_bias", Enum.GetValues<TimestepBias>().Select(b => b.Word()), Bias.Word()),
            Choice("boundary", boundaries.Select(Numbers.Short), Numbers.Short(Boundary)));
        return shown;
    }

    private JsonObject Case(TimestepType type, TimestepBias bias, double boundary)
    {
        var figure = Of(type, bias, boundary);
        var spec = figure.ToPlotly();
        foreach (var trace in spec["data"]!.AsArray().OfType<JsonObject>())
        {
            // The points have equal distances; naming each would make the notebook twice as large.
            var x = trace["x"]!.AsArray();
            (trace["x0"], trace["dx"]) = (x[0]!.DeepClone(), (x[^1]!.GetValue<double>() - x[0]!.GetValue<double>()) / (x.Count - 1));
            trace.Remove("x");
        }
        return new JsonObject
        {
            ["data"] = spec["data"]!.DeepClone(),
            ["shapes"] = spec["layout"]!["shapes"]!.DeepClone(),
            ["title"] = figure.Title,
            ["setting"] = Settings(type, bias, boundary),
        };
    }

    private static JsonObject Choice(string name, IEnumerable<string> values, string value) =>
        new() { ["name"] = name, ["values"] = Words(values), ["value"] = value };

    // Between two points of the axis the probability is exact, not sampled.
    private static Line Density(TimestepDistribution distribution, Expert expert, double boundary, bool weighted = false)
    {
        var (from, to) = expert.Range(boundary);
        var width = (to - from) / Points;
        double[] sigmas = [.. Enumerable.Range(0, Points).Select(k => from + (k + 0.5) * width)];
        var weight = weighted ? distribution.Weights(from, to) : _ => 1;
        double[] y = [.. sigmas.Select(s => Share(s) / Timestep.Of(width) * weight(s) * 100)];
        double Share(double sigma) =>
            distribution.Cumulative(sigma + width / 2, from, to) - distribution.Cumulative(sigma - width / 2, from, to);
        return new Line(weighted ? $"{expert.Title()}, times loss weight" : expert.Title(), [.. sigmas.Select(Timestep.Of)], y,
            Palette.Of(expert), weighted ? LineStyle.Dashed : LineStyle.Line);
    }
}
