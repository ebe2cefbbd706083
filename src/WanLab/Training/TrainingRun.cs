using WanLab.Models;
using WanLab.Runs;
using WanLab.Runs.Control;

namespace WanLab.Training;

/// <summary>
/// A training that runs on a thread of its own: what notebooks hold. Its commands are those of <see cref="RunControl"/>;
/// its events can be followed by any number of readers, from the first one on, at any time.
/// </summary>
[TypeFormatterSource]
public sealed class TrainingRun
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

    /// <summary>Where the run is written.</summary>
    public RunFolder Folder { get; }

    /// <summary>Commands, each with a task that ends when it is done.</summary>
    public RunControl Control { get; }

    /// <summary>Ends with the run: its steps, or why it failed.</summary>
    public Task<int> Completion { get; }

    /// <summary>Starts a run; parameters as for <see cref="Trainer"/>.</summary>
    public static TrainingRun Start(TrainingJob job, BaseModel model, RunFolder folder, TrainerRuntime runtime,
        CancellationToken cancellation = default) =>
        new(job, model, folder, runtime, cancellation);

    /// <summary>Everything that happened and happens; ends with the run.</summary>
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
