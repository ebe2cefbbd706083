using System.Globalization;
using WanLab.Datasets;
using WanLab.Models;
using WanLab.Planning;

namespace WanLab.Notebooks.Figures;

/// <summary>Plots of a plan and of the clips to train on.</summary>
internal static class PlanFigures
{
    /// <summary>Share of an expert's draws by timestep.</summary>
    public static BarFigure Timesteps(TimestepPlan plan)
    {
        var width = (plan.To - plan.From) / plan.Shares.Count;
        return new BarFigure
        {
            Title = $"Timesteps, {plan.Expert.Title()}: {Numbers.Of(plan.Steps, "step")} planned",
            XTitle = "timestep",
            YTitle = "share of draws",
            Percent = true,
            Places = [.. plan.Shares.Select((_, k) => $"{Round(plan.From + k * width)}-{Round(plan.From + (k + 1) * width)}")],
            Series = [new Bars("planned", plan.Shares, Palette.Of(plan.Expert))],
        };

        static string Round(double timestep) => timestep.ToString("0", CultureInfo.InvariantCulture);
    }

    /// <summary>Items by the size and length they are trained at.</summary>
    public static BarFigure Buckets(IEnumerable<Clip> clips)
    {
        var groups = clips.GroupBy(clip => (clip.Bucket, clip.NumFrames))
            .OrderByDescending(g => g.Key.Bucket.Width * g.Key.Bucket.Height * g.Key.NumFrames)
            .ThenBy(g => g.Key.Bucket.ToString(), StringComparer.Ordinal).ToList();
        return new BarFigure
        {
            Title = "Buckets",
            XTitle = "width x height x frames",
            YTitle = "items",
            Places = [.. groups.Select(g => $"{g.Key.Bucket}x{g.Key.NumFrames}")],
            Series = [new Bars("items", [.. groups.Select(g => (double)g.Count())], Palette.At(0))],
        };
    }

    /// <summary>Number of files by duration.</summary>
    public static BarFigure Durations(IEnumerable<Clip> clips)
    {
        var seconds = clips.DistinctBy(clip => clip.Path).Select(clip => clip.Info.Duration).ToList();
        var axis = seconds.Count == 0 ? default : Axis.Over(seconds.Prepend(0));
        var step = axis.Step / 2;
        var counts = new double[seconds.Count == 0 ? 0 : (int)Math.Round(axis.To / step)];
        foreach (var s in seconds) counts[Math.Min(counts.Length - 1, (int)(s / step))]++;
        return new BarFigure
        {
            Title = "Durations",
            XTitle = "length in seconds",
            YTitle = "clips",
            Places = [.. counts.Select((_, k) => $"{Numbers.Short(k * step)}-{Numbers.Short((k + 1) * step)}")],
            Series = [new Bars("clips", counts, Palette.At(2))],
        };
    }
}
