using WanLab.Diffusion;
using WanLab.Jobs;
using WanLab.Torch;

namespace WanLab.Training;

/// <summary>One optimiser step: the whole of it, top to bottom.</summary>
public sealed class TrainingStep(TrainingJob job, TrainingData data, TimeProvider time)
{
    /// <summary>Makes step number <paramref name="step"/> (from 0) on an expert.</summary>
    /// <exception cref="WanLabException">The loss is not finite; nothing was updated.</exception>
    public StepRecord Run(int step, ExpertTrainer expert)
    {
        using var scope = new TensorScope();
        var clock = new PartClock(time);
        var parts = job.Training.GradientAccumulation;
        var timesteps = new double[parts];
        var loss = 0.0;
        expert.Adapter.Gradients.ZeroInto();

        for (var part = 0; part < parts; part++)
        {
            using var item_ = new TensorScope();
            var item = data.At((long)step * parts + part, expert.Expert);
            var (device, sigma) = (expert.Model.Device, item.Timestep / 1000);
            var (clean, noise) = (item.Clean_BCFHW.To(device), item.Noise_BCFHW.To(device));
            var t = Tensor.From([item.Timestep], 1);
            timesteps[part] = item.Timestep;
            clock.Lap("data");

            var text = WithoutGradient(() => expert.Model.EmbedText(item.Text_BTE));
            var noisy = FlowMatching.AddNoise(clean, noise, sigma);
            var pass = BlockwisePass.Forward(expert.Model, noisy, item.Condition_BCFHW.To(device), t, text, expert.Adapter);
            var error = F.MseLoss(pass.Prediction, FlowMatching.Target(clean, noise)) * (1.0 / parts);
            var value = error.Item();
            if (!double.IsFinite(value)) throw NotFinite(step, expert.Expert, item);
            loss += value;
            clock.Lap("forward");

            pass.Backward(error);
            clock.Lap("backward");
        }

        var norm = GradientClip.Apply(expert.Adapter.Gradients, job.Training.MaxGradNorm);
        if (!double.IsFinite(norm)) throw new WanLabException($"Step {step + 1}: the gradient of the {expert.Expert.Name()} expert is not finite. Lower training.learning_rate.");
        var rate = expert.LearningRate * LearningRateSchedule.At(step, job.Training);
        expert.Optimizer.Step(expert.Adapter.Gradients, rate);
        clock.Lap("optimizer");

        return new StepRecord
        {
            Step = step + 1,
            Expert = expert.Expert,
            Loss = loss,
            Timesteps = timesteps,
            LearningRate = rate,
            GradientNorm = norm,
            Seconds = clock.Seconds,
            MemoryMib = ProcessMemory.ResidentMib,
        };
    }

    private static Tensor WithoutGradient(Func<Tensor> compute)
    {
        using var off = GradMode.Off();
        return compute();
    }

    private static WanLabException NotFinite(int step, Expert expert, TrainingItem item) => new(
        $"Step {step + 1}: the loss is not finite ({expert.Name()} expert, clip {item.Clip.Name}, timestep {item.Timestep:0.#}). " +
        "Look at that clip, or lower training.learning_rate.");
}
