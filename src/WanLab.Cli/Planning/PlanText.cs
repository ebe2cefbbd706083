using System.Globalization;
using Spectre.Console;
using WanLab.Models;
using WanLab.Planning;

namespace WanLab.Cli.Planning;

/// <summary>A plan as text.</summary>
internal static class PlanText
{
    private const int BarWidth = 40;

    /// <summary>Every clip: size, frames, speed.</summary>
    public static void WriteClips(JobPlan plan, IAnsiConsole console)
    {
        foreach (var dataset in plan.Datasets)
        {
            Line(console, $"{dataset.Options.Path}");
            foreach (var clips in dataset.Clips.GroupBy(clip => clip.Path))
            {
                var clip = clips.First();
                var items = clips.Count() == 1 ? "" : $"  {clips.Count()} items";
                var held = plan.HeldOut.Contains(clip.Path) ? "  held out" : "";
                Line(console, $"  {Path.GetFileName(clip.Path),-24} {clip.Info.Width}x{clip.Info.Height} -> {clip.Bucket,-9}  {clip.Info.FrameCount} frames at {clip.Info.Fps:0.##} a second -> {clip.NumFrames}  speed {clip.Speed:0.00}{items}{held}");
            }
            foreach (var problem in dataset.Problems) Line(console, $"  left out: {problem.Message}");
        }
    }

    /// <summary>Buckets, memory, disk, timesteps, time.</summary>
    public static void Write(JobPlan plan, IAnsiConsole console)
    {
        Line(console, $"model: {plan.Parameters / 1e6:#,0.0} million parameters an expert; the adapter {plan.AdapterParameters / 1e6:#,0.00} million");
        Line(console, $"memory of a step by size, {plan.Job.Device}{(plan.DeviceBytes is { } bytes ? $" with {Size(bytes)}" : "")}:");
        foreach (var bucket in plan.Buckets)
            Line(console, $"  {$"{bucket.Bucket}x{bucket.Frames}",-14} {bucket.Items} items of {bucket.Tokens:#,0} tokens: {Size(bucket.Memory.Total)}");
        if (plan.Buckets.Count > 0)
        {
            Line(console, $"  of the first: {string.Join(", ", plan.Buckets[0].Memory.Parts.Select(p => $"{p.Name} {Size(p.Bytes)}"))}");
            if (plan.Buckets[0].Memory.Offloaded > 0) Line(console, $"  in host memory: {Size(plan.Buckets[0].Memory.Offloaded)} of weights");
        }
        foreach (var warning in plan.Warnings) console.WriteRaw($"warning: {warning}");
        if (plan.Switching is { } cost) Line(console, $"low_vram: {Size(cost.Bytes)} of weights come to the device {cost.Switches} times, about {cost.Each.TotalSeconds:0.0} s each and {TimeSpan.FromSeconds(Math.Ceiling(cost.Total.TotalSeconds)):c} in all at 10 GB a second");
        if (!plan.Fits)
        {
            console.WriteError($"the largest step needs {Size(plan.Buckets[0].Memory.Total)}, but a device of {Size(plan.DeviceBytes!.Value)} leaves {Size((long)(plan.DeviceBytes.Value * Planner.Usable))}. Each of these alone would bring it to:");
            foreach (var (change, need) in plan.Advice) Line(console, $"  {change}: {Size(need)}");
            if (plan.Advice.Count == 0) console.WriteRaw("  nothing more in the job's settings; smaller datasets.resolutions, or a larger device");
        }
        Line(console, $"disk: at most {Size(plan.CacheBytes)} of cache (shared between runs), {Size(plan.CheckpointBytes)} of checkpoints and saved states");
        WriteTime(plan, console);
        foreach (var timesteps in plan.Timesteps) WriteTimesteps(timesteps, console);
    }

    private static void WriteTime(JobPlan plan, IAnsiConsole console)
    {
        if (plan.StepSeconds.Count == 0)
        {
            Line(console, $"time: not known before the first steps of a run named {plan.Job.Name}");
            return;
        }
        var step = plan.StepSeconds.Sum(part => part.Seconds);
        Line(console, $"time: {step:0.###} s a step in this run so far ({string.Join(", ", plan.StepSeconds.Select(p => FormattableString.Invariant($"{p.Part} {p.Seconds:0.###}")))}); {plan.Job.Training.Steps} steps take {TimeSpan.FromSeconds(Math.Ceiling(step * plan.Job.Training.Steps)):c}, previews and validation aside");
        Line(console, $"  of all their time, {plan.ModelShare:0.0%} in the model and the optimiser");
    }

    private static void WriteTimesteps(TimestepPlan plan, IAnsiConsole console)
    {
        Line(console, $"timesteps of {plan.Expert.Name()}, {plan.Steps} steps:");
        var most = plan.Shares.Max();
        var width = (plan.To - plan.From) / plan.Shares.Count;
        for (var k = plan.Shares.Count - 1; k >= 0; k--)
            Line(console, $"  {plan.From + k * width,4:0}-{plan.From + (k + 1) * width,-4:0} {plan.Shares[k],6:0.0%} {new string('#', (int)Math.Round(plan.Shares[k] / most * BarWidth))}");
    }

    private static string Size(long bytes) => bytes switch
    {
        >= 1L << 30 => FormattableString.Invariant($"{bytes / (double)(1L << 30):0.0} GiB"),
        >= 1L << 20 => FormattableString.Invariant($"{bytes / (double)(1L << 20):0.0} MiB"),
        _ => FormattableString.Invariant($"{bytes / 1024.0:0.0} KiB"),
    };

    private static void Line(IAnsiConsole console, FormattableString text) => console.WriteRaw(text.ToString(CultureInfo.InvariantCulture).TrimEnd());

}
