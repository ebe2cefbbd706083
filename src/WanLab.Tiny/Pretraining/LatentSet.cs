using WanLab.Models.Vae;
using WanLab.Torch;
using WanLab.Torch.Safetensors;

namespace WanLab.Tiny.Pretraining;

/// <summary>The training data of the experts: every clip's normalised latent and its condition, computed once.</summary>
internal sealed class LatentSet : IDisposable
{
    private const int ScaleClips = 200;
    private const int EncodeBatch = 32;

    private LatentSet(SafetensorsFile file, Device device)
    {
        Latents = TensorScope.Detach(file.Read("latents").To(device));
        Conditions = TensorScope.Detach(file.Read("conditions").To(device));
        Mean = Numbers(file, "mean");
        Std = Numbers(file, "std");
    }

    /// <summary>The normalised latents, [N, 16, F, h, w].</summary>
    public Tensor Latents { get; }

    /// <summary>The conditions, [N, 20, F, h, w].</summary>
    public Tensor Conditions { get; }

    /// <summary>Mean of each latent channel before normalisation.</summary>
    public double[] Mean { get; }

    /// <summary>Standard deviation of each latent channel before normalisation.</summary>
    public double[] Std { get; }

    /// <summary>Opens the file on the VAE's device, or creates it with a VAE whose own statistics are 0 and 1.</summary>
    public static LatentSet Make(PretrainingFolder folder, PretrainingOptions options, ClipStore clips, WanVae vae,
        Action<PretrainingProgress> report, CancellationToken cancellation)
    {
        if (!File.Exists(folder.Latents)) Encode(folder.Latents, options, clips, vae, report, cancellation);
        using var scope = new TensorScope();
        return new LatentSet(SafetensorsFile.Open(folder.Latents), vae.Device);
    }

    public void Dispose()
    {
        Latents.Dispose();
        Conditions.Dispose();
    }

    private static void Encode(string file, PretrainingOptions options, ClipStore clips, WanVae vae, Action<PretrainingProgress> report,
        CancellationToken cancellation)
    {
        int[][] batches = [.. Enumerable.Range(0, clips.Count).Chunk(EncodeBatch)];
        var (latents, conditions) = (new Tensor[batches.Length], new Tensor[batches.Length]);
        try
        {
            EncodeAll(batches, latents, conditions, options, clips, vae, report, cancellation);
            WriteNormalised(file, latents, conditions);
        }
        finally
        {
            foreach (var tensor in latents.Concat(conditions)) tensor?.Dispose(); // some are missing if it was stopped
        }
    }

    private static void EncodeAll(int[][] batches, Tensor[] latents, Tensor[] conditions, PretrainingOptions options, ClipStore clips,
        WanVae vae, Action<PretrainingProgress> report, CancellationToken cancellation)
    {
        var done = 0;
        Parallel.For(0, batches.Length,
            new ParallelOptions { MaxDegreeOfParallelism = options.Workers, CancellationToken = cancellation }, k =>
        {
            using var item = new TensorScope();
            var video = Tensor.Cat([.. batches[k].Select(clip => clips.Video(clip))], 0).To(vae.Device);
            latents[k] = TensorScope.Detach(vae.Encode(video).To(Device.Cpu));
            conditions[k] = TensorScope.Detach(ImageCondition.Build(vae, video.Narrow(2, 0, 1), options.Frames).To(Device.Cpu));
            lock (latents) report(new PretrainingProgress("latents", done += batches[k].Length, clips.Count));
        });
    }

    private static void WriteNormalised(string file, Tensor[] latents, Tensor[] conditions)
    {
        using var scope = new TensorScope();
        var x = Tensor.Cat(latents, 0);
        var y = Tensor.Cat(conditions, 0);
        var sample = x.Narrow(0, 0, Math.Min(ScaleClips, x.Size(0)));
        var mean = sample.Mean([0, 2, 3, 4], keep: true);
        var std = (sample - mean).Pow(2).Mean([0, 2, 3, 4], keep: true).Sqrt().ClampMin(1e-3);
        // Rounded as config.json will store them, so that the training data are exactly what the finished VAE produces.
        mean = (mean * 1e4).Round() / 1e4;
        std = (std * 1e4).Round() / 1e4;
        var masks = y.Size(1) - x.Size(1);
        SafetensorsWriter.Write(file,
        [
            new("latents", (x - mean) / std),
            new("conditions", Tensor.Cat([y.Narrow(1, 0, masks), (y.Narrow(1, masks, x.Size(1)) - mean) / std], 1)),
            new("mean", mean.View(-1)), new("std", std.View(-1)),
        ]);
    }

    private static double[] Numbers(SafetensorsFile file, string name)
    {
        using var scope = new TensorScope();
        return [.. file.Read(name).ToArray<float>().Select(value => Math.Round(value, 4))];
    }
}
