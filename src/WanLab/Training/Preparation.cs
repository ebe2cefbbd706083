using WanLab.Content;
using WanLab.Datasets;
using WanLab.Encodings;
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

    /// <summary>The record as version 0.1.0 would have made it.</summary>
    internal required Func<DataRecord> EarlierRecord { get; init; }

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
    /// <param name="windowBytes">The most bytes of native windows in the cache.</param>
    public static PreparedData Run(TrainingJob job, BaseModel model, string cacheFolder, Action<RunEvent> report,
        CancellationToken cancellation, Action<int, IReadOnlyList<ClipProblem>>? missing = null,
        long windowBytes = DrawnWindows.MostBytes)
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
            var prepared = Encode(job, model, store, datasets, heldOut, texts, problems, report, windowBytes, cancellation);
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
        RunTexts texts, List<ClipProblem> problems, Action<RunEvent> report, long windowBytes, CancellationToken cancellation)
    {
        var encoder = new ClipEncoder(store, model) { OnGone = message => report(new RunWarning(message)) };
        var total = datasets.Sum(d => d.Clips.Count) + heldOut.Count;
        var done = 0;
        // One bad clip never ends a run; a disk that is full or a model that does not fit does.
        bool Try(Clip clip, Action encode)
        {
            try
            {
                encode();
                return true;
            }
            catch (BadClipException e)
            {
                cancellation.ThrowIfCancellationRequested(); // it wins over what it made of the decoder
                problems.Add(new ClipProblem(clip.Path, e.Message));
                return false;
            }
        }
        List<EncodedClip> EncodeAll(IReadOnlyList<Clip> wanted, Func<Clip, EncodedClip> encode)
        {
            var clips = new List<EncodedClip>();
            foreach (var clip in wanted)
            {
                Try(clip, () => clips.Add(encode(clip)));
                report(new PreparationProgress("Encoding clips", ++done, total));
            }
            return clips;
        }
        EncodedClip EncodeFirst(Clip clip) => encoder.Encode(clip, cancellation);
        // Which windows of native clips a run draws depends on all clips that it has, so they come when those are known.
        EncodedClip EncodeOrWait(Clip clip) => clip.Sampling == FrameSampling.Native ? encoder.Cached(clip) : EncodeFirst(clip);

        try
        {
            List<List<EncodedClip>> encoded =
                [.. datasets.Select(d => EncodeAll(d.Clips, d.Options.CacheLatents ? EncodeOrWait : encoder.Live))];
            var validation = EncodeAll(heldOut, job.Datasets.All(d => d.CacheLatents) ? EncodeFirst : encoder.Live);
            while (true)
            {
                for (var k = 0; k < datasets.Count; k++)
                {
                    if (encoded[k].Count > 0) continue;
                    throw new WanLabException($"{datasets[k].Options.Path}: no clip of this dataset could be encoded:\n" +
                        $"{string.Join("\n", problems.Select(p => $"  {p.Message}"))}");
                }
                var data = new TrainingData(job, encoded, texts);
                var isNative = encoded.Any(clips => clips.Any(clip => clip is CachedClip { Clip.Sampling: FrameSampling.Native }));
                var drawn = DrawnWindows.Of(isNative ? data.Draws() : [], windowBytes);
                var (made, windows) = (0, drawn.Windows.Values.Sum(w => w.Count));
                List<CachedClip> bad = [.. drawn.Windows.Where(pair => !Try(pair.Key.Clip, () => encoder.AddAll(pair.Key, pair.Value,
                    () => report(new PreparationProgress("Encoding windows", ++made, windows)), cancellation))).Select(pair => pair.Key)];
                if (bad.Count > 0) // without them, the others are drawn in another order
                {
                    foreach (var clips in encoded) clips.RemoveAll(clip => bad.Exists(b => ReferenceEquals(b, clip)));
                    continue;
                }
                if (drawn.AreMore) report(new RunWarning($"The run draws more native windows than the {windows} that were encoded for " +
                    $"it, which take up to {windowBytes >> 30} GiB of the cache; it encodes the others when it draws them, which takes " +
                    "time at each such step."));
                report(new DataReady(encoded.Sum(c => c.Count), problems, encoder.Encoded + texts.Encoded,
                    encoder.FromCache + texts.FromCache));
                return new PreparedData(data, texts, validation, DataRecord.Of(model, encoded))
                {
                    Clips = encoder,
                    EarlierRecord = () => DataRecord.Of(model, encoded, clip => encoder.EarlierContents(clip, job.Seed)),
                };
            }
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
