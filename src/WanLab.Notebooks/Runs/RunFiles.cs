using WanLab.Models;
using WanLab.Runs;
using WanLab.Sampling;

namespace WanLab.Notebooks.Runs;

/// <summary>An adapter that a run wrote.</summary>
/// <param name="Step">The step it is of; null for the finished one.</param>
/// <param name="Expert">Whose it is.</param>
/// <param name="File">The .safetensors file.</param>
[TypeFormatterSource]
public sealed record RunCheckpoint(int? Step, Expert Expert, string File)
{
    /// <summary>All that are there, by step, the finished ones last.</summary>
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

/// <summary>A preview that a run made.</summary>
/// <param name="Step">The step it is of; 0 is the base model.</param>
/// <param name="Prompt">Which of the job's prompts, from 0.</param>
/// <param name="File">The .mp4 file.</param>
[TypeFormatterSource]
public sealed record RunSample(int Step, int Prompt, string File)
{
    /// <summary>How it was made.</summary>
    /// <exception cref="WanLabException">Its record is gone.</exception>
    public SampleRecord Record() => SampleFiles.Read(File);

    /// <summary>All that are there, by step, then prompt. Only clips whose record is there are whole.</summary>
    public static IReadOnlyList<RunSample> In(RunFolder folder)
    {
        var samples = from path in Directory.GetDirectories(Path.Combine(folder.Path, "samples"))
                      where int.TryParse(Path.GetFileName(path), out _)
                      from file in Directory.GetFiles(path, "*.mp4")
                      where System.IO.File.Exists(SampleFiles.RecordOf(file)) && int.TryParse(Path.GetFileNameWithoutExtension(file), out _)
                      select new RunSample(int.Parse(Path.GetFileName(path)), int.Parse(Path.GetFileNameWithoutExtension(file)), file);
        return samples.OrderBy(s => s.Step).ThenBy(s => s.Prompt).ToArray();
    }

    /// <inheritdoc/>
    public override string ToString() => File;
}
