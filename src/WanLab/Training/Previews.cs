using WanLab.Adapters;
using WanLab.Encodings;
using WanLab.Runs;
using WanLab.Sampling;

namespace WanLab.Training;

/// <summary>
/// Makes a run's previews with the experts in training. Prompts and images are encoded once, before the experts are
/// opened. A preview that fails is an event; it never ends the run.
/// </summary>
internal sealed class Previews : IDisposable
{
    private readonly TrainingJob _job;
    private readonly RunFolder _folder;
    private readonly ImageToVideoSampler _sampler;
    private readonly IReadOnlyList<(int Prompt, PreparedSample Sample)> _samples;
    private readonly Action<RunEvent> _report;

    public Previews(TrainingJob job, BaseModel model, RunFolder folder, RunTexts texts, Action<RunEvent> report,
        CancellationToken cancellation)
    {
        (_job, _folder, _report) = (job, folder, report);
        _sampler = new ImageToVideoSampler(model);
        int[] wanted = [.. Wanted(job)];
        var prepared = wanted.Length == 0
            ? []
            : _sampler.Prepare([.. wanted.Select(k => PreviewRequest.Of(job, k))], texts.Load, cancellation: cancellation);
        _samples = [.. wanted.Zip(prepared)];
    }

    /// <summary>Rejects previews that cannot be made, before anything is opened.</summary>
    /// <exception cref="WanLabException">An image is missing, a size is impossible, and the like.</exception>
    public static void Check(TrainingJob job)
    {
        foreach (var prompt in Wanted(job)) PreviewRequest.Of(job, prompt).Check();
    }

    /// <summary>
    /// Makes the previews that are due at a step, or all of them, without those that were made before; step 0 is the base model.
    /// Returns false if there were none to make.
    /// </summary>
    public bool Make(int step, Func<Expert, SampledExpert> experts, CancellationToken cancellation, bool all = false,
        StepHistory? made = null)
    {
        var due = _samples.Where(s => (all || IsDue(step, _job.Sample.For(s.Prompt))) && made?.Sampled(s.Prompt) != true).ToList();
        for (var n = 0; n < due.Count && !cancellation.IsCancellationRequested; n++)
        {
            var (k, sample) = due[n];
            _report(new SamplingProgress(step, n, due.Count));
            try
            {
                var request = sample.Request;
                var frames = _sampler.Run(sample, experts, cancellation: cancellation);
                var file = _folder.Sample(step, k) + ".mp4";
                SampleFiles.Write(file, frames, SampleRecord.Of(_sampler.Model, request, Checkpoint(step), step));
                _report(new SampleSaved(step, k, file));
            }
            catch (OperationCanceledException)
            {
                break;
            }
            catch (Exception e)
            {
                _report(new SampleFailed(step, k, e.Message));
            }
        }
        return due.Count > 0;
    }

    public void Dispose()
    {
        foreach (var (_, sample) in _samples) sample.Dispose();
    }

    // The record names the checkpoint of the same step, if one was written.
    private LoraPair? Checkpoint(int step)
    {
        string? File(Expert expert) => System.IO.File.Exists(_folder.Checkpoint(expert, step)) ? _folder.Checkpoint(expert, step) : null;
        var pair = new LoraPair(File(Expert.High), File(Expert.Low));
        return pair is { High: null, Low: null } ? null : pair;
    }

    private static IEnumerable<int> Wanted(TrainingJob job) =>
        Enumerable.Range(0, job.Sample.Prompts.Count).Where(k => job.Sample.For(k).Every > 0);

    // The last step is always due: its adapter is the one that will be used.
    private bool IsDue(int step, VideoSettings options) => options.Every > 0
        && (step == _job.Training.Steps || (step % options.Every == 0 && (step > 0 || !options.SkipFirst)));
}
