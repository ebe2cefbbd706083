using WanLab.Content;
using WanLab.Datasets;
using WanLab.Encodings;
using WanLab.Models;
using WanLab.Runs;
using WanLab.Training.Validation;

namespace WanLab.Training;

/// <summary>The result of preparing a job.</summary>
/// <param name="Data">The items to train on.</param>
/// <param name="Texts">The encoded texts, which are also used for previews.</param>
/// <param name="HeldOut">The clips that validation uses.</param>
/// <param name="Record">The content the run is trained on, for comparison when the run is resumed.</param>
internal sealed record PreparedData(TrainingData Data, RunTexts Texts, IReadOnlyList<EncodedClip> HeldOut, DataRecord Record) : IDisposable
{
    /// <summary>The encoder for clips that are not cached.</summary>
    internal ClipEncoder? Clips { get; init; }

    /// <summary>Frees the text encoder and the VAE, if they are still loaded.</summary>
    public void Dispose()
    {
        Texts.Dispose();
        Clips?.Dispose();
    }
}

/// <summary>The preparation before the training loop: scans the datasets and encodes captions and clips, all through the cache.</summary>
internal static class Preparation
{
    /// <summary>Prepares a job's data. A clip that cannot be used is reported and left out.</summary>
    /// <exception cref="WanLabException">A dataset has no usable clip, too many are left out, or a place cannot be written.</exception>
    /// <param name="job">The job.</param>
    /// <param name="model">Its model.</param>
    /// <param name="cacheFolder">The cache of encoded clips and captions.</param>
    /// <param name="report">Receives everything that happens.</param>
    /// <param name="cancellation">Stops between two parts.</param>
    /// <param name="missing">Agrees to clips that are left out, or not; null agrees to any number.</param>
    public static PreparedData Run(TrainingJob job, BaseModel model, string cacheFolder, Action<RunEvent> report,
        CancellationToken cancellation, Action<int, IReadOnlyList<ClipProblem>>? missing = null)
    {
        var store = new ContentStore(cacheFolder, message => report(new RunWarning(message)));
        var scanned = job.Datasets.Select(options => Scan(options, job, cacheFolder, report, cancellation)).ToList();
        var (datasets, heldOut) = ValidationClips.Split(job, scanned,
            options => Scan(options, job, cacheFolder, report, cancellation), report);
        using (var tokenizer = model.OpenTokenizer())
            foreach (var warning in LongTexts.Warnings(tokenizer, scanned, PreviewTexts(job))) report(new RunWarning(warning));
        var problems = scanned.SelectMany(d => d.Problems).ToList();
        missing?.Invoke(scanned.Sum(Files), problems); // before hours of encoding

        var captions = job.Training.TextEncoder;
        var texts = new RunTexts(store, model, captions.Cache);
        string[] needed = [.. datasets.SelectMany(d => d.Texts)
            .Concat(ClassPrompts(job, datasets))
            .Concat(heldOut.Select(clip => clip.Caption))
            .Concat(PreviewTexts(job))
            .Distinct()];
        try
        {
            if (captions.Cache) AddAll(texts, needed, report, cancellation);
            if (captions is { Cache: false } or { Unload: TextEncoderUnload.Never }) texts.Open();
            else texts.Unload();
            var known = problems.Count;
            var prepared = Encode(job, model, store, datasets, heldOut, texts, problems, report, cancellation);
            try
            {
                if (problems.Count > known) missing?.Invoke(scanned.Sum(Files), problems);
            }
            catch
            {
                prepared.Dispose();
                throw;
            }
            return prepared;
        }
        catch
        {
            texts.Dispose();
            throw;
        }
    }

    private static void AddAll(RunTexts texts, string[] needed, Action<RunEvent> report, CancellationToken cancellation)
    {
        for (var k = 0; k < needed.Length; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            texts.Add(needed[k]);
            report(new PreparationProgress("Encoding captions", k + 1, needed.Length));
        }
    }

    private static PreparedData Encode(TrainingJob job, BaseModel model, ContentStore store, IReadOnlyList<Dataset> datasets,
        IReadOnlyList<Clip> heldOut,
        RunTexts texts, List<ClipProblem> problems, Action<RunEvent> report, CancellationToken cancellation)
    {
        var encoder = new ClipEncoder(store, model, job.Seed) { OnGone = message => report(new RunWarning(message)) };
        var total = datasets.Sum(d => d.Clips.Count) + heldOut.Count;
        var done = 0;
        IReadOnlyList<EncodedClip> EncodeAll(IReadOnlyList<Clip> wanted, bool cached)
        {
            var clips = new List<EncodedClip>();
            foreach (var clip in wanted)
            {
                try
                {
                    clips.Add(cached ? encoder.Encode(clip, cancellation) : encoder.Live(clip));
                }
                catch (BadClipException e)
                {
                    cancellation.ThrowIfCancellationRequested(); // it wins over what it made of the decoder
                    // One bad clip never ends a run; a disk that is full or a model that does not fit does.
                    problems.Add(new ClipProblem(clip.Path, e.Message));
                }
                report(new PreparationProgress("Encoding clips", ++done, total));
            }
            return clips;
        }

        try
        {
            var encoded = new List<IReadOnlyList<EncodedClip>>();
            foreach (var dataset in datasets)
            {
                encoded.Add(EncodeAll(dataset.Clips, dataset.Options.CacheLatents));
                if (encoded[^1].Count > 0) continue;
                throw new WanLabException($"{dataset.Options.Path}: no clip of this dataset could be encoded:\n" +
                    $"{string.Join("\n", problems.Select(p => $"  {p.Message}"))}");
            }
            var validation = EncodeAll(heldOut, job.Datasets.All(d => d.CacheLatents));
            report(new DataReady(encoded.Sum(c => c.Count), problems, encoder.Encoded + texts.Encoded,
                encoder.FromCache + texts.FromCache));
            return new PreparedData(new TrainingData(job, encoded, texts), texts, validation, DataRecord.Of(model, encoded))
            {
                Clips = encoder,
            };
        }
        finally
        {
            encoder.Unload(); // clips that are not cached open it again
        }
    }

    private static Dataset Scan(DatasetOptions options, TrainingJob job, string cacheFolder, Action<RunEvent> report,
        CancellationToken cancellation)
    {
        var dataset = ClipLibrary.Scan(options, job.TriggerWord,
            new Relay<ScanProgress>(p => report(new PreparationProgress("Reading clips", p.Done, p.Total))), cancellation, cacheFolder);
        foreach (var aside in dataset.LeftAside) report(new RunWarning($"{options.Path}: {aside}"));
        // Mirrored copies of a clip have the same warnings.
        foreach (var (path, warning) in dataset.Clips.SelectMany(clip => clip.Warnings.Select(warning => (clip.Path, warning))).Distinct())
            report(new RunWarning($"{Path.GetFileName(path)}: {warning}"));
        return dataset;
    }

    // Files of a dataset, usable or not; mirrored copies are of the same file.
    private static int Files(Dataset dataset) => dataset.Clips.Select(clip => clip.Path).Distinct().Count() + dataset.Problems.Count;

    private static IEnumerable<string> ClassPrompts(TrainingJob job, IEnumerable<Dataset> datasets) =>
        job.Training.Dop.Enabled ? datasets.SelectMany(d => d.Clips).Select(clip => TrainingData.ClassPrompt(clip.Caption, job)) : [];

    /// <summary>The prompts of previews, negative ones too.</summary>
    public static IEnumerable<string> PreviewTexts(TrainingJob job) =>
        Enumerable.Range(0, job.Sample.Prompts.Count)
            .Select(k => PreviewRequest.Of(job, k))
            .SelectMany(r => new[] { r.Prompt, r.Video.NegativePrompt });

    // Progress<T> would post to other threads and lose the order. Clips are read by several threads, which all report here.
    private sealed class Relay<T>(Action<T> report) : IProgress<T>
    {
        private readonly Lock _one = new();

        public void Report(T value)
        {
            lock (_one) report(value);
        }
    }
}
