using WanLab.Runs;

namespace WanLab.Training;

/// <summary>The way in which a run starts.</summary>
internal enum StartMode
{
    /// <summary>A new run; refused if a run of that name made steps before.</summary>
    New,

    /// <summary>A new run; an existing run of that name is deleted first.</summary>
    Fresh,

    /// <summary>The run of that name continues from its saved state.</summary>
    Resume,
}

/// <summary>Advice for the user, in the words of the caller: options of the command line, or calls in a notebook.</summary>
/// <param name="Start">Starts a run that does not exist yet.</param>
/// <param name="Resume">Continues a run.</param>
/// <param name="Fresh">Deletes a run and starts it over.</param>
/// <param name="Look">Shows an existing run; null if the caller has no such way.</param>
internal sealed record StartRemedies(string Start, string Resume, string Fresh, string? Look = null);

/// <summary>Decides how a run starts, in the same way for the command line and for notebooks.</summary>
internal static class RunStart
{
    private const int Wide = 512; // from this model width on, several threads are faster than one

    /// <summary>Returns the folder to train a job in: created, cleared or kept, as the mode says.</summary>
    /// <param name="job">A resolved job.</param>
    /// <param name="mode">The way in which the run starts.</param>
    /// <param name="remedies">The advice to give if that is refused.</param>
    /// <exception cref="WanLabException">There is nothing to resume, a run of that name would be overwritten, or the folder
    /// cannot be written.</exception>
    public static RunFolder Folder(TrainingJob job, StartMode mode, StartRemedies remedies)
    {
        var found = RunFolder.At(job.Output, job.Name); // a refusal leaves nothing behind
        switch (mode)
        {
            case StartMode.Resume when !found.WasStarted:
                throw new WanLabException($"There is no run in {found.Path} to resume. Start it: {remedies.Start}.");
            case StartMode.New when found.HasRun:
                throw new WanLabException(
                    $"The run {found.Path} already exists. {(remedies.Look is { } look ? $"Look at it: {look}. " : "")}" +
                    $"Continue it: {remedies.Resume}. Delete it and start over: {remedies.Fresh}. Or give the job another name.");
        }
        var folder = RunFolder.Open(job.Output, job.Name);
        if (mode == StartMode.Fresh) folder.Clear();
        return folder;
    }

    /// <summary>
    /// Says why a run has nothing left to do: it has already made more steps than the job asks for. Null where there is something.
    /// </summary>
    internal static string? NothingLeft(RunFolder folder, TrainingJob job) =>
        folder.States.NewestStep is { } made && made > job.Training.Steps ? Done("Nothing left to do", made, job) : null;

    /// <summary>
    /// Says that a run, whose state was read and is of its last step, is finished. Null if it was killed before it wrote the finished
    /// adapters, which it then still has to do.
    /// </summary>
    internal static string? Finished(RunFolder folder, TrainingJob job, int step) =>
        step == job.Training.Steps && RunCheckpoint.In(folder).Any(checkpoint => checkpoint.Step is null)
            ? Done("Finished", step, job) : null;

    private static string Done(string word, int made, TrainingJob job) => string.Create(CultureInfo.InvariantCulture,
        $"{word}: the run has made {made} steps, and training.steps is {job.Training.Steps}. Its files stay as they are. ") +
        "To continue, set training.steps to more.";

    /// <summary>Number of threads for training a model on a CPU; small matrices are multiplied faster by one thread.</summary>
    public static int Threads(BaseModel model) => model.Config.Dim < Wide ? 1 : Environment.ProcessorCount;
}
