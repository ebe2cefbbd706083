using System.Text.Json.Nodes;
using WanLab.Notebooks.Blocks;
using WanLab.Notebooks.Figures;
using WanLab.Planning;
using WanLab.Training;

namespace WanLab.Notebooks.Views;

/// <summary>Shows the plan of a job.</summary>
internal static class PlanView
{
    public static IEnumerable<Block> Of(JobPlan plan)
    {
        yield return new Heading($"Plan of {plan.Job.Name}", $"{Numbers.Of(plan.Job.Training.Steps, "step")} on {Device(plan)}");
        if (!plan.Fits)
            foreach (var block in Smaller(plan)) yield return block;
        foreach (var warning in plan.Warnings) yield return new Note(NoteKind.Warning, warning);
        yield return new Facts([.. Needs(plan), .. Time(plan)]);
        if (plan.Buckets.Count > 0)
        {
            yield return new TableBlock(["size", "items", "tokens", "memory of a step"], [.. plan.Buckets.Select(Row)]);
            var parts = new TableBlock(["part", "memory"], [.. Parts(plan.Buckets[0].Memory)]);
            yield return new Fold("Memory of the largest step, by part", [parts]) { InText = true };
        }
        yield return new Row([.. plan.Timesteps.Select(t => new FigureBlock(PlanFigures.Timesteps(t)))]);
    }

    /// <summary>The cost of a job, in five lines.</summary>
    public static IEnumerable<Block> Short(JobPlan plan)
    {
        var wanted = (string[])["run folder", "memory", "disk", "held out", "time"];
        yield return new Facts([.. Needs(plan).Concat(Time(plan)).Where(fact => wanted.Contains(fact.Item1))]);
    }

    /// <summary>The time of the run as far as it is known; null before its first steps.</summary>
    public static string? TimeOf(JobPlan plan) => plan.StepSeconds.Count == 0 ? null
        : Numbers.Duration(TimeSpan.FromSeconds(plan.StepSeconds.Sum(part => part.Seconds) * plan.Job.Training.Steps));

    /// <summary>One sentence for a job that does not fit.</summary>
    public static string TooLarge(JobPlan plan) => $"the largest step needs {Numbers.Size(plan.Buckets[0].Memory.Total)}, "
        + $"but a device of {Numbers.Size(plan.DeviceBytes!.Value)} leaves {Numbers.Size(plan.Room)}; wanlab plan says what to change";

    /// <summary>The plan for programs: bytes, seconds and counts.</summary>
    public static JsonObject Json(JobPlan plan) => new()
    {
        ["job"] = plan.Job.Name,
        ["steps"] = plan.Job.Training.Steps,
        ["device"] = plan.Job.Device,
        ["device_bytes"] = plan.DeviceBytes,
        ["fits"] = plan.Fits,
        ["step_bytes"] = plan.Buckets.Count == 0 ? 0 : plan.Buckets[0].Memory.Total,
        ["parameters"] = plan.Parameters,
        ["adapter_parameters"] = plan.AdapterParameters,
        ["cache_bytes"] = plan.CacheBytes,
        ["checkpoint_bytes"] = plan.CheckpointBytes,
        ["step_seconds"] = plan.StepSeconds.Count == 0 ? null : plan.StepSeconds.Sum(part => part.Seconds),
        ["held_out"] = new JsonArray([.. plan.HeldOut.Order().Select(file => (JsonNode)file)]),
        ["warnings"] = new JsonArray([.. plan.Warnings.Select(warning => (JsonNode)warning)]),
        ["buckets"] = new JsonArray([.. plan.Buckets.Select(bucket => (JsonNode)new JsonObject
        {
            ["width"] = bucket.Bucket.Width,
            ["height"] = bucket.Bucket.Height,
            ["frames"] = bucket.Frames,
            ["items"] = bucket.Items,
            ["tokens"] = bucket.Tokens,
            ["bytes"] = bucket.Memory.Total,
        })]),
        ["memory"] = plan.Buckets.Count == 0 ? null : new JsonArray([.. plan.Buckets[0].Memory.Parts.Select(part =>
            (JsonNode)new JsonObject { ["part"] = part.Name, ["bytes"] = part.Bytes })]),
        ["advice"] = new JsonArray([.. plan.Advice.Select(advice => (JsonNode)new JsonObject
        {
            ["change"] = advice.Change,
            ["bytes"] = advice.Bytes,
            ["enough"] = advice.Bytes <= plan.Room,
        })]),
    };

    public static IEnumerable<Block> Of(TimestepPlan plan) => [new FigureBlock(PlanFigures.Timesteps(plan))];

    private static IEnumerable<Block> Smaller(JobPlan plan)
    {
        yield return new Note(NoteKind.Error, $"the largest step needs {Numbers.Size(plan.Buckets[0].Memory.Total)}, "
            + $"but a device of {Numbers.Size(plan.DeviceBytes!.Value)} leaves {Numbers.Size(plan.Room)}.");
        if (plan.Advice.Count > 0)
            yield return new TableBlock(["each of these alone", "would bring it to", "which is"], [.. plan.Advice.Select(Cells)]);
        foreach (var block in Verdict(plan)) yield return block;

        IReadOnlyList<string> Cells((string Change, long Bytes) advice) =>
            [advice.Change, Numbers.Size(advice.Bytes), advice.Bytes <= plan.Room ? "enough" : "too much"];
    }

    private static IEnumerable<Block> Verdict(JobPlan plan)
    {
        if (plan.Advice.Any(a => a.Bytes <= plan.Room))
        {
            yield return new Paragraph("One change that is enough will do; the first in the list costs least.");
            yield break;
        }
        if (plan.Advice.Count == 0 || plan.Together is not { } all)
        {
            yield return new Paragraph("No setting of the job makes it smaller; it needs a device with more memory.");
            yield break;
        }
        yield return new Paragraph(all.Bytes <= plan.Room
            ? $"None of these alone is enough. The following are, made together: the job then needs {Numbers.Size(all.Bytes)}."
            : $"These are not enough, not even all that can be made together: the job would then need {Numbers.Size(all.Bytes)}. "
                + "It needs a device with more memory.");
        if (all.Bytes <= plan.Room) yield return new TableBlock(["changes to make together"], [.. all.Changes.Select(c => (string[])[c])]);
    }

    private static string Device(JobPlan plan) => plan.Elsewhere ? $"a device of {Numbers.Size(plan.DeviceBytes!.Value)}"
        : plan.OnCpu ? "the CPU" : plan.Job.Device == "auto" ? "the GPU" : plan.Job.Device;

    private static IEnumerable<(string, string)> Needs(JobPlan plan)
    {
        if (!Path.IsPathRooted(plan.Job.Output))
            yield return ("run folder", $"{Path.Combine(plan.Job.Output, plan.Job.Name)}, below the current folder");
        yield return ("model", $"{Numbers.Short(plan.Parameters / 1e6)} million parameters in each expert, "
            + $"{Numbers.Short(plan.AdapterParameters / 1e6)} million in its adapter");
        var device = plan.DeviceBytes is { } bytes ? $", of {Numbers.Size(bytes)}" : "";
        yield return ("memory", plan.Buckets.Count == 0 ? "no items"
            : $"{Numbers.Size(plan.Buckets[0].Memory.Total)} for the largest step{device}");
        if (plan.Buckets.Count > 0 && plan.Buckets[0].Memory.Offloaded is > 0 and var offloaded)
            yield return ("host memory", $"{Numbers.Size(offloaded)} of weights");
        yield return ("disk", $"at most {Numbers.Size(plan.CacheBytes)} of cache (shared between runs), "
            + $"{Numbers.Size(plan.CheckpointBytes)} of checkpoints and saved states");
        if (plan.Switching is { } cost)
            yield return ("low_vram", $"{Numbers.Size(cost.Bytes)} of weights come to the device {Numbers.Of(cost.Switches, "time")}, "
                + $"about {Numbers.Short(cost.Each.TotalSeconds)} s each and {Numbers.Duration(cost.Total)} in total "
                + $"at {Numbers.Short(SwitchCost.BytesPerSecond / 1e9)} GB a second");
        yield return ("held out", plan.HeldOut.Count == 0 ? "nothing" : string.Join(", ", plan.HeldOut.Select(Path.GetFileName).Order()));
    }

    private static IEnumerable<(string, string)> Time(JobPlan plan)
    {
        if (plan.StepSeconds.Count == 0)
        {
            yield return ("time", $"not known before the first steps: no run in {plan.Job.Output} has this model, these sizes and batches");
            yield break;
        }
        var (steps, step) = (plan.Job.Training.Steps, plan.StepSeconds.Sum(part => part.Seconds));
        var whose = plan.TimedRun == plan.Job.Name ? "so far" : $"as in the run {plan.TimedRun}";
        yield return ("time", $"about {Numbers.Duration(TimeSpan.FromSeconds(step * steps))} for {Numbers.Of(steps, "step")}, previews and "
            + $"validation aside: {Numbers.Short(step)} s a step {whose}");
        yield return ("seconds of a step", string.Join(", ", plan.StepSeconds.Select(p => $"{p.Part} {Numbers.Short(p.Seconds)}")));
        if (plan.ModelShare is { } share)
            yield return ("in the model", $"{Numbers.Percent(share)} of that time, the optimiser included");
    }

    private static IReadOnlyList<string> Row(BucketPlan bucket) =>
    [
        $"{bucket.Bucket}x{bucket.Frames}", Numbers.Count(bucket.Items), Numbers.Count(bucket.Tokens), Numbers.Size(bucket.Memory.Total),
    ];

    private static IEnumerable<IReadOnlyList<string>> Parts(StepMemory memory) =>
        memory.Parts.Select(part => (IReadOnlyList<string>)[part.Name, Numbers.Size(part.Bytes)]);
}
