using WanLab.Notebooks.Blocks;
using WanLab.Notebooks.Figures;
using WanLab.Planning;

namespace WanLab.Notebooks.Views;

/// <summary>Shows plans.</summary>
internal static class PlanView
{
    public static IEnumerable<Block> Of(JobPlan plan)
    {
        var step = plan.StepSeconds.Sum(part => part.Seconds);
        yield return new Heading($"Plan of {plan.Job.Name}", $"{Numbers.Of(plan.Job.Training.Steps, "step")} on {plan.Job.Device}");
        if (!plan.Fits)
        {
            yield return new Note(NoteKind.Error, $"The largest step needs {Numbers.Size(plan.Buckets[0].Memory.Total)}; a device of {Numbers.Size(plan.DeviceBytes!.Value)} leaves {Numbers.Size(plan.DeviceBytes.Value * Planner.Usable)}.");
            if (plan.Advice.Count > 0) yield return new TableBlock(["each of these alone", "would bring it to"], [.. plan.Advice.Select(a => (IReadOnlyList<string>)[a.Change, Numbers.Size(a.Bytes)])]);
        }
        foreach (var warning in plan.Warnings) yield return new Note(NoteKind.Warning, warning);
        yield return new Facts(
        [
            ("model", $"{Numbers.Short(plan.Parameters / 1e6)} million parameters an expert, the adapter {Numbers.Short(plan.AdapterParameters / 1e6)} million"),
            ("memory", plan.Buckets.Count == 0 ? "no items" : $"{Numbers.Size(plan.Buckets[0].Memory.Total)} for the largest step{(plan.DeviceBytes is { } bytes ? $", of {Numbers.Size(bytes)}" : "")}"),
            ("disk", $"at most {Numbers.Size(plan.CacheBytes)} of cache, {Numbers.Size(plan.CheckpointBytes)} of checkpoints and saved states"),
            ("time", plan.StepSeconds.Count == 0 ? "not known before the first steps of a run of this name" : $"{Numbers.Short(step)} s a step so far, {Numbers.Duration(TimeSpan.FromSeconds(Math.Ceiling(step * plan.Job.Training.Steps)))} in all, previews and validation aside"),
            .. plan.Switching is { } cost ? [("low_vram", $"{Numbers.Size(cost.Bytes)} of weights come to the device {cost.Switches} times, about {Numbers.Duration(cost.Total)} in all")] : Array.Empty<(string, string)>(),
            ("held out", plan.HeldOut.Count == 0 ? "nothing" : string.Join(", ", plan.HeldOut.Select(Path.GetFileName).Order())),
        ]);
        if (plan.Buckets.Count > 0)
        {
            yield return new TableBlock(["size", "items", "tokens", "memory of a step"], [.. plan.Buckets.Select(b => (IReadOnlyList<string>)[$"{b.Bucket}x{b.Frames}", Numbers.Count(b.Items), Numbers.Count(b.Tokens), Numbers.Size(b.Memory.Total)])]);
            yield return new Fold("Memory of the largest step, by part", [new TableBlock(["part", "memory"], [.. plan.Buckets[0].Memory.Parts.Select(p => (IReadOnlyList<string>)[p.Name, Numbers.Size(p.Bytes)])])]) { InText = true };
        }
        yield return new Row([.. plan.Timesteps.Select(t => new FigureBlock(PlanFigures.Timesteps(t)))]);
    }

    public static IEnumerable<Block> Of(TimestepPlan plan) => [new FigureBlock(PlanFigures.Timesteps(plan))];
}
