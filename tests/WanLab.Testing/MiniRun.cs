using System.Text.Json.Nodes;
using WanLab.Adapters;
using WanLab.Datasets;
using WanLab.Media;
using WanLab.Models;
using WanLab.Models.Text;
using WanLab.Models.Transformer;
using WanLab.Models.Umt5;
using WanLab.Models.Vae;
using WanLab.Models.Weights;
using WanLab.Runs;
using WanLab.Sampling;
using WanLab.Tiny.Pretraining;
using WanLab.Tiny.Scenes;
using WanLab.Torch;
using WanLab.Torch.Interop;
using WanLab.Training;
using WanLab.Training.Optimizers;

namespace WanLab.Testing;

/// <summary>
/// A very small base model in diffusers layout, a few real clips, and a job for them: what a whole run needs, in a folder
/// that goes when the tests of a class are done.
/// </summary>
public sealed class MiniRun : IDisposable
{
    public static readonly WanTransformerConfig Config = new()
    {
        Dim = 48,
        FfnDim = 64,
        FreqDim = 16,
        TextDim = 16,
        NumHeads = 2,
        NumLayers = 3,
        TextLen = 24,
    };

    // Made once for all classes of a process: starting ffmpeg for each file takes longer than copying the files.
    private static readonly Lazy<string> Made = new(Make);

    private readonly TempFolder _folder = new();

    public MiniRun()
    {
        Runtime.Threads = 1;
        foreach (var file in Directory.EnumerateFiles(Made.Value, "*", SearchOption.AllDirectories))
        {
            var copy = At(Path.GetRelativePath(Made.Value, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        Model = BaseModel.Open(ModelLayout.FromFolder(At("model")), "mini", compute: null);
    }

    public string Folder => _folder.Path;

    public BaseModel Model { get; }

    public string Cache => At("cache");

    public string At(string name) => _folder[name];

    public TrainingJob Job(string name) => new()
    {
        Name = name,
        Output = At("runs"),
        Multistage = new MultistageOptions { SwitchEvery = 2 },
        Target = new TargetOptions { Rank = 4 },
        Save = new SaveOptions { Every = 4, Keep = 2, DType = SaveDType.Fp32 },
        Training = new TrainingOptions { Steps = 8, Optimizer = OptimizerType.AdamW, LearningRate = 1e-2 },
        Datasets = [new DatasetOptions { Path = At("clips"), Resolutions = [32], NumFrames = 5, FrameSampling = FrameSampling.Native }],
        Sample = new SampleOptions { Every = 0 },
    };

    public (int Steps, List<RunEvent> Events, RunFolder Folder) Train(TrainingJob job, bool resume = false,
        CancellationToken cancellation = default, Action<RunEvent>? also = null, bool allowMissing = false)
    {
        var events = new List<RunEvent>();
        var folder = RunFolder.Open(job.Output, job.Name);
        var steps = new Trainer(job, Model, folder, new TrainerRuntime
        {
            CacheFolder = Cache,
            Resume = resume,
            AllowMissing = _ => allowMissing,
            Report = e =>
            {
                events.Add(e);
                also?.Invoke(e);
            },
        }).Run(cancellation);
        return (steps, events, folder);
    }

    public void WriteClip(string folder, string name, long seed, int frames = 9) => MakeClip(folder, name, seed, frames);

    public void Dispose() => _folder.Dispose();

    private static string Make()
    {
        var folder = Directory.CreateTempSubdirectory("wanlab-mini-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        WriteModel(Path.Combine(folder, "model"));
        for (var k = 0; k < 3; k++) MakeClip(Path.Combine(folder, "clips"), $"clip{k}", k, frames: 9);
        MakeClip(Path.Combine(folder, "images"), "still", 9, frames: 1);
        return folder;
    }

    private static void MakeClip(string folder, string name, long seed, int frames)
    {
        Directory.CreateDirectory(folder);
        var scene = SceneGenerator.Draw(seed);
        Mp4Writer.Write(Path.Combine(folder, name + ".mp4"), SceneRenderer.Render(scene, 32, 32, frames), 32, 32);
        File.WriteAllText(Path.Combine(folder, name + ".txt"), SceneCaption.Write(scene, seed));
    }

    private static void WriteModel(string folder)
    {
        using var scope = new TensorScope();
        JsonObject transformer = new()
        {
            ["num_attention_heads"] = Config.NumHeads,
            ["attention_head_dim"] = Config.HeadDim,
            ["in_channels"] = 36,
            ["out_channels"] = 16,
            ["text_dim"] = Config.TextDim,
            ["text_len"] = Config.TextLen,
            ["freq_dim"] = Config.FreqDim,
            ["ffn_dim"] = Config.FfnDim,
            ["num_layers"] = Config.NumLayers,
        };
        foreach (var (name, seed) in new[] { ("transformer", 1UL), ("transformer_2", 2UL) })
        {
            using var weights = Draw(Config.Shapes(), seed);
            DiffusersFolder.Write(Path.Combine(folder, name), ModelKind.Transformer, weights, transformer);
        }
        var vae = new WanVaeConfig { Dim = 4 };
        using (var weights = Draw(vae.Shapes(), 3))
            DiffusersFolder.Write(Path.Combine(folder, "vae"), ModelKind.Vae, weights, new JsonObject
            {
                ["base_dim"] = 4,
                ["z_dim"] = 16,
                ["latents_mean"] = new JsonArray([.. Enumerable.Range(0, 16).Select(_ => JsonValue.Create(0.0))]),
                ["latents_std"] = new JsonArray([.. Enumerable.Range(0, 16).Select(_ => JsonValue.Create(1.0))]),
            });
        var text = new Umt5Config { VocabSize = 768, Dim = 16, DimAttn = 16, DimFfn = 32, NumHeads = 2, NumLayers = 1 };
        using (var weights = Draw(text.Shapes(), 4))
            DiffusersFolder.Write(Path.Combine(folder, "text_encoder"), ModelKind.TextEncoder, weights, TinyConfigs.Json(text));
        Directory.CreateDirectory(Path.Combine(folder, "tokenizer"));
        using var vocabulary = typeof(WanTokenizer).Assembly.GetManifestResourceStream("WanLab.Models.Tiny.spiece.model")!;
        using var file = File.Create(Path.Combine(folder, "tokenizer", "spiece.model"));
        vocabulary.CopyTo(file);
    }

    /// <summary>Random weights that keep a layer's output about as large as its input.</summary>
    internal static ModelWeights Draw(IReadOnlyList<WeightShape> shapes, ulong seed, DType dtype = DType.Float32)
    {
        using var generator = new Generator(seed);
        var tensors = new List<KeyValuePair<string, Tensor>>();
        foreach (var shape in shapes)
        {
            using var scope = new TensorScope();
            var inputs = shape.Shape.Skip(1).Aggregate(1L, (a, b) => a * b);
            var isScale = (shape.Shape.Length == 1 && shape.Name.EndsWith(".weight", StringComparison.Ordinal))
                || shape.Name.EndsWith("gamma", StringComparison.Ordinal);
            var tensor = isScale
                ? Tensor.Full(shape.Shape, 1)
                : Tensor.Randn(shape.Shape, generator) * (1 / Math.Sqrt(Math.Max(inputs, 16)));
            tensors.Add(KeyValuePair.Create(shape.Name, scope.Keep(tensor.To(dtype))));
        }
        return new ModelWeights(tensors);
    }
}
