using WanLab.Datasets;
using WanLab.Datasets.Cache;
using WanLab.Jobs;
using WanLab.Models;
using WanLab.Sampling;
using WanLab.Training.Encoding;

namespace WanLab.Training;

/// <summary>What preparation made.</summary>
/// <param name="Data">The items to train on.</param>
/// <param name="Texts">The encoded texts, which the previews use too.</param>
/// <param name="HeldOut">The clips that validation uses.</param>
/// <param name="Record">What the run is trained on, to know it again when the run is resumed.</param>
public sealed record PreparedData(TrainingData Data, TextCache Texts, IReadOnlyList<EncodedClip> HeldOut, DataRecord Record);

/// <summary>Everything that is known before the loop: scans the datasets, encodes captions, then clips, each through the cache.</summary>
public static class Preparation
{
    /// <summary>Prepares a job's data. A clip that can not be used is reported and left out.</summary>
    /// <exception cref="WanLabException">A dataset has no usable clip.</exception>
    public static PreparedData Run(TrainingJob job, BaseModel model, string cacheFolder, Action<RunEvent> report, CancellationToken cancellation)
    {
        var store = new ContentStore(cacheFolder, message => report(new RunWarning(message)));
        var scanned = job.Datasets.Select(options => Scan(options, job, report, cancellation)).ToList();
        var (datasets, heldOut) = ValidationClips.Split(job, scanned, options => Scan(options, job, report, cancellation), report);
        var problems = scanned.SelectMany(d => d.Problems).ToList();

        var texts = new TextCache(store, model);
        string[] needed = [.. datasets.SelectMany(d => d.Texts).Concat(ClassPrompts(job, datasets)).Concat(heldOut.Select(clip => clip.Caption)).Concat(PreviewTexts(job)).Distinct()];
        using (texts) // frees the encoder; what it encoded stays readable
        {
            foreach (var (text, k) in needed.Select((text, k) => (text, k)))
            {
                cancellation.ThrowIfCancellationRequested();
                texts.Add(text);
                report(new PreparationProgress("Encoding captions", k + 1, needed.Length));
            }
        }

        using var encoder = new ClipEncoder(store, model, job.Seed);
        var total = datasets.Sum(d => d.Clips.Count) + heldOut.Count;
        var done = 0;
        IReadOnlyList<EncodedClip> Encode(IReadOnlyList<Clip> wanted)
        {
            var clips = new List<EncodedClip>();
            foreach (var clip in wanted)
            {
                try
                {
                    clips.Add(encoder.Encode(clip, cancellation));
                }
                catch (WanLabException e)
                {
                    problems.Add(new ClipProblem(clip.Path, e.Message)); // one bad clip never ends a run
                }
                report(new PreparationProgress("Encoding clips", ++done, total));
            }
            return clips;
        }

        var encoded = new List<IReadOnlyList<EncodedClip>>();
        foreach (var dataset in datasets)
        {
            encoded.Add(Encode(dataset.Clips));
            if (encoded[^1].Count == 0) throw new WanLabException($"{dataset.Options.Path}: no clip of this dataset could be encoded:\n{string.Join("\n", problems.Select(p => $"  {p.Message}"))}");
        }
        var validation = Encode(heldOut);
        report(new DataReady(encoded.Sum(c => c.Count), problems, encoder.Encoded + texts.Encoded, encoder.FromCache + texts.FromCache));
        return new PreparedData(new TrainingData(job, encoded, texts), texts, validation, DataRecord.Of(model, encoded));
    }

    private static Dataset Scan(DatasetOptions options, TrainingJob job, Action<RunEvent> report, CancellationToken cancellation)
    {
        var dataset = ClipLibrary.Scan(options, job.TriggerWord, new Relay<ScanProgress>(p => report(new PreparationProgress("Reading clips", p.Done, p.Total))), cancellation);
        // Mirrored copies of a clip share its warnings.
        foreach (var (path, warning) in dataset.Clips.SelectMany(clip => clip.Warnings.Select(warning => (clip.Path, warning))).Distinct())
            report(new RunWarning($"{Path.GetFileName(path)}: {warning}"));
        return dataset;
    }

    private static IEnumerable<string> ClassPrompts(TrainingJob job, IEnumerable<Dataset> datasets) =>
        job.Training.Dop.Enabled ? datasets.SelectMany(d => d.Clips).Select(clip => TrainingData.ClassPrompt(clip.Caption, job)) : [];

    private static IEnumerable<string> PreviewTexts(TrainingJob job) =>
        Enumerable.Range(0, job.Sample.Prompts.Count).Select(k => SampleRequest.From(job, k)).SelectMany(r => new[] { r.Prompt, r.NegativePrompt });

    // Progress<T> would post to other threads and lose the order. Clips are read by several threads, which report here.
    private sealed class Relay<T>(Action<T> report) : IProgress<T>
    {
        private readonly Lock _one = new();

        public void Report(T value)
        {
            lock (_one) report(value);
        }
    }
}
