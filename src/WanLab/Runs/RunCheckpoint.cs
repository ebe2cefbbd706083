namespace WanLab.Runs;

/// <summary>An adapter that a run wrote.</summary>
/// <param name="Step">The step after which it was written; null for the finished adapter.</param>
/// <param name="Expert">The expert it belongs to.</param>
/// <param name="File">The .safetensors file.</param>
[TypeFormatterSource]
public sealed record RunCheckpoint(int? Step, Expert Expert, string File)
{
    /// <summary>All checkpoints on disk, ordered by step, the finished ones last.</summary>
    public static IReadOnlyList<RunCheckpoint> In(RunFolder folder)
    {
        var there = from step in folder.CheckpointSteps().Select(step => (int?)step).Append(null)
                    from expert in Experts.All
                    let file = folder.Checkpoint(expert, step)
                    where System.IO.File.Exists(file)
                    select new RunCheckpoint(step, expert, file);
        return there.ToArray(); // kernels show the name of a list's type, and this one is readable
    }

    /// <inheritdoc/>
    public override string ToString() => File;
}
