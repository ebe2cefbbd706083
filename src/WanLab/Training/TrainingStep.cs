using WanLab.Adapters;
using WanLab.Diffusion;
using WanLab.Runs;

namespace WanLab.Training;

/// <summary>One optimiser step from top to bottom.</summary>
internal sealed class TrainingStep(TrainingJob job, TrainingData data, TimeProvider time)
{
    private readonly Dictionary<Expert, Func<double, double>> _weights = Experts.All.ToDictionary(expert => expert, expert =>
    {
        var (from, to) = expert.Range(job.Multistage.Boundary);
        return job.Training.Timesteps().Weights(from, to);
    });

    /// <summary>
    /// Makes step number <paramref name="step"/> (from 0) on an expert. If loss or gradient are not finite, nothing is updated
    /// and the record says so.
    /// </summary>
    /// <param name="step">Number of the step.</param>
    /// <param name="expert">The expert, on its device.</param>
    /// <param name="clock">Measures the seconds of each part; null starts a new clock.</param>
    public StepRecord Run(int step, ExpertTrainer expert, PartClock? clock = null)
    {
        using var scope = new TensorScope();
        var (dop, guidance, parts) = (job.Training.Dop, job.Advanced.DifferentialGuidance, job.Training.GradientAccumulation);
        clock ??= new PartClock(time);
        var tally = new LossTally(parts);
        expert.Adapter.Gradients.ZeroInto();

        for (var part = 0; part < parts; part++)
        {
            using var part_ = new TensorScope();
            var batch = data.At((long)step * parts + part, expert.Expert).To(expert.Model.Device);
            clock.Lap(StepParts.Data);

            var adapter = LoraDropout.For(expert.Adapter, job.Target.Dropout, job.Seed, batch.Position);
            var passes = new BatchPasses(expert, batch, adapter);
            var target = FlowMatching.Target(batch.Clean_BCFHW, batch.Noise_BCFHW);
            if (guidance.Enabled) target = Guidance.MoveTarget(target, passes.Base(batch.Text_BTE), guidance.Scale);
            var held = dop.Enabled ? passes.Base(batch.ClassText_BTE!) : null;
            if (guidance.Enabled || dop.Enabled) clock.Lap(StepParts.Base);

            using (new TensorScope()) // of one pass at a time: each keeps the inputs of all blocks
            {
                var pass = passes.Adapted(batch.Text_BTE);
                var losses_B = Losses.PerItem(job.Training.Loss, pass.Prediction, target) * Weights(batch, expert);
                if (!tally.Add(batch, losses_B)) return Record(step, expert, tally, double.NaN, clock);
                var loss = losses_B.Mean();
                if (held is not null && batch.ClassIsCaption)
                {
                    var preservation = Guidance.Preservation(pass.Prediction, held, dop.Multiplier);
                    if (!tally.AddPreservation(batch, preservation)) return Record(step, expert, tally, double.NaN, clock);
                    loss += preservation;
                }
                clock.Lap(StepParts.Forward);
                pass.Backward(loss * (1.0 / parts));
                clock.Lap(StepParts.Backward);
            }
            if (held is null || batch.ClassIsCaption) continue;
            var classPass = passes.Adapted(batch.ClassText_BTE!);
            var classLoss = Guidance.Preservation(classPass.Prediction, held, dop.Multiplier);
            if (!tally.AddPreservation(batch, classLoss)) return Record(step, expert, tally, double.NaN, clock);
            clock.Lap(StepParts.Forward);
            classPass.Backward(classLoss * (1.0 / parts));
            clock.Lap(StepParts.Backward);
        }

        var norm = GradientClip.Apply(expert.Adapter.Gradients, job.Training.MaxGradNorm);
        if (tally.AddNorm(norm)) expert.Update(Rate(step, expert));
        clock.Lap(StepParts.Optimizer);
        return Record(step, expert, tally, norm, clock);
    }

    private double Rate(int step, ExpertTrainer expert) => expert.LearningRate * LearningRateSchedule.At(step, job.Training);

    private Tensor Weights(TrainingBatch batch, ExpertTrainer expert) =>
        Tensor.From([.. batch.Sigmas.Select(sigma => (float)_weights[expert.Expert](sigma))], batch.Sigmas.Count).To(expert.Model.Device);

    private StepRecord Record(int step, ExpertTrainer expert, LossTally tally, double norm, PartClock clock)
    {
        if (tally.Problem is not null) expert.Skipped++;
        return new StepRecord
        {
            Step = step + 1,
            Expert = expert.Expert,
            Loss = tally.Velocity + tally.Preservation,
            LossParts = job.Training.Dop.Enabled
                ? new Dictionary<string, double> { ["velocity"] = tally.Velocity, ["preservation"] = tally.Preservation }
                : null,
            Timesteps = tally.Timesteps,
            Items = tally.Items,
            LearningRate = Rate(step, expert),
            GradientNorm = norm,
            Skipped = expert.Skipped,
            NonFinite = tally.Problem,
            Seconds = clock.Seconds,
            MemoryMib = ProcessMemory.ResidentMib,
        };
    }
}
