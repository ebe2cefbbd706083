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
        var samples = from path in FilesOf.Folders(Path.Combine(folder.Path, "samples"))
                      let step = Number(Path.GetFileName(path), digits: 9)
                      where step is not null
                      from file in FilesOf.Folder(path)
                      let prompt = Path.GetExtension(file) == ".mp4" ? Number(Path.GetFileNameWithoutExtension(file), digits: 2) : null
                      where prompt is not null && System.IO.File.Exists(SampleFiles.RecordOf(file))
                      select new RunSample(step.Value, prompt.Value, file);
        return samples.OrderBy(s => s.Step).ThenBy(s => s.Prompt).ToArray();
    }

    /// <inheritdoc/>
    public override string ToString() => File;

    // The run names its files with at least so many digits; what has another name is not its own.
    private static int? Number(string name, int digits) => name.Length >= digits && name.All(char.IsAsciiDigit)
        && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
