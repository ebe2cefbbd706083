using WanLab.Adapters;
using WanLab.Runs;

namespace WanLab.Training;

/// <summary>
/// Makes a new run that begins where another one was after one of its checkpoints. The other run is only read.
/// </summary>
internal static class RunBranch
{
    /// <summary>The name of the new run, unless the user gives another.</summary>
    public static string Name(RunFolder source, int step) => string.Create(CultureInfo.InvariantCulture, $"{source.Name}-from-{step}");

    /// <summary>
    /// Makes the folder of the new run, to be resumed there: its job, the metrics up to the step, the checkpoint and the state. If the
    /// state was deleted by now, it is made of the adapters, with a new optimiser. The folder appears whole or not at all.
    /// </summary>
    /// <param name="source">The run to begin from.</param>
    /// <param name="step">The step of a checkpoint or a saved state of that run.</param>
    /// <param name="job">The job of the new run, with its name and output folder.</param>
    /// <param name="model">The model of that job.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="WanLabException">The run has nothing of that step, the new folder exists, or the job asks for changes with
    /// which the state or the adapters cannot be used.</exception>
    public static RunFolder Create(RunFolder source, int step, TrainingJob job, BaseModel model, TimeProvider time)
    {
        var target = RunFolder.At(job.Output, job.Name);
        if (Path.Exists(target.Path)) throw new WanLabException(
            $"{target.Path}: already exists. Continue the run there, or give the new one another name with job.name=NAME.");
        var (state, steps) = (source.States.At(step), source.CheckpointSteps());
        if (state is null && !steps.Contains(step)) throw new WanLabException(
            $"{source.Path}: has neither a checkpoint nor a saved state of step {step}. There are those of " +
            $"{string.Join(", ", steps.Union(source.States.Steps).Order())}.");
        if (job.Training.Steps <= step) throw new WanLabException(string.Create(CultureInfo.InvariantCulture,
            $"training.steps: is {job.Training.Steps}, and the run begins after step {step}, so nothing is left to do; set it to more."));
        var before = JobOfRun.Read(source) ?? throw JobOfRun.Lost(source);
        var changes = ResumeRules.Check(before.Yaml, before.File, job, sameRun: false);

        var place = UnfinishedFile.In(Path.GetDirectoryName(target.Path)!);
        try
        {
            var folder = RunFolder.Open(place, job.Name);
            foreach (var expert in Experts.All) Copy(source.Checkpoint(expert, step), folder.Checkpoint(expert, step));
            foreach (var expert in Experts.All) Copy(source.BaseLosses(expert), folder.BaseLosses(expert));
            Copy(source.DataFile, folder.DataFile);
            Copy(source.MetricsFile, folder.MetricsFile);
            folder.TruncateMetrics(step);
            if (state is not null) folder.States.Save(step, file => File.Copy(state, file));
            else SaveState(source, step, job, model, folder);
            folder.Log(new RunBranched(source.Path, step, changes, state is not null), time.GetUtcNow());
            AtomicFile.WriteText(folder.JobFile, JobWriter.Write(job));
            Directory.Move(folder.Path, target.Path);
            return target;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{target.Path}: cannot be made from {source.Path}: {e.Message}", e);
        }
        finally
        {
            if (Directory.Exists(place)) Directory.Delete(place, recursive: true);
        }
    }

    private static void Copy(string from, string to)
    {
        if (File.Exists(from)) File.Copy(from, to);
    }

    private static void SaveState(RunFolder source, int step, TrainingJob job, BaseModel model, RunFolder folder)
    {
        Runtime.Threads = RunStart.Threads(model); // the state says how many threads the run uses
        var experts = new List<ExpertTrainer>();
        try
        {
            foreach (var expert in ExpertSchedule.Of(job.Multistage).Trained)
            {
                var trainer = ExpertTrainer.Waiting(job, model, expert);
                experts.Add(trainer);
                if (File.Exists(source.Checkpoint(expert, step))) Load(source.Checkpoint(expert, step), trainer, model);
                // Without a turn before that step it has no file, and its adapter is still the one that the seed gives.
                else if (RunReader.Open(source).Steps.Any(record => record.Step <= step && record.Expert == expert))
                    throw new WanLabException($"{source.Checkpoint(expert, step)}: is missing, and the state of step {step} is no longer " +
                        "kept, so the expert cannot continue from there. Choose another step.");
            }
            folder.States.Save(step, file => TrainingState.Save(file, step, experts));
        }
        finally
        {
            foreach (var trainer in experts) trainer.Dispose();
        }
    }

    private static void Load(string file, ExpertTrainer trainer, BaseModel model)
    {
        using var scope = new TensorScope();
        using var off = GradMode.Off();
        var read = LoraFile.Read(file, model.Config, trainer.Expert).Modules.ToDictionary(module => module.Name);
        var fits = read.Count == trainer.Adapter.Modules.Count && trainer.Adapter.Modules.All(module =>
            read.TryGetValue(module.Name, out var same) && same.Down.ShapeText == module.Down.ShapeText && same.Scale == module.Scale);
        if (!fits)
            throw new WanLabException($"{file}: has other modules, another rank or another alpha than the job. Use the job's own.");
        foreach (var module in trainer.Adapter.Modules)
        {
            module.Down.CopyInto(read[module.Name].Down);
            module.Up.CopyInto(read[module.Name].Up);
        }
        // A moving average starts as a copy.
        foreach (var (name, tensor) in trainer.State)
            if (name == TrainedAdapter.Average) tensor.CopyInto(trainer.Adapter.Parameters);
    }
}
