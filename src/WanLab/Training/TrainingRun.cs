using WanLab.Runs;
using WanLab.Runs.Control;

namespace WanLab.Training;

/// <summary>
/// A training run on its own thread, as notebooks use it. Its commands are those of <see cref="RunControl"/>;
/// its events can be read by any number of readers, at any time, from the first event on.
/// </summary>
[TypeFormatterSource]
internal sealed class TrainingRun
{
    private readonly RunEvents _events = new();

    private TrainingRun(TrainingJob job, BaseModel model, RunFolder folder, TrainerRuntime runtime, CancellationToken cancellation)
    {
        (Folder, Control) = (folder, runtime.Control);
        var trainer = new Trainer(job, model, folder, runtime with
        {
            Report = happened =>
            {
                _events.Add(happened);
                runtime.Report(happened);
            },
        });
        Completion = Task.Factory.StartNew(() =>
        {
            try
            {
                return trainer.Run(cancellation);
            }
            finally
            {
                runtime.Control.End();
                _events.End();
            }
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The folder that the run is written to.</summary>
    public RunFolder Folder { get; }

    /// <summary>The commands; each returns a task that completes when the command is done.</summary>
    public RunControl Control { get; }

    /// <summary>Completes when the run ends, with the number of steps, or fails with the error of the run.</summary>
    public Task<int> Completion { get; }

    /// <summary>Starts a run; the parameters are those of <see cref="Trainer"/>.</summary>
    public static TrainingRun Start(TrainingJob job, BaseModel model, RunFolder folder, TrainerRuntime runtime,
        CancellationToken cancellation = default) =>
        new(job, model, folder, runtime, cancellation);

    /// <summary>All past and future events; finishes when the run ends.</summary>
    public IAsyncEnumerable<RunEvent> Events(CancellationToken cancellation = default) => _events.FollowAsync(cancellation);

    /// <inheritdoc cref="RunControl.Pause"/>
    public Task<string> Pause() => Control.Pause();

    /// <inheritdoc cref="RunControl.Resume"/>
    public Task<string> Resume() => Control.Resume();

    /// <inheritdoc cref="RunControl.SaveNow"/>
    public Task<string> SaveNow() => Control.SaveNow();

    /// <inheritdoc cref="RunControl.SampleNow"/>
    public Task<string> SampleNow() => Control.SampleNow();

    /// <inheritdoc cref="RunControl.SetLearningRate"/>
    public Task<string> SetLearningRate(PerExpert learningRate) => Control.SetLearningRate(learningRate);

    /// <inheritdoc cref="RunControl.Stop"/>
    public Task<string> Stop() => Control.Stop();
}
