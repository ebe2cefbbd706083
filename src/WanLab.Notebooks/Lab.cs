using WanLab.Curation;
using WanLab.Curation.Advice;
using WanLab.Curation.Captioning;
using WanLab.Curation.Editing;
using WanLab.Curation.Xray;
using WanLab.Datasets;
using WanLab.Diffusion;
using WanLab.Experiments;
using WanLab.Jobs;
using WanLab.Jobs.Recipes;
using WanLab.Models;
using WanLab.Notebooks.Figures;
using WanLab.Notebooks.Live;
using WanLab.Notebooks.Media;
using WanLab.Planning;
using WanLab.Review;
using WanLab.Runs;
using WanLab.Training;
using WanLab.Yaml;

namespace WanLab.Notebooks;

/// <summary>The start of every notebook: read a job, look at its data and its plan, start it, follow it.</summary>
public static class Lab
{
    /// <summary>Brings plotly.js into the notebook; a good first cell. Without it the first figure does so.</summary>
    public static PlotsReady Plots { get; } = new();

    /// <summary>The most MiB of videos that this notebook's outputs hold; further videos are named instead of shown.</summary>
    public static double VideoMib
    {
        get => VideoBudget.Shared.Total / (double)(1L << 20);
        set => VideoBudget.Shared.Total = (long)(value * (1L << 20));
    }

    /// <summary>Reads a job file that must be free of errors.</summary>
    /// <param name="path">The file.</param>
    /// <param name="set">Settings to change, such as <c>training.steps=100</c>.</param>
    /// <exception cref="WanLabException">The job has errors; the message lists them all.</exception>
    public static TrainingJob Job(string path, [CompletedBy(typeof(SettingTexts))] params string[] set) =>
        JobReader.JobOrThrow(Check(path, set), path);

    /// <summary>Reads a job file and reports all its problems.</summary>
    /// <param name="path">The file.</param>
    /// <param name="set">Settings to change.</param>
    public static JobReading Check(string path, [CompletedBy(typeof(SettingTexts))] params string[] set)
    {
        var reading = JobReader.Read(path, set);
        // On the command line a setting is given with --set; here it is an argument.
        return reading with
        {
            Problems =
            [
                .. reading.Problems.Select(problem =>
                    problem.File == YamlOverrides.Place ? problem with { File = "setting" } : problem),
                .. Captions(reading),
            ],
        };
    }

    private static IEnumerable<Problem> Captions(JobReading reading) => reading.Draft is null ? []
        : JobCaptions.Flaws(reading.Draft, CacheFolder.Encodings)
            .Select(flaw => new Problem(flaw.Folder, 0, "", flaw.Line, Severity.Warning));

    /// <summary>Looks through the datasets of a job.</summary>
    /// <exception cref="WanLabException">A folder has nothing usable.</exception>
    public static IReadOnlyList<Dataset> Datasets(TrainingJob job) =>
        job.Datasets.Select(options => ClipLibrary.Scan(options, job.TriggerWord, cancellation: Interrupt.Token,
            cacheFolder: CacheFolder.Encodings)).ToArray();

    /// <summary>
    /// Opens the page on which a folder of clips is looked through, cut and captioned: shows its address, which works in a browser on this
    /// machine until the kernel ends or <c>Dispose</c> is called.
    /// </summary>
    /// <param name="folder">The folder of clips.</param>
    /// <exception cref="WanLabException">The folder has no clip.</exception>
    public static LabCuration Curate(string folder) => LabCuration.Open(folder);

    /// <summary>The changes of a folder's captions, the newest first.</summary>
    /// <param name="folder">The folder of clips.</param>
    /// <param name="most">The most changes that are listed.</param>
    public static Table CaptionChanges(string folder, int most = 50) => Table.Of(CaptionHistory.Read(folder).Reverse().Take(most),
        ("step", change => change.Step), ("clip", change => change.Clip), ("before", change => change.Before ?? "(no file)"),
        ("after", change => change.After ?? "(no file)"));

    /// <summary>
    /// The use that training will make of a folder of clips: frames, picture, size, speed, and what is cut away or left out.
    /// </summary>
    /// <param name="folder">The folder of clips.</param>
    /// <param name="frames">Frames of an item: 1, or 4n+1.</param>
    /// <param name="resolution">Side of the square of the buckets' area.</param>
    /// <param name="sampling">Selection of frames.</param>
    /// <param name="edited">Whether to show the clips as they will be when their edits are applied.</param>
    /// <exception cref="WanLabException">The folder has nothing usable.</exception>
    public static DatasetXray Xray(string folder, int frames = 41, int resolution = 512, FrameSampling sampling = FrameSampling.Native,
        bool edited = false)
    {
        var options = Xrays.Usual(folder) with { NumFrames = frames, Resolutions = [resolution], FrameSampling = sampling };
        return edited
            ? Xrays.Edited(CurationBook.Open(folder, TimeProvider.System), options, cancellation: Interrupt.Token)
            : Xrays.Of(options, cancellation: Interrupt.Token);
    }

    /// <summary>The use that training will make of the folders of a job.</summary>
    /// <param name="job">The job.</param>
    /// <exception cref="WanLabException">A folder has nothing usable.</exception>
    public static IReadOnlyList<DatasetXray> Xray(TrainingJob job) =>
        job.Datasets.Select(options => Xrays.Of(options, job.TriggerWord, Interrupt.Token)).ToArray();

    /// <summary>Whether the clips of a folder, with their edits, are fit for a kind of LoRA: named checks and a verdict.</summary>
    /// <param name="folder">The folder of clips.</param>
    /// <param name="kind">The kind of LoRA.</param>
    /// <param name="frames">Frames of an item: 1, or 4n+1.</param>
    /// <param name="resolution">Side of the square of the buckets' area.</param>
    /// <exception cref="WanLabException">There are no clips, or all are dropped.</exception>
    public static DatasetAdvice Advice(string folder, RecipeKind kind, int frames = 41, int resolution = 512) => DatasetAdvice.Of(kind,
        CurationBook.Open(folder, TimeProvider.System), Clips.Scan(folder),
        Xrays.Usual(folder) with { NumFrames = frames, Resolutions = [resolution] }, Interrupt.Token);

    /// <summary>
    /// Captions that are missing, wrong, or unfit for a kind of LoRA, held against the motion that scans have measured. Clips that were
    /// dropped are left out.
    /// </summary>
    /// <param name="folder">The folder of clips.</param>
    /// <param name="kind">The kind of LoRA.</param>
    /// <param name="trigger">The trigger word; null for none.</param>
    /// <exception cref="WanLabException">There are no clips.</exception>
    public static Table Lint(string folder, RecipeKind kind, string? trigger = null)
    {
        var book = CurationBook.Open(folder, TimeProvider.System);
        var captions = CaptionFolder.Read(folder).Without(clip => book.Of(clip).Dropped);
        var flaws = CaptionLint.Of(captions, new CaptionRules
        {
            Kind = kind,
            TriggerWord = trigger,
            Motions = new MeasuredMotions(CacheFolder.Encodings).Known(captions.Clips.Select(clip => clip.Path)),
        });
        return Table.Of(flaws, ("file", flaw => Path.GetFileName(flaw.File)), ("what is wrong", flaw => flaw.Words),
            ("shown by", flaw => flaw.Detail));
    }

    /// <summary>Plans a job: memory, disk, time and timesteps.</summary>
    /// <param name="job">The job.</param>
    /// <param name="deviceGib">Memory of the device it is planned for, in GiB; null: not known.</param>
    public static JobPlan Plan(TrainingJob job, double? deviceGib = null) =>
        Planner.Plan(job, Datasets(job), deviceGib is { } gib ? (long)(gib * (1L << 30)) : null) with { Elsewhere = deviceGib is not null };

    /// <summary>
    /// Shows a job as a form that writes a job file: a panel for each section, errors at their fields, memory and time as values change.
    /// </summary>
    /// <param name="job">The job to begin with; it stays as it is, and <c>form.Job</c> is the one with the form's values.</param>
    /// <param name="deviceGib">Memory of the device it is planned for, in GiB; null: not known.</param>
    public static LabForm Form(TrainingJob job, double? deviceGib = null) => new(job, deviceGib);

    /// <summary>The distribution of timesteps for every type, bias and boundary; the arguments choose the first one shown.</summary>
    /// <param name="type">Timestep type.</param>
    /// <param name="bias">Timestep bias.</param>
    /// <param name="boundary">Boundary between the experts, as a share of 1000 timesteps.</param>
    public static TimestepExplorer Timesteps(TimestepType type = TimestepType.Linear, TimestepBias bias = TimestepBias.Balanced,
        double boundary = 0.9) => new()
        {
            Title = "Timesteps",
            XTitle = "timestep",
            YTitle = "share of the expert's draws, % per timestep",
            Type = type,
            Bias = bias,
            Boundary = boundary,
        };

    /// <summary>A histogram of items by the size and length they are trained at.</summary>
    public static BarFigure Buckets(IEnumerable<Dataset> datasets) => PlanFigures.Buckets(datasets.SelectMany(d => d.Clips));

    /// <summary>A histogram of clips by duration.</summary>
    public static BarFigure Durations(IEnumerable<Dataset> datasets) => PlanFigures.Durations(datasets.SelectMany(d => d.Clips));

    /// <summary>Starts a run and shows its dashboard. Returns when it has begun; <c>await run</c> waits for its end.</summary>
    /// <param name="job">The job.</param>
    /// <param name="fresh">Whether to delete a run of this name that exists already.</param>
    /// <param name="show">Whether the dashboard is shown.</param>
    /// <param name="allowMissing">Whether more than a tenth of the clips may be left out because they cannot be used.</param>
    /// <exception cref="WanLabException">The job has errors, or a run of this name exists.</exception>
    public static Task<LabRun> StartAsync(TrainingJob job, bool fresh = false, bool show = true, bool allowMissing = false) =>
        RunStarter.Default.StartAsync(JobReader.Check(job).Job, fresh ? StartMode.Fresh : StartMode.New, show, allowMissing);

    /// <summary>Starts the run of a job file.</summary>
    /// <inheritdoc cref="StartAsync(TrainingJob, bool, bool, bool)"/>
    public static Task<LabRun> StartAsync(string jobFile, bool fresh = false, bool show = true, bool allowMissing = false) =>
        RunStarter.Default.StartAsync(Job(jobFile), fresh ? StartMode.Fresh : StartMode.New, show, allowMissing);

    /// <summary>Continues a run that was stopped or killed, and shows its dashboard.</summary>
    /// <param name="folder">The run's folder, such as runs/orbit.</param>
    /// <param name="set">Settings to change, such as <c>training.steps=3000</c>.</param>
    /// <exception cref="WanLabException">There is no run, or nothing saved to continue from.</exception>
    public static Task<LabRun> ResumeAsync(string folder, [CompletedBy(typeof(SettingTexts))] params string[] set)
    {
        var existing = RunFolder.Existing(folder);
        return RunStarter.Default.StartAsync(JobReader.Resumed(existing, set).Job, StartMode.Resume, show: true);
    }

    /// <summary>
    /// Begins a new run at a checkpoint of another one, which stays as it is, and shows the new run's dashboard. It is named
    /// RUN-from-STEP, unless a setting gives it another name.
    /// </summary>
    /// <param name="folder">The folder of the run to begin from, such as runs/orbit.</param>
    /// <param name="step">The step of a checkpoint of that run.</param>
    /// <param name="set">Settings to change, such as <c>training.learning_rate=5e-5</c> or <c>job.name=NAME</c>.</param>
    /// <exception cref="WanLabException">There is no run or no such checkpoint, or a setting may not change.</exception>
    public static Task<LabRun> BranchAsync(string folder, int step, [CompletedBy(typeof(SettingTexts))] params string[] set)
    {
        var existing = RunFolder.Existing(folder);
        var job = JobReader.Branched(existing, step, set).Job;
        return RunStarter.Default.StartAsync(job, StartMode.Resume, show: true,
            prepare: model => RunBranch.Create(existing, step, job, model, TimeProvider.System));
    }

    /// <summary>
    /// Opens a run that exists: one that another process trains, that this notebook started before its kernel was restarted, or that
    /// has ended.
    /// </summary>
    /// <param name="folder">The run's folder, such as runs/orbit.</param>
    /// <param name="show">Whether its dashboard is shown.</param>
    /// <exception cref="WanLabException">There is no run.</exception>
    public static LabRun Attach(string folder, bool show = true)
    {
        var run = new LabRun(RunFolder.Existing(folder), null, new RunStage(), TimeProvider.System);
        if (show) run.Show();
        return run;
    }

    /// <summary>
    /// Runs the trainings of an experiment that are missing, and shows their progress. Interrupting the cell stops them with
    /// everything saved; running it again continues.
    /// </summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="fresh">Whether to delete its runs that exist already.</param>
    /// <param name="show">Whether the progress and the result are shown.</param>
    /// <param name="allowMissing">Whether more than a tenth of a run's clips may be left out because they cannot be used.</param>
    /// <exception cref="WanLabException">Two runs would have the same name.</exception>
    public static Task<ExperimentResult> RunAsync(Experiment experiment, bool fresh = false, bool show = true,
        bool allowMissing = false) =>
        RunStarter.Default.Run(experiment, fresh, show, allowMissing);

    /// <summary>
    /// The runs in a folder, the one that changed last first: state, steps, the newest loss on held-out clips less the base model's (below
    /// 0 is better), and the settings that not all of them share.
    /// </summary>
    /// <param name="folder">The folder that the runs are in.</param>
    /// <exception cref="WanLabException">There is no run in it.</exception>
    public static Table Runs(string folder = "runs") => RunTable.Of(RunTable.In(folder));

    /// <summary>The settings in which runs differ, a column for each run.</summary>
    /// <param name="folders">The folders of the runs, such as runs/orbit.</param>
    /// <exception cref="WanLabException">One of them is no run.</exception>
    public static Table Differences(params string[] folders) =>
        RunTable.Differences([.. folders.Select(folder => LabRun.Read(RunFolder.Existing(folder)))]);

    /// <summary>The finished runs of an experiment, in the order of its rows.</summary>
    /// <param name="result">The experiment's result.</param>
    public static LabRun[] Runs(ExperimentResult result) =>
        result.Rows.Select(row => row.Run).OfType<RunSnapshot>().Select(run => Attach(run.Folder.Path, show: false)).ToArray();

    /// <summary>The smoothed losses of one expert in several runs, in one figure.</summary>
    /// <param name="expert">The expert.</param>
    /// <param name="runs">The runs.</param>
    public static LineFigure CompareLoss(Models.Expert expert, params LabRun[] runs) => new()
    {
        Title = $"Loss, {expert.Title()}",
        XTitle = "step",
        YTitle = "loss, smoothed",
        CanSwitchLog = true,
        Lines = [.. runs.Select((run, k) =>
        {
            var steps = run.Snapshot().Steps.Where(step => step.Expert == expert).ToList();
            return new Line(run.Name, [.. steps.Select(s => (double)s.Step)],
                Smoothing.Mean([.. steps.Select(s => s.Loss)], Smoothing.Span(steps.Count)), Palette.At(k));
        })],
    };
    /// <summary>The newest held-out losses of several runs minus the base model's, by noise level; below 0 the adapter is better.</summary>
    /// <param name="runs">The runs.</param>
    public static LineFigure CompareHeldOut(params LabRun[] runs) => new()
    {
        Title = "Held-out loss minus the base model's, by noise level",
        XTitle = "noise level (sigma)",
        YTitle = "difference",
        Reference = ("base model", 0),
        Lines = [.. runs.Select((run, k) =>
        {
            var levels = run.Snapshot().Validation.GroupBy(v => v.Expert).SelectMany(same => same.Last().Sigmas).OrderBy(s => s.Sigma)
                .ToList();
            return new Line(run.Name, [.. levels.Select(s => s.Sigma)], [.. levels.Select(s => s.Loss - s.BaseLoss)], Palette.At(k),
                LineStyle.Dots);
        })],
    };
}
