using System.Reflection;
using WanLab.Models.Transformer;
using WanLab.Models.Umt5;
using WanLab.Models.Vae;
using WanLab.Models.Weights;
using WanLab.Pretraining;
using WanLab.Torch;

namespace WanLab.Models.Tiny;

/// <summary>
/// The embedded tiny model: Wan 2.2's architecture, both experts, VAE and text encoder included, at a width that trains on
/// a CPU in seconds a step. Its weights are random but the same everywhere; it is written once, as a diffusers folder,
/// and then opened like any other model.
/// </summary>
internal static class TinyModel
{
    /// <summary>Its name.</summary>
    public const string Name = "wan-tiny";

    // Goes up whenever the files would come out different: an older folder is then left alone and a new one made.
    private const int Version = 1;
    private const int Vocabulary = 768;

    public static WanTransformerConfig Transformer { get; } =
        new() { Dim = 192, FfnDim = 768, FreqDim = 64, TextDim = 64, NumHeads = 6, NumLayers = 8, TextLen = 64 };

    public static WanVaeConfig Vae { get; } = new() { Dim = 8, LatentsMean = new double[16], LatentsStd = [.. Enumerable.Repeat(1.0, 16)] };

    public static Umt5Config TextEncoder { get; } =
        new() { VocabSize = Vocabulary, Dim = 64, DimAttn = 64, DimFfn = 128, NumHeads = 4, NumLayers = 2 };

    /// <summary>The model's folder, written if it is not there yet.</summary>
    /// <param name="cache">Where such folders lie.</param>
    /// <exception cref="WanLabException">It can not be written.</exception>
    public static string Folder(string cache)
    {
        var folder = Path.Combine(cache, "models", $"{Name}-{Version}");
        if (Directory.Exists(folder)) return folder;
        // Whole or not at all, also when several processes come here at once: made beside its place, then renamed.
        var unfinished = $"{folder}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}.tmp";
        try
        {
            Write(unfinished);
            Directory.Move(unfinished, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // Another process was first; its files are the same.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{folder}: the tiny model can not be written: {e.Message} Free space there, or set WANLAB_CACHE to another folder.", e);
        }
        finally
        {
            if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
        }
        return folder;
    }

    private static void Write(string folder)
    {
        using var scope = new TensorScope();
        using var off = GradMode.Off();
        WriteTransformer(Path.Combine(folder, "transformer"), seed: 1);
        WriteTransformer(Path.Combine(folder, "transformer_2"), seed: 2);
        WriteVae(Path.Combine(folder, "vae"), seed: 3);
        using (var weights = InitialWeights.Draw(TextEncoder.Shapes(), seed: 4))
            DiffusersFolder.Write(Path.Combine(folder, "text_encoder"), ModelKind.TextEncoder, weights, TextEncoder.ToJson());

        using var vocabulary = Assembly.GetExecutingAssembly().GetManifestResourceStream("WanLab.Models.Tiny.spiece.model")!;
        AtomicFile.Write(Path.Combine(folder, "tokenizer", "spiece.model"), vocabulary.CopyTo);
    }

    private static void WriteTransformer(string folder, ulong seed)
    {
        using var weights = InitialWeights.Draw(Transformer.Shapes(), seed);
        DiffusersFolder.Write(folder, ModelKind.Transformer, weights, TinyConfigs.Json(Transformer));
    }

    private static void WriteVae(string folder, ulong seed)
    {
        using var vae = new WanVae(InitialWeights.Draw(Vae.Shapes(), seed), Vae);
        var (mean, std) = LatentScale.Measure(vae);
        using var weights = InitialWeights.Draw(Vae.Shapes(), seed);
        DiffusersFolder.Write(folder, ModelKind.Vae, weights, TinyConfigs.Json(Vae with { LatentsMean = mean, LatentsStd = std }));
    }
}
