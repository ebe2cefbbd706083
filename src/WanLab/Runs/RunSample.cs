using WanLab.Sampling;

namespace WanLab.Runs;

/// <summary>A preview that a run made.</summary>
/// <param name="Step">The step after which it was made; 0 is the base model.</param>
/// <param name="Prompt">Index of the job's prompt, from 0.</param>
/// <param name="File">The .mp4 file.</param>
[TypeFormatterSource]
public sealed record RunSample(int Step, int Prompt, string File)
{
    /// <summary>The record of how the preview was made.</summary>
    /// <exception cref="WanLabException">The record is missing.</exception>
    internal SampleRecord Record() => SampleFiles.Read(File);

    /// <summary>All previews on disk, ordered by step, then prompt. A clip without a record is incomplete and left out.</summary>
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
