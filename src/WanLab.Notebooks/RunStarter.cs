using WanLab.Experiments;
using WanLab.Models;
using WanLab.Notebooks.Live;
using WanLab.Runs;
using WanLab.Torch;
using WanLab.Training;

namespace WanLab.Notebooks;

/// <summary>Starts runs for notebooks: on a thread of their own, with a dashboard.</summary>
internal sealed record RunStarter
{
    public static RunStarter Default { get; set; } = new();

    /// <summary>Opens the base model of a job.</summary>
    public Func<TrainingJob, BaseModel> Open { get; init; } = job => BaseModel.FromJob(job.Model, Device.Parse(job.Device));

    /// <summary>Folder where encodings are kept.</summary>
    public string Cache { get; init; } = CacheFolder.Encodings;

    /// <summary>Output where the dashboard is shown; null for the notebook of this process.</summary>
    public INotebookOutput? Output { get; init; }

    /// <summary>Clock of the dashboard.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Starts a checked job, whose folder <paramref name="prepare"/> may make first.</summary>
    public async Task<LabRun> StartAsync(TrainingJob job, StartMode mode, bool show, bool allowMissing = false,
        Action<BaseModel>? prepare = null)
    {
        var (model, folder) = await Task.Run(() =>
        {
            var opened = Open(job);
            prepare?.Invoke(opened);
            return (opened, RunStart.Folder(job, mode, Remedies(job)));
        });
        var stage = new RunStage();
        TrainingRun own = null!;
        _ = BeforeExit.Start(stop => (own = TrainingRun.Start(job, model, folder, new TrainerRuntime
        {
            CacheFolder = Cache,
            Report = stage.Report,
            Time = Time,
            Resume = mode == StartMode.Resume,
            AllowMissing = _ => allowMissing,
        }, stop)).Completion);
        var run = new LabRun(folder, own, stage, Time, job);
        if (show) run.Show(Output ?? NotebookOutput.Current);
        return run;
    }

    /// <summary>Runs the trainings of an experiment.</summary>
    public Task<ExperimentResult> Run(Experiment experiment, bool fresh, bool show, bool allowMissing = false)
    {
        var interrupt = Interrupt.Token;
        var dashboard = show ? new ExperimentDashboard(experiment, Output ?? NotebookOutput.Current, Time) : null;
        var runner = new ExperimentRunner(new ExperimentRuntime
        {
            Open = Open,
            CacheFolder = Cache,
            Time = Time,
            Fresh = fresh,
            AllowMissing = _ => allowMissing,
            Report = happened => dashboard?.Report(happened),
        });
        return BeforeExit.Start(stop => Task.Run(() =>
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(interrupt, stop);
            try
            {
                var result = runner.Run(experiment, either.Token);
                dashboard?.End(result);
                return result;
            }
            catch (OperationCanceledException)
            {
                dashboard?.Stop();
                throw;
            }
        }));
    }

    private static StartRemedies Remedies(TrainingJob job)
    {
        var folder = RunFolder.At(job.Output, job.Name).Path;
        return new("Lab.StartAsync(job)", $"Lab.ResumeAsync(\"{folder}\")", "Lab.StartAsync(job, fresh: true)",
            $"Lab.Attach(\"{folder}\")");
    }
}
