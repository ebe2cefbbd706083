using WanLab.Curation.Advice;
using WanLab.Curation.Editing.Applying;
using WanLab.Curation.Xray;
using WanLab.Jobs;
using WanLab.Jobs.Recipes;

namespace WanLab.Curator;

/// <summary>The end of a session: advice on the set, then a new folder where there are edits, and a job for it.</summary>
internal sealed class CuratorFinish(CuratorSession session, CuratorOptions options)
{
    private readonly Lock _one = new(), _running = new();
    private FinishProgress _progress = new(0, 0, "");

    /// <summary>The progress of the work.</summary>
    public FinishProgress Progress
    {
        get
        {
            lock (_one) return _progress;
        }
    }

    /// <summary>Whether the clips, with their edits, are fit for a kind of LoRA.</summary>
    public PageAdvice Advice(RecipeKind kind, CancellationToken cancellation)
    {
        session.Book.Reload();
        var state = session.State(kind, null);
        var scans = state.Clips.Select(clip => (clip.Name, Scan: session.Scan.Of(clip.Name))).Where(pair => pair.Scan is not null)
            .ToDictionary(pair => pair.Name, pair => pair.Scan!);
        var (clips, problems) = AdviceClips.Of(session.Book, scans, cancellation);
        var advice = DatasetAdvice.Of(kind, clips, problems, Xrays.Usual(options.Folder));
        return new PageAdvice(advice.Verdict, [.. advice.Checks.Select(check => new PageCheck(check.Name, SnakeJson.Word(check.Grade),
            check.Found,
            check.Todo, check.Clips))], state.Clips.Count(clip => !clip.IsDropped), state.Clips.Count(clip => clip.IsDropped),
            state.Clips.Count(clip => !clip.IsDropped && !clip.HasCaption), state.Clips.Any(clip => clip.IsDropped || clip.Parts.Count > 0
                || clip.NewName is not null));
    }

    /// <summary>Writes the new folder, if anything is edited, and the job.</summary>
    /// <exception cref="WanLabException">Something stands in the way; nothing of the user's is written over.</exception>
    public FinishResult Run(FinishRequest request, CancellationToken cancellation)
    {
        if (!_running.TryEnter()) throw new WanLabException("It is being written already; wait until that is done.");
        try
        {
            return Write(request, cancellation);
        }
        finally
        {
            _running.Exit();
        }
    }

    private FinishResult Write(FinishRequest request, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(request.Job)) throw new WanLabException("job file: is empty; write where the job is to be.");
        var kind = Enum.TryParse<RecipeKind>(request.Kind, ignoreCase: true, out var known) ? known
            : throw new WanLabException("Choose what is to be learned: motion, style or character.");
        var job = Path.GetFullPath(request.Job, Directory.GetCurrentDirectory());
        if (Path.Exists(job)) throw new WanLabException($"{job} already exists and is not written over; give another name.");
        session.Book.Reload();
        var isEdited = session.Book.State.Clips.Values.Any(entry => entry.Curation.Dropped || entry.Curation.Parts.Count > 0
            || entry.Curation.Name is not null);
        var (folder, notes) = (options.Folder, new List<string>());
        if (isEdited)
        {
            if (string.IsNullOrWhiteSpace(request.Folder))
                throw new WanLabException("new folder: is empty; write where the edited clips are to be.");
            folder = Path.GetFullPath(request.Folder, Directory.GetCurrentDirectory());
            var plan = ApplyPlanner.Plan(session.Book, folder, new ApplyOptions(), file => session.Facts(Path.GetFileName(file)),
                cancellation);
            notes.AddRange(ApplyRun.Run(plan, options.Time, new Reporter(this), cancellation).Notes);
        }
        Say(new FinishProgress(0, 0, "writing the job"));
        var recipe = RecipeWriter.Write(new RecipeRequest
        {
            Kind = kind,
            Gpu = request.Gpu,
            Dataset = folder,
            Model = string.IsNullOrWhiteSpace(request.Model) ? null : request.Model.Trim(),
            TriggerWord = string.IsNullOrWhiteSpace(request.Trigger) ? null : request.Trigger.Trim(),
            File = job,
        }, cancellation);
        AtomicFile.WriteText(job, JobKeys.SchemaLine(JobKeys.SchemaFile) + recipe.Yaml);
        AtomicFile.WriteText(Path.Combine(Path.GetDirectoryName(job)!, JobKeys.SchemaFile), JobKeys.Schema());
        Say(new FinishProgress(0, 0, ""));
        return new FinishResult(folder, job, [.. notes, .. recipe.Notes, .. JobReader.Read(job).Problems.Select(problem => $"{problem}")],
            $"wanlab check {job}");
    }

    private void Say(FinishProgress progress)
    {
        lock (_one) _progress = progress;
    }

    private sealed class Reporter(CuratorFinish finish) : IProgress<ApplyProgress>
    {
        public void Report(ApplyProgress value) => finish.Say(new FinishProgress(value.Done, value.Total, value.File));
    }
}

/// <summary>The progress of the last step.</summary>
internal sealed record FinishProgress(int Done, int Total, string Name);

/// <summary>The folder and the job that were written, notes on them, and the next command.</summary>
internal sealed record FinishResult(string Folder, string Job, IReadOnlyList<string> Notes, string Next);

/// <summary>Advice on a set of clips.</summary>
internal sealed record PageAdvice(string Verdict, IReadOnlyList<PageCheck> Checks, int Kept, int Dropped, int WithoutCaption,
    bool IsEdited);

/// <summary>One check of the advice.</summary>
internal sealed record PageCheck(string Name, string Grade, string Found, string Todo, IReadOnlyList<string> Clips);
