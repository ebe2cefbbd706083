using System.Runtime.CompilerServices;
using WanLab.Jobs;
using WanLab.Models;
using WanLab.Notebooks.Figures;
using WanLab.Notebooks.Live;
using WanLab.Review;
using WanLab.Runs;
using WanLab.Training;

namespace WanLab.Notebooks;

/// <summary>
/// A run as notebooks hold it: one that was started here, or one in a folder that this process or another trains, or that has
/// ended. What it shows is read from its folder, so all of them look the same.
/// </summary>
[TypeFormatterSource]
public sealed class LabRun
{
    private readonly RunFolder _folder;
    private readonly TrainingRun? _own;
    private readonly RunStage _stage;
    private readonly RunReader _log;
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private TrainingJob? _job;
    private DateTime _jobWritten;
    private Task _shown = Task.CompletedTask; // ends when every dashboard has shown the end

    private INotebookOutput? _still; // shows no changes, and has not shown the end

    internal LabRun(RunFolder folder, TrainingRun? own, RunStage stage, TimeProvider time, TrainingJob? job = null)
    {
        (_folder, _own, _stage, _time, _job) = (folder, own, stage, time, job);
        _log = new RunReader(folder);
        Ended = own is null ? new TaskCompletionSource().Task : own.Completion.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    /// <summary>Name of the run.</summary>
    public string Name => _folder.Name;

    /// <summary>Path of the run's folder.</summary>
    public string Folder => _folder.Path;

    /// <summary>Whether this process trains the run.</summary>
    public bool IsOwn => _own is not null;

    /// <summary>Plots of the run as it is now.</summary>
    public RunFigures Figures => new(Snapshot());

    /// <summary>
    /// The steps of the run as it is now, to filter, group and join: step, expert, loss, timestep (the mean of the step's),
    /// learning_rate, gradient_norm, seconds, memory (MiB).
    /// </summary>
    public Microsoft.Data.Analysis.DataFrame Metrics => DataFrames.Of(Snapshot().Steps);

    /// <summary>The run's adapters on disk.</summary>
    public IReadOnlyList<RunCheckpoint> Checkpoints => RunCheckpoint.In(_folder);

    /// <summary>The run's previews on disk.</summary>
    public IReadOnlyList<RunSample> Samples => RunSample.In(_folder);

    /// <summary>All previews of the run side by side.</summary>
    public VideoGrid Previews
    {
        get
        {
            var run = Snapshot();
            return VideoGrid.Of(run.Samples, run.Job?.Sample.Prompts.Select(p => p.Prompt).ToList());
        }
    }

    /// <summary>
    /// Completes when the run ends, with its number of steps, or fails with its error. A notebook that awaits it in the starting
    /// cell shows the dashboard in kernels that drop later output.
    /// </summary>
    public Task<int> Completion => _own?.Completion ?? WatchedAsync();

    /// <summary>Waits for the end: <c>await run</c>. Interrupting the cell that waits stops the run, with its state saved.</summary>
    public TaskAwaiter<int> GetAwaiter() => WaitAsync(Interrupt.Token).GetAwaiter();

    /// <summary>The run as it is now.</summary>
    public RunSnapshot Snapshot()
    {
        lock (_lock)
        {
            _log.Update();
            ReadJob();
            return new RunSnapshot
            {
                Folder = _folder,
                Job = _job,
                Status = Status(),
                Steps = [.. _log.Steps],
                Events = [.. _log.Events],
                Problems = _log.Problems,
                Samples = RunSample.In(_folder),
                Checkpoints = RunCheckpoint.In(_folder),
                Stage = _own is { Completion.IsCompleted: false } ? _stage.Words : null,
                StageShare = _own is { Completion.IsCompleted: false } ? _stage.Share : null,
                Error = _own?.Completion.Exception?.GetBaseException().Message,
            };
        }
    }

    /// <summary>Pauses the run after the current step.</summary>
    public Task<string> Pause() => _own?.Pause() ?? Ask("pause");

    /// <summary>Continues training after a pause.</summary>
    public Task<string> Resume() => _own?.Resume() ?? Ask("resume");

    /// <summary>Writes a checkpoint now.</summary>
    public Task<string> SaveNow() => _own?.SaveNow() ?? Ask("save");

    /// <summary>Makes all previews now.</summary>
    public Task<string> SampleNow() => _own?.SampleNow() ?? Ask("sample");

    /// <summary>Ends the run with its state saved.</summary>
    public Task<string> Stop() => _own?.Stop() ?? Ask("stop");

    /// <summary>Continues training with other learning rates; only in the notebook that started the run.</summary>
    /// <exception cref="WanLabException">Another process trains it.</exception>
    public Task<string> SetLearningRate(PerExpert learningRate) =>
        _own?.SetLearningRate(learningRate) ?? throw NotHere("takes another learning rate only from its own notebook");

    /// <summary>Shows a dashboard in this cell as well; it follows the run to its end.</summary>
    public void Show() => Show(NotebookOutput.Current);

    /// <summary>Writes one HTML file with everything about the run; it needs no other file and no internet.</summary>
    /// <param name="path">The file; null: report.html in the run's folder.</param>
    /// <returns>The file's full path.</returns>
    public string SaveReport(string? path = null) => SaveReport(path, CancellationToken.None);

    /// <inheritdoc cref="SaveReport(string?)"/>
    /// <param name="path">As above.</param>
    /// <param name="cancellation">Stops the work; nothing is written then.</param>
    internal string SaveReport(string? path, CancellationToken cancellation) =>
        RunReport.Save(Snapshot(), path ?? Path.Combine(Folder, "report.html"), _time, cancellation);

    /// <summary>Shows a dashboard in an output.</summary>
    internal void Show(INotebookOutput output)
    {
        if (output.Renews) _shown = Task.WhenAll(_shown, LiveDashboard.Start(this, output, _time));
        else if (!LiveDashboard.ShowOnce(this, output)) _still = output;
    }

    /// <summary>Completes when the run ends. Never completes for runs of another process.</summary>
    internal Task Ended { get; }

    /// <inheritdoc/>
    public override string ToString() => Pages.Of(this)!.Text();

    /// <summary>Reads a run's folder as it is now.</summary>
    internal static RunSnapshot Read(RunFolder folder) => new LabRun(folder, null, new RunStage(), TimeProvider.System).Snapshot();

    /// <summary>Commands that a reader may type while the run is in progress.</summary>
    internal IReadOnlyList<string> Calls =>
    [
        "await run.Pause()", "await run.Resume()", "await run.SaveNow()", "await run.SampleNow()",
        .. _own is null ? [] : new[] { "await run.SetLearningRate(1e-4)" }, "await run.Stop()", "run.SaveReport()",
    ];

    /// <summary>Calls that still work when the run has ended.</summary>
    internal IReadOnlyList<string> CallsAfterwards(RunStatus status) =>
    [
        .. status == RunStatus.Finished ? [] : new[] { $"run = await Lab.ResumeAsync(\"{Path.GetRelativePath(".", Folder)}\")" },
        "run.Figures.Loss()", "run.Previews", "run.Checkpoints", "run.SaveReport()",
    ];

    private async Task<int> WaitAsync(CancellationToken interrupt)
    {
        using var stops = interrupt.Register(() => Stop());
        try
        {
            return await Completion;
        }
        finally
        {
            await _shown; // the cell that waits ends with the last state in its place
            if (Interlocked.Exchange(ref _still, null) is { } output) LiveDashboard.ShowOnce(this, output);
        }
    }

    // For a run that another process trains, its folder is the only source.
    private async Task<int> WatchedAsync()
    {
        while (true)
        {
            var now = Snapshot();
            if (now.HasEnded) return now.Step;
            await Task.Delay(TimeSpan.FromSeconds(1), _time);
        }
    }

    private RunStatus Status()
    {
        var last = _log.Events.Select(e => e.Event).LastOrDefault(
            e => e is RunEnded or RunPaused or RunContinued or RunResumed or DataReady);
        var running = _own is not null ? !_own.Completion.IsCompleted : _folder.IsRunning;
        return (running, last) switch
        {
            (true, RunPaused) => RunStatus.Paused,
            (true, _) => _stage.IsPreparing || _log.Steps.Count == 0 ? RunStatus.Preparing : RunStatus.Training,
            (false, RunEnded ended) => ended.Stopped ? RunStatus.Stopped : RunStatus.Finished,
            _ => _own?.Completion.IsFaulted == true ? RunStatus.Failed : RunStatus.Interrupted,
        };
    }

    // The run rewrites its job when its learning rate is changed.
    private void ReadJob()
    {
        var written = File.GetLastWriteTimeUtc(_folder.JobFile);
        if (written == _jobWritten || !File.Exists(_folder.JobFile)) return;
        (_job, _jobWritten) = (JobReader.Recorded(_folder.JobFile) ?? _job, written);
    }

    private Task<string> Ask(string word) => _folder.Control.AskAsync(word, () => _folder.IsRunning, _time);

    private WanLabException NotHere(string what) => new($"{Folder}: the run was not started in this notebook, so it {what}.");
}
