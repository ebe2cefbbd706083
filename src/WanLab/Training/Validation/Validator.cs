using WanLab.Content;
using WanLab.Encodings;
using WanLab.Runs;

namespace WanLab.Training.Validation;

/// <summary>Measures the held-out loss of a run when it is due: every N steps, and at the last one.</summary>
internal sealed class Validator(TrainingJob job, BaseModel model, RunFolder folder, IReadOnlyList<EncodedClip> clips, RunTexts texts,
    TimeProvider time)
{
    private readonly HeldOutLoss _loss = new(clips, texts.Load, job.Seed);

    /// <summary>Whether the loss is measured at a step.</summary>
    public bool IsDue(int step) => clips.Count > 0 && step > 0 && (step % job.Validation.Every == 0 || step == job.Training.Steps);

    /// <summary>Measures the held-out loss of one expert.</summary>
    public ValidationRecord Run(int step, ExpertTrainer expert, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        var sigmas = job.Validation.Sigmas[expert.Expert];
        var before = BaseLosses.Get(folder.BaseLosses(expert.Expert), Key(expert.Expert, sigmas),
            () => _loss.Measure(expert.Model, null, sigmas, cancellation));
        var now = _loss.Measure(expert.Model, expert.Result, sigmas, cancellation);
        double[] differences = [.. now.Zip(before, (a, b) => a.Average() - b.Average())];
        var interval = Bootstrap.Interval(differences, job.Seed);
        return new ValidationRecord
        {
            Step = step,
            Expert = expert.Expert,
            Clips = clips.Count,
            Loss = now.Average(row => row.Average()),
            BaseLoss = before.Average(row => row.Average()),
            Difference = differences.Average(),
            Lower = interval?.Low,
            Upper = interval?.High,
            Sigmas = [.. sigmas.Select((sigma, k) => new SigmaLoss(sigma, now.Average(row => row[k]), before.Average(row => row[k])))],
            Seconds = time.GetElapsedTime(start).TotalSeconds,
        };
    }

    private CacheKey Key(Expert expert, IReadOnlyList<double> sigmas)
    {
        var key = new CacheKey("base losses/1")
            .With("model", model.Identity(expert.Part()))
            .With("encoder", model.Identity(ModelPart.TextEncoder))
            .With("seed", job.Seed);
        foreach (var sigma in sigmas) key = key.With("sigma", sigma);
        foreach (var clip in clips)
            key = key.With("clip", clip.Clip.Name).With("window", clip.Contents[0]).With("caption", clip.Clip.Caption);
        return key;
    }
}
