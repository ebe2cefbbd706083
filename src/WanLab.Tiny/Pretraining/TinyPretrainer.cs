using WanLab.Models;
using WanLab.Models.Transformer;
using WanLab.Models.Umt5;
using WanLab.Models.Vae;
using WanLab.Models.Weights;
using WanLab.Torch;

namespace WanLab.Tiny.Pretraining;

/// <summary>
/// Makes the embedded model from scratch: renders scenes, trains the VAE, encodes the clips, trains one transformer with
/// the text encoder on all timesteps, then each expert from it separately, then the VAE's decoder
/// again on whole clips, and writes the model. A completed phase is
/// not repeated, so that running it again continues where it stopped.
/// </summary>
/// <param name="options">Options of the pretraining.</param>
/// <param name="folder">The folder for all files.</param>
/// <param name="time">The clock, which decides when states are saved.</param>
/// <param name="report">Receives the progress of each step, from several threads while rendering and encoding.</param>
internal sealed class TinyPretrainer(PretrainingOptions options, PretrainingFolder folder, TimeProvider time,
    Action<PretrainingProgress> report)
{
    private readonly Device _device = Device.Parse(options.Device);

    /// <summary>Runs every phase that is not completed yet.</summary>
    /// <exception cref="OperationCanceledException">Stopped; running again continues.</exception>
    /// <exception cref="WanLabException">The folder belongs to other options, or cannot be written.</exception>
    public void Run(CancellationToken cancellation)
    {
        folder.Enter(options);
        Runtime.Threads = 1;
        Runtime.AllowTf32(true); // only the finished model must be exact
        try
        {
            Train(cancellation);
        }
        finally
        {
            Runtime.AllowTf32(false);
        }
    }

    private void Train(CancellationToken cancellation)
    {
        using var first = ClipStore.Make(folder, options, Math.Min(options.VaeClips, options.Clips), report, cancellation);
        // The VAE needs only some of the clips; meanwhile the processors render the others.
        var others = Task.Run(() => ClipStore.Make(folder, options, options.Clips, report, cancellation), CancellationToken.None);
        ModelWeights? vae = null;
        try
        {
            vae = TrainVae(first, cancellation);
        }
        finally
        {
            if (vae is null) Forget(others);
        }
        using var vaeWeights = vae;
        using var clips = others.GetAwaiter().GetResult();
        using var data = Encode(clips, vaeWeights, cancellation);
        var captions = new CaptionSet(options);
        var (shared, text) = TrainShared(data, captions, cancellation);
        using (shared)
        using (text)
        using (var high = TrainExpert(Expert.High, shared, text, data, captions, cancellation))
        using (var low = TrainExpert(Expert.Low, shared, text, data, captions, cancellation))
        {
            using var finalVae = TrainDecoder(clips, data, vaeWeights, cancellation);
            report(new PretrainingProgress("export", 0, 1));
            TinyExport.Write(folder.Model, options with { Vae = options.Vae with { LatentsMean = data.Mean, LatentsStd = data.Std } },
                finalVae, text, high, low);
            report(new PretrainingProgress("export", 1, 1));
        }
    }

    // The VAE's training has failed or was stopped; the caller receives that error.
    private static void Forget(Task<ClipStore> others)
    {
        try
        {
            others.GetAwaiter().GetResult().Dispose();
        }
        catch (Exception e) when (e is OperationCanceledException or WanLabException or IOException)
        {
        }
    }

    private ModelWeights TrainVae(ClipStore clips, CancellationToken cancellation)
    {
        using var initial = InitialWeights.DrawVae(options.Vae.Shapes(), SeedOf("vae"));
        using var model = new FlatModel([("vae", initial)], options.Workers, _device);
        using var task = new VaeTask(options, clips, model);
        Train("vae", options.VaePhase, model, task, cancellation);
        return model.Averaged("vae");
    }

    private ModelWeights TrainDecoder(ClipStore clips, LatentSet data, ModelWeights vae, CancellationToken cancellation)
    {
        using var decoder = Copy(vae, DecoderTask.Owns);
        ModelWeights Encoder() => Copy(vae, name => !DecoderTask.Owns(name));
        using var model = new FlatModel([(DecoderTask.Part, decoder)], options.Workers, _device);
        using var task = new DecoderTask(options, clips, data, model, Encoder);
        Train("decoder", options.DecoderPhase, model, task, cancellation);
        return new ModelWeights([.. model.Averaged(DecoderTask.Part).Tensors, .. Encoder().Tensors]);
    }

    private LatentSet Encode(ClipStore clips, ModelWeights weights, CancellationToken cancellation)
    {
        using var vae = new WanVae(Copy(weights), options.Vae);
        return LatentSet.Make(folder, options, clips, vae, report, cancellation);
    }

    private (ModelWeights Transformer, ModelWeights Text) TrainShared(LatentSet data, CaptionSet captions, CancellationToken cancellation)
    {
        using var transformer = InitialWeights.Draw(options.Transformer.Shapes(), SeedOf("transformer"));
        using var text = InitialWeights.Draw(options.TextEncoder.Shapes(), SeedOf("text"));
        using var model = new FlatModel([("transformer", transformer), ("text", text)], options.Workers, _device);
        var transformers = Workers(worker => new WanTransformer(model.Leaves("transformer", worker), options.Transformer));
        var encoders = Workers(worker => new Umt5Encoder(model.Leaves("text", worker), options.TextEncoder));
        try
        {
            var task = new ExpertTask("shared", options.SharedPhase, options, data, captions, (0, 1), transformers, encoders);
            Train("shared", options.SharedPhase, model, task, cancellation);
            return (model.Averaged("transformer"), model.Averaged("text"));
        }
        finally
        {
            foreach (var item in transformers) item.Dispose();
            foreach (var item in encoders) item.Dispose();
        }
    }

    private ModelWeights TrainExpert(Expert expert, ModelWeights shared, ModelWeights text, LatentSet data, CaptionSet captions,
        CancellationToken cancellation)
    {
        var (name, phase) = expert == Expert.High ? ("high", options.HighPhase) : ("low", options.LowPhase);
        using var model = new FlatModel([("transformer", shared)], options.Workers, _device);
        using var encoder = new Umt5Encoder(Copy(text), options.TextEncoder); // no longer trained, or the experts would need two
        var transformers = Workers(worker => new WanTransformer(model.Leaves("transformer", worker), options.Transformer));
        try
        {
            var task = new ExpertTask(name, phase, options, data, captions, expert.Range(options.Boundary), transformers, [encoder]);
            Train(name, phase, model, task, cancellation);
            return model.Averaged("transformer");
        }
        finally
        {
            foreach (var item in transformers) item.Dispose();
        }
    }

    private void Train(string name, PhaseOptions phase, FlatModel model, IPretrainingTask task, CancellationToken cancellation)
    {
        using var training = new PretrainingPhase(name, phase, model, task);
        training.Run(folder, time, report, cancellation);
    }

    private T[] Workers<T>(Func<int, T> make) => [.. Enumerable.Range(0, options.Workers).Select(make)];

    private ulong SeedOf(string part) => CounterRandom.Bits(options.Seed, $"initial {part}", 0);

    private static ModelWeights Copy(ModelWeights weights, Func<string, bool>? chosen = null) =>
        new(weights.Tensors.Where(pair => chosen?.Invoke(pair.Key) ?? true)
            .Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Clone()))
            .ToList());
}
