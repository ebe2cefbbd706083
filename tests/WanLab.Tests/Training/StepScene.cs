using WanLab.Models;
using WanLab.Runs;
using WanLab.Testing;
using WanLab.Torch;
using WanLab.Training;

namespace WanLab.Tests.Training;

/// <summary>
/// A job's data and one expert in training, to make single steps with. Its adapter is drawn at random, since a new one's
/// gradients are half zero.
/// </summary>
internal sealed class StepScene : IDisposable
{
    public StepScene(MiniRun run, TrainingJob job)
    {
        Job = job;
        (Data, var texts, _, _) = Preparation.Run(job, run.Model, run.Cache, _ => { }, CancellationToken.None);
        texts.Dispose();
        Expert = ExpertTrainer.Open(job, run.Model, WanLab.Models.Expert.Low);
        using var generator = new Generator(5);
        using var scope = new TensorScope();
        Expert.Adapter.Parameters.CopyInto(Tensor.Randn([Expert.Adapter.Parameters.Count], generator) * 0.05);
    }

    public TrainingJob Job { get; }

    public TrainingData Data { get; }

    public ExpertTrainer Expert { get; }

    public StepRecord Step(int step) => new TrainingStep(Job, Data, TimeProvider.System).Run(step, Expert);

    public void Dispose() => Expert.Dispose();
}
