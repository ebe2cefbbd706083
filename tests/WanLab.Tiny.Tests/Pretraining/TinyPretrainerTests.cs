using System.Text.Json;
using WanLab.Models;
using WanLab.Models.Transformer;
using WanLab.Models.Umt5;
using WanLab.Models.Weights;
using WanLab.Testing;
using WanLab.Tiny.Pretraining;
using WanLab.Torch;
using WanLab.Training;

namespace WanLab.Tiny.Tests.Pretraining;

public sealed class TinyPretrainerTests : TensorTest
{
    private static readonly PretrainingOptions Small = new()
    {
        Clips = 70, // three batches to encode
        VaeClips = 6,
        Side = 16,
        Frames = 5,
        Vae = new PretrainingOptions().Vae with { Dim = 4 },
        Transformer =
            new WanTransformerConfig { Dim = 24, FfnDim = 48, FreqDim = 16, TextDim = 16, NumHeads = 2, NumLayers = 2, TextLen = 48 },
        TextEncoder = new Umt5Config { VocabSize = 768, Dim = 16, DimAttn = 16, DimFfn = 32, NumHeads = 2, NumLayers = 1 },
        Crops = [new() { Until = 0.5, Frames = 1, Side = 16 }, new() { From = 0.5, Frames = 5, Side = 16 }],
        VaePhase = new() { Steps = 30, Batch = 4, LearningRate = 5e-3, Warmup = 3 },
        SharedPhase = new() { Steps = 30, Batch = 4, LearningRate = 5e-3, Warmup = 3 },
        HighPhase = new() { Steps = 4, Batch = 4, LearningRate = 1e-3, Warmup = 1 },
        DecoderPhase = new() { Steps = 3, Batch = 2, LearningRate = 1e-3, Warmup = 1 },
        LowPhase = new() { Steps = 4, Batch = 4, LearningRate = 1e-3, Warmup = 1 },
    };

    [Fact]
    public void A_small_pretraining_learns_and_writes_a_model_that_opens_and_goes_on_bit_for_bit_where_it_stopped()
    {
        using var folders = new TempFolders();
        PretrainingFolder whole = new(folders.New()), stopped = new(folders.New());

        Run(whole, stopAt: null);
        foreach (var stop in (ReadOnlySpan<(string, int)>)[("vae", 7), ("latents", 32), ("shared", 5), ("low", 1), ("decoder", 2)])
            Assert.Throws<OperationCanceledException>(() => Run(stopped, stop));
        Run(stopped, stopAt: null);
        TinyCard.Write(whole, scenesPerMotion: 1, _ => { }, CancellationToken.None);

        Assert.Equal(Weights(whole), Weights(stopped));
        foreach (var phase in (ReadOnlySpan<string>)["vae", "shared"])
        {
            var losses = Losses(whole, phase);
            Assert.Equal(losses, Losses(stopped, phase));
            Assert.True(losses.TakeLast(8).Average() < 0.9 * losses.Take(8).Average(), $"{phase}: {string.Join(' ', losses)}");
        }
        var model = BaseModel.Open(ModelLayout.FromFolder(whole.Model), "small", compute: WanLab.Torch.DType.Float32);
        Assert.Equal(Small.Transformer, model.Config);
        Assert.Contains("70 scenes of seed 1", File.ReadAllText(Path.Combine(whole.Model, "MODEL_CARD.md")));
    }

    [Fact]
    public void A_folder_of_other_options_is_refused()
    {
        using var folders = new TempFolders();
        var folder = new PretrainingFolder(folders.New());
        Directory.CreateDirectory(folder.Path);
        File.WriteAllText(folder.OptionsFile, "{}");

        var error = Assert.Throws<WanLabException>(() => Run(folder, stopAt: null));

        Assert.Contains("options.json", error.Message);
    }

    private static void Run(PretrainingFolder folder, (string Phase, int Step)? stopAt)
    {
        using var source = new CancellationTokenSource();
        new TinyPretrainer(Small, folder, TimeProvider.System, progress =>
        {
            if ((progress.Phase, progress.Done) == stopAt) source.Cancel();
        }).Run(source.Token);
    }

    private static double[] Losses(PretrainingFolder folder, string phase) =>
    [
        .. File.ReadLines(folder.Metrics).Select(line => JsonSerializer.Deserialize<JsonElement>(line))
            .Where(line => line.GetProperty("phase").GetString() == phase).Select(line => line.GetProperty("loss").GetDouble()),
    ];

    private static string Weights(PretrainingFolder folder) => string.Concat(Directory
        .EnumerateFiles(folder.Model, "*.safetensors", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))));

    private sealed class TempFolders : IDisposable
    {
        private readonly string _root = Directory.CreateTempSubdirectory("wanlab-").FullName;
        private int _count;

        public string New() => Path.Combine(_root, $"{_count++}");

        public void Dispose() => Directory.Delete(_root, recursive: true);
    }
}
