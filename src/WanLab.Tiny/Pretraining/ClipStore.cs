using WanLab.Tiny.Scenes;
using WanLab.Torch;
using WanLab.Torch.Safetensors;

namespace WanLab.Tiny.Pretraining;

/// <summary>The rendered clips, uncompressed on disk and mapped into memory.</summary>
internal sealed class ClipStore : IDisposable
{
    /// <summary>Number of clips in a file.</summary>
    public const int PerFile = 50;

    private readonly Tensor[] _files; // each [n, T, H, W, 3], UInt8

    private ClipStore(Tensor[] files, int count) => (_files, Count) = (files, count);

    /// <summary>Number of clips.</summary>
    public int Count { get; }

    /// <summary>Renders the first clips that are missing, on all processors, and opens them.</summary>
    public static ClipStore Make(PretrainingFolder folder, PretrainingOptions options, int count, Action<PretrainingProgress> report,
        CancellationToken cancellation)
    {
        var files = (count + PerFile - 1) / PerFile;
        var done = 0;
        Parallel.For(0, files,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation }, file =>
        {
            if (!File.Exists(folder.Clips(file))) Render(folder.Clips(file), options, file);
            lock (folder) report(new PretrainingProgress("render", Math.Min(++done * PerFile, count), count));
        });
        return new ClipStore(
        [
            .. Enumerable.Range(0, files).Select(file => TensorScope.Detach(SafetensorsFile.Open(folder.Clips(file)).Read("pixels"))),
        ], count);
    }

    /// <summary>Returns a clip, or a crop of it, in the form that the VAE expects: [1, 3, frames, height, width] in [-1, 1].</summary>
    public Tensor Video(int clip, int from = 0, int? frames = null, int top = 0, int left = 0, int? side = null)
    {
        using var scope = new TensorScope();
        var pixels = _files[clip / PerFile].Select(0, clip % PerFile);
        pixels = pixels.Narrow(0, from, frames ?? pixels.Size(0))
            .Narrow(1, top, side ?? pixels.Size(1))
            .Narrow(2, left, side ?? pixels.Size(2));
        return scope.Keep((pixels.To(DType.Float32) / 127.5 - 1).Permute(3, 0, 1, 2).Unsqueeze(0).Contiguous());
    }

    public void Dispose()
    {
        foreach (var file in _files) file.Dispose();
    }

    private static void Render(string path, PretrainingOptions options, int file)
    {
        using var scope = new TensorScope();
        var first = file * PerFile;
        var clips = Enumerable.Range(first, Math.Min(PerFile, options.Clips - first)).Select(number => Tensor.From(
            SceneRenderer.Render(PretrainingScenes.Scene(options.Seed, number), options.Side, options.Side, options.Frames),
            options.Frames, options.Side, options.Side, 3));
        SafetensorsWriter.Write(path, [new("pixels", Tensor.Stack([.. clips]))]);
    }
}
