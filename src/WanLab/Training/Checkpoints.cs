using WanLab.Adapters;
using WanLab.Runs;

namespace WanLab.Training;

/// <summary>Writes a run's adapters, one file per expert that was trained, and keeps the newest pairs.</summary>
/// <param name="job">The job that is written into the files.</param>
/// <param name="model">The model that is trained on.</param>
/// <param name="folder">The run's folder.</param>
/// <param name="experts">The experts that are trained.</param>
/// <param name="date">The day to write into the files.</param>
internal sealed class Checkpoints(
    TrainingJob job, BaseModel model, RunFolder folder, IReadOnlyCollection<ExpertTrainer> experts, DateOnly date)
{
    /// <summary>The job that is written into the files.</summary>
    public TrainingJob Job { get; set; } = job;

    /// <summary>Writes the checkpoint of a step and the state to resume from, then deletes the checkpoints that are too old.</summary>
    public IReadOnlyList<string> Write(int step)
    {
        var files = WriteAdapters(step, number: true);
        SaveState(step);
        if (Job.Save.Keep > 0)
            foreach (var old in folder.CheckpointSteps().Except(folder.PinnedSteps()).SkipLast(Job.Save.Keep))
                foreach (var expert in Experts.All) File.Delete(folder.Checkpoint(expert, old));
        return files;
    }

    /// <summary>Writes the state to resume from.</summary>
    public void SaveState(int step) => folder.States.Save(step, file => TrainingState.Save(file, step, experts));

    /// <summary>Writes the finished adapters, and the state from which a job with more steps can continue.</summary>
    public IReadOnlyList<string> WriteFinal(int step)
    {
        var files = WriteAdapters(step, number: false);
        SaveState(step);
        return files;
    }

    private List<string> WriteAdapters(int step, bool number)
    {
        var dtype = Job.Save.DType switch { SaveDType.Bf16 => DType.BFloat16, SaveDType.Fp16 => DType.Float16, _ => DType.Float32 };
        var files = new List<string>();
        foreach (var trainer in experts)
        {
            // Before an expert's first turn its adapter is all zeros, and its file would pass for a result.
            if (trainer.Result.IsZero()) continue;
            var file = folder.Checkpoint(trainer.Expert, number ? step : null);
            LoraFile.Write(file, trainer.Result, dtype,
                LoraMetadata.Of(Job, model, folder, step, trainer.Expert, trainer.Result.Modules, date));
            files.Add(file);
        }
        return files;
    }
}
