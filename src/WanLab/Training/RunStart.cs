using WanLab.Models;
using WanLab.Runs;

namespace WanLab.Training;

/// <summary>How a run starts.</summary>
public enum StartMode
{
    /// <summary>A new run; refused where one of that name made steps before.</summary>
    New,

    /// <summary>A new run; one of that name is deleted first.</summary>
    Fresh,

    /// <summary>The run of that name continues from its saved state.</summary>
    Resume,
}

/// <summary>What a user has to do, in the words of whoever starts runs: options of the command line, calls in a notebook.</summary>
/// <param name="Start">Starts a run that is not there yet.</param>
/// <param name="Resume">Continues a run.</param>
/// <param name="Fresh">Deletes a run and starts it over.</param>
/// <param name="Look">Shows a run that is there; null where there is no such way.</param>
public sealed record StartRemedies(string Start, string Resume, string Fresh, string? Look = null);

/// <summary>Decides about the start of a run, the same for the command line and for notebooks.</summary>
public static class RunStart
{
    private const int Wide = 512; // width of a model whose products are worth sharing out to threads

    /// <summary>The folder to train a job in: made, cleared or kept, as the mode says.</summary>
    /// <param name="job">A resolved job.</param>
    /// <param name="mode">How it starts.</param>
    /// <param name="remedies">What to advise where that is refused.</param>
    /// <exception cref="WanLabException">There is nothing to resume, a run of that name would be overwritten, or the folder
    /// cannot be written.</exception>
    public static RunFolder Folder(TrainingJob job, StartMode mode, StartRemedies remedies)
    {
        var folder = RunFolder.Open(job.Output, job.Name);
        switch (mode)
        {
            case StartMode.Resume when !folder.States.Any:
                throw new WanLabException($"There is no saved state in {folder.Path} to resume from. " + (folder.HasRun
                    ? $"The run there ended before its first checkpoint. Start it over: {remedies.Fresh}."
                    : $"Start it: {remedies.Start}."));
            case StartMode.New when folder.HasRun:
                throw new WanLabException(
                    $"The run {folder.Path} is there already. {(remedies.Look is { } look ? $"Look at it: {look}. " : "")}" +
                    $"Continue it: {remedies.Resume}. Delete it and start over: {remedies.Fresh}. Or give the job another name.");
            case StartMode.Fresh:
                folder.Clear();
                break;
        }
        return folder;
    }

    /// <summary>Threads to train a model with on a CPU: small matrices are multiplied faster by one than shared out to several.</summary>
    public static int Threads(BaseModel model) => model.Config.Dim < Wide ? 1 : Environment.ProcessorCount;
}
