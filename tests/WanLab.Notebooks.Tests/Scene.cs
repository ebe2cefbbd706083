using Microsoft.DotNet.Interactive.Formatting;
using WanLab.Adapters;
using WanLab.Curation;
using WanLab.Curation.Advice;
using WanLab.Curation.Editing;
using WanLab.Curation.Scanning;
using WanLab.Curation.Xray;
using WanLab.Datasets;
using WanLab.Diffusion;
using WanLab.Experiments;
using WanLab.Jobs;
using WanLab.Jobs.Recipes;
using WanLab.Media;
using WanLab.Models;
using WanLab.Models.Weights;
using WanLab.Notebooks.Blocks;
using WanLab.Notebooks.Figures;
using WanLab.Notebooks.Live;
using WanLab.Planning;
using WanLab.Review;
using WanLab.Runs;
using WanLab.Sampling;
using WanLab.Tiny.Scenes;
using WanLab.Torch;
using WanLab.Torch.Safetensors;
using WanLab.Training;
using WanLab.Training.Optimizers;
using WanLab.Training.Validation;

namespace WanLab.Notebooks.Tests;

/// <summary>A small dataset and the folder of a run that never ran: one of everything that is shown, the same every time.</summary>
public sealed class Scene : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wanlab-show-").FullName;

    public Scene()
    {
        for (var k = 0; k < 3; k++) WriteClip(Path.Combine(At("clips"), $"clip{k}.mp4"), k, 17 + 4 * k);
        File.WriteAllText(Path.Combine(At("clips"), "broken.mp4"), "no clip");
        PngWriter.Write(At("start.png"), SceneRenderer.Render(SceneGenerator.Draw(9), 32, 32, 1), 32, 32);
        Job = JobReader.Check(new TrainingJob
        {
            Name = "shown",
            Output = At("runs"),
            Device = "cpu",
            TriggerWord = "orbit <360>",
            Training = new TrainingOptions { Steps = 40, Optimizer = OptimizerType.AdamW, LearningRate = 5e-4 },
            Datasets = [new DatasetOptions { Path = At("clips"), Resolutions = [32], NumFrames = 9 }],
            Save = new SaveOptions { Every = 10 },
            Sample = new SampleOptions
            {
                Every = 10,
                Width = 32,
                Height = 32,
                NumFrames = 9,
                Prompts = [new PromptOptions { Prompt = "a house & a <tree>", Image = At("start.png") }],
            },
            Validation = new ValidationOptions { Every = 10 },
        }).Job;
        Folder = RunFolder.Open(Job.Output, Job.Name);
        WriteRun();
    }

    public TrainingJob Job { get; }

    public RunFolder Folder { get; }

    public FolderScan Scan => field ??= FolderScan.Of(Job.Datasets[0].Path, new ScanRequest(), CancellationToken.None);

    public DatasetXray Xray => Xrays.Of(Job.Datasets[0], Job.TriggerWord);

    public Dataset Dataset => ClipLibrary.Scan(Job.Datasets[0], Job.TriggerWord);

    /// <summary>Every example as .NET Interactive's package shows it; made once, since videos take a while.</summary>
    public IReadOnlyList<(object Example, string Html, string Text)> Shown
    {
        get => field ??= [.. Examples().Values.Select(e => (e, e.ToDisplayString("text/html"), e.ToDisplayString("text/plain")))];
        private set;
    }

    public string At(string name) => Path.Combine(_folder, name);

    /// <summary>Text without the place of this folder.</summary>
    public string Tidy(string text) => text.Replace(_folder, "/lab", StringComparison.Ordinal);

    /// <summary>An example of every type that is shown.</summary>
    public IReadOnlyDictionary<Type, object> Examples()
    {
        var run = LabRun.Read(Folder);
        var reading = JobReader.Parse("job:\n  name: odd\ntraining:\n  step: 5\n  batch_size: 0\n", "odd.yaml");
        var plan = Planner.Plan(Job, [Dataset], 1L << 33);
        var grid = VideoGrid.Of(run.Samples, ["a house"]);
        var figures = new RunFigures(run);
        object[] all =
        [
            Job, reading, reading.Problems[0], Scan, Clips.Edit(Job.Datasets[0].Path),
            DatasetAdvice.Of(RecipeKind.Motion, CurationBook.Open(Job.Datasets[0].Path, TimeProvider.System), Scan, Job.Datasets[0],
                CancellationToken.None),
            Dataset, Dataset.Clips[1], Xray, Xray.Items[2], plan, plan.Timesteps[0], Folder, run,
            run.Checkpoints[0],
            run.Samples[1], run.Samples[1].Record(),
            run.Validation[0], grid, figures.Loss(), figures.Seconds(), figures.LossByTimestep(), Lab.Timesteps(TimestepType.Weighted),
            new FigureGrid([figures.Loss(), figures.GradientNorm()]),
            new LabRun(Folder, null, new RunStage(), TimeProvider.System),
            Table.Of(run.Steps.Take(2), ("step", s => s.Step), ("expert", s => s.Expert.Name()), ("loss", s => s.Loss)),
            new LoraFileInfo("ComfyUI", [16], [DType.BFloat16], new Dictionary<string, string> { ["base_model"] = "wan-tiny" }, []),
            new Course
            {
                Title = "Orbit rate",
                Reference = ("the clips", 60),
                Lines = [new CourseLine("orbit", [new CoursePoint(0, new Spread(1.5, 1, 4)), new CoursePoint(200, new Spread(50, 4, 4))])],
            },
            new ResultTable(["variant", "loss"], [["a <b>", 0.125], ["c", new Spread(0.25, 0.01, 2)]]), Experiment(run),
            Lab.Plots, new Page([new Blocks.Paragraph("Hello <you>")]),
            new LivePage([new Blocks.Paragraph("Now")], "now", false, new Blocks.HtmlSettings()),
        ];
        return all.ToDictionary(example => example.GetType());
    }

    /// <summary>An experiment with two seeds, of which one failed.</summary>
    private ExperimentResult Experiment(RunSnapshot run)
    {
        var experiment = new Experiment
        {
            Name = "seeds",
            Question = "Does the <seed> matter?",
            Job = Job,
            Variants = [new("plain")],
            Seeds = [1, 2],
        };
        var trials = experiment.Trials();
        return ExperimentResult.Of(experiment,
            [new ExperimentRow(trials[0], run, null), new ExperimentRow(trials[1], null, "the device is gone")]);
    }

    public static void WriteClip(string file, long seed, int frames)
    {
        var scene = SceneGenerator.Draw(seed);
        Mp4Writer.Write(file, SceneRenderer.Render(scene, 48, 32, frames), 48, 32);
        File.WriteAllText(Path.ChangeExtension(file, ".txt"), $"[trigger] clip number {seed}");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void WriteRun()
    {
        var start = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        File.WriteAllText(Folder.JobFile, JobWriter.Write(Job));
        Folder.Log(new DataReady(2, [new ClipProblem("broken.mp4", "broken.mp4: holds no video.")], 5, 1), start);
        Folder.Log(new ClipsHeldOut(["clip0.mp4"]), start);
        for (var step = 1; step <= 40; step++) Folder.Log(Step(step));
        Folder.Log(new RunWarning("a <warning> & more"), start.AddSeconds(3));
        foreach (var step in new[] { 0, 20, 40 })
        {
            var clip = Folder.Sample(step, 0) + ".mp4";
            SampleFiles.Write(clip, SceneRenderer.Render(SceneGenerator.Draw(step), 32, 32, 9), Record(step));
            Folder.Log(new SampleSaved(step, 0, clip), start.AddSeconds(10 + step));
            if (step == 0) continue;
            foreach (var expert in Experts.All)
            {
                WriteAdapter(Folder.Checkpoint(expert, step == 40 ? null : step), step, expert);
                Folder.Log(new ValidationDone(new ValidationRecord
                {
                    Step = step,
                    Expert = expert,
                    Clips = 2,
                    Loss = 0.5,
                    BaseLoss = 0.5 + step * 0.002,
                    Difference = -step * 0.002,
                    Lower = -step * 0.003,
                    Upper = -step * 0.001,
                    Sigmas = [new SigmaLoss(0.5, 0.4, 0.45)],
                    Seconds = 1,
                }), start.AddSeconds(11 + step));
            }
        }
        Folder.Log(new RunEnded(40, Stopped: false), start.AddSeconds(60));
    }

    public static StepRecord Step(int step)
    {
        var expert = (step - 1) / 10 % 2 == 0 ? Expert.High : Expert.Low;
        return new StepRecord
        {
            Step = step,
            Expert = expert,
            Loss = Math.Round(1.0 / (1 + step * 0.1) + 0.05 * (step % 3), 4),
            Timesteps = [expert == Expert.High ? 900 + step * 7 % 100 : step * 97 % 900],
            LearningRate = 5e-4,
            GradientNorm = Math.Round(0.1 + 0.02 * (step % 5), 4),
            Seconds = new Dictionary<string, double> { ["data"] = 0.01, ["forward"] = 0.1, ["backward"] = 0.2, ["optimizer"] = 0.01 },
            MemoryMib = 300 + step,
        };
    }

    private SampleRecord Record(int step) => new()
    {
        Wanlab = "0.1.0",
        Libtorch = "1.13.1",
        Device = "cpu",
        Model = "wan-tiny",
        Residual = DType.Float32,
        Parts = new Dictionary<ModelPart, UsedFile>(),
        Step = step,
        ImageIdentity = "0",
        Request = PreviewRequest.Of(Job, 0),
    };

    private void WriteAdapter(string file, int step, Expert expert)
    {
        using var scope = new TensorScope();
        Torch.Safetensors.SafetensorsWriter.Write(file,
            [KeyValuePair.Create("diffusion_model.blocks.0.self_attn.q.lora_A.weight", Tensor.Zeros([4, 8]))],
            new Dictionary<string, string>
            {
                ["step"] = $"{step}",
                ["base_model"] = "wan-tiny",
                ["expert"] = expert.Name(),
                ["job"] = JobWriter.Write(Job),
            });
    }
}
