using WanLab.Models;
using WanLab.Notebooks.Live;
using WanLab.Runs;
using WanLab.Torch;
using WanLab.Training;

namespace WanLab.Notebooks.Runs;

/// <summary>What becomes of a run of the same name.</summary>
internal enum StartMode
{
    New,
    Fresh,
    Resume,
}

/// <summary>Starts runs for notebooks: on a thread of their own, with a dashboard.</summary>
internal sealed record RunStarter
{
    public static RunStarter Default { get; set; } = new();

    /// <summary>Opens the base model of a job.</summary>
    public Func<TrainingJob, BaseModel> Open { get; init; } = job => BaseModel.FromJob(job.Model, Device.Parse(job.Device));

    /// <summary>Where encodings are kept.</summary>
    public string Cache { get; init; } = Path.Combine(CacheFolder.Path, "encoded");

    /// <summary>Where the dashboard is shown; null: the notebook of this process.</summary>
    public INotebookOutput? Output { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Starts a checked job.</summary>
    public async Task<LabRun> Start(TrainingJob job, StartMode mode, bool show)
    {
        var (model, folder) = await Task.Run(() => (Open(job), Prepare(job, mode)));
        // Small matrices are multiplied faster by one thread than shared out to several.
        Runtime.Threads = model.Config.Dim < 512 ? 1 : Environment.ProcessorCount;
        var stage = new RunStage();
        var own = TrainingRun.Start(job, model, folder, new TrainerRuntime
        {
            CacheFolder = Cache,
            Report = stage.Report,
            Time = Time,
            Resume = mode == StartMode.Resume,
        });
        var run = new LabRun(folder, own, stage, Time, job);
        if (show) run.Show(Output ?? NotebookOutput.Current);
        return run;
    }

    private static RunFolder Prepare(TrainingJob job, StartMode mode)
    {
        var folder = RunFolder.Open(job.Output, job.Name);
        if (mode == StartMode.Resume && !folder.States.Any)
            throw new WanLabException($"There is no saved state in {folder.Path} to resume from. Start anew: Lab.StartAsync(job, fresh: true).");
        if (mode == StartMode.New && folder.HasRun)
            throw new WanLabException($"The run {folder.Path} is there already. Look at it: Lab.Attach(\"{folder.Path}\"). Go on with it: Lab.ResumeAsync(\"{folder.Path}\"). Delete it and start anew: Lab.StartAsync(job, fresh: true). Or give the job another name.");
        if (mode == StartMode.Fresh) folder.Clear();
        return folder;
    }
}
