using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using WanLab.Jobs;
using WanLab.Models;
using WanLab.Runs;
using WanLab.Testing;
using WanLab.Torch;
using WanLab.Training;

namespace WanLab.Tests.Training;

/// <summary>
/// Trains the orbit example and compares every loss, timestep, gradient norm and learning rate, and both adapters, with
/// what they were when the hashes were recorded: the guard of every change that is to touch no number. Bits depend on the
/// processor and on libtorch, so hashes are kept for each kind of machine; on a kind that has none, the losses are compared with 1e-3.
/// WANLAB_UPDATE_GOLDENS=1 records this machine's hashes next to the others, and is right only for a change that means to change numbers.
/// </summary>
public sealed class LossHashTests(LossHashTests.Cache cache) : TensorTest, IClassFixture<LossHashTests.Cache>
{
    /// <summary>The encodings, which all four runs share.</summary>
    public sealed class Cache : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("wanlab-hashes-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }

    // A step with differential output preservation takes four times as long.
    private static int Steps(bool dop) => dop ? 60 : 200;

    private static readonly string File = Path.Combine(Repository.Root, "tests", "WanLab.Tests", "Training", "LossHashes.json");

    [Theory]
    [InlineData("adamw", false)]
    [InlineData("adamw", true)]
    [InlineData("adamw8bit", false)]
    [InlineData("adamw8bit", true)]
    public void The_orbit_example_ends_at_the_recorded_bits(string optimizer, bool dop)
    {
        var (metrics, adapters, losses) = Train(optimizer, dop);
        var variant = dop ? $"{optimizer}, dop" : optimizer;
        var recorded = JsonNode.Parse(System.IO.File.ReadAllText(File))!.AsObject();
        var machine = Machine();
        if (Environment.GetEnvironmentVariable("WANLAB_UPDATE_GOLDENS") == "1")
            Record(recorded, machine, variant, metrics, adapters, losses);

        if (recorded["machines"]![machine]?[variant] is { } hashes)
        {
            Assert.Equal(hashes["metrics"]!.GetValue<string>(), metrics);
            Assert.Equal(hashes["adapters"]!.GetValue<string>(), adapters);
        }
        var expected = recorded["losses"]![variant]!.AsArray().Select(loss => loss!.GetValue<double>()).ToList();
        Assert.Equal(Steps(dop) / 10, expected.Count);
        for (var k = 0; k < expected.Count; k++) Assert.InRange(losses[k], expected[k] * 0.999, expected[k] * 1.001);
    }

    private (string Metrics, string Adapters, IReadOnlyList<double> Losses) Train(string optimizer, bool dop)
    {
        var output = Directory.CreateTempSubdirectory("wanlab-hash-").FullName;
        try
        {
            string[] set =
            [
                "job.device=cpu", $"job.output={output}", $"training.steps={Steps(dop)}", $"training.optimizer={optimizer}",
                "sample.every=0", "save.every=1000",
                .. dop ? new[] { "job.trigger_word=orbit 360", "training.dop.enabled=true", "training.dop.class=toy" } : [],
            ];
            var job = JobReader.Load(Path.Combine(Repository.Root, "datasets-example", "orbit", "job.yaml"), set).Job;
            var folder = RunFolder.Open(job.Output, job.Name);
            new Trainer(job, BaseModel.FromJob(job.Model, Device.Cpu), folder, new TrainerRuntime { CacheFolder = cache.Path }).Run(
                CancellationToken.None);

            var steps = System.IO.File.ReadLines(folder.MetricsFile).Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
            Assert.Equal(Steps(dop), steps.Count);
            string[] compared = ["step", "expert", "loss", "loss_parts", "timesteps", "learning_rate", "gradient_norm"];
            var text = string.Join('\n', steps.Select(step => string.Join(' ', compared.Select(key => step[key]?.ToJsonString()))));
            var adapters = Experts.All.Select(expert => Tensors(folder.Checkpoint(expert, null)));
            return (Hash(Encoding.UTF8.GetBytes(text)), string.Join(' ', adapters),
                [.. steps.Where((_, k) => k % 10 == 0).Select(step => step["loss"]!.GetValue<double>())]);
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }

    // The header holds the job with its paths; what follows it are the tensors.
    private static string Tensors(string safetensors)
    {
        var bytes = System.IO.File.ReadAllBytes(safetensors);
        return Hash(bytes.AsSpan(8 + (int)BitConverter.ToInt64(bytes)));
    }

    // The bits depend on the code and on this: the processor's abilities, choices of kernels, and the libraries.
    private static string Machine()
    {
        var processor = System.IO.File.ReadLines("/proc/cpuinfo")
            .Where(line => line.StartsWith("model name", StringComparison.Ordinal) || line.StartsWith("flags", StringComparison.Ordinal))
            .Distinct();
        string?[] choices = [Environment.GetEnvironmentVariable("OPENBLAS_CORETYPE"),
            Environment.GetEnvironmentVariable("ATEN_CPU_CAPABILITY")];
        return Hash(Encoding.UTF8.GetBytes(string.Join('\n', [.. processor, .. choices, Runtime.TorchVersion])))[..16];
    }

    private static void Record(JsonObject recorded, string machine, string variant, string metrics, string adapters,
        IReadOnlyList<double> losses)
    {
        if (recorded["machines"]![machine] is null) recorded["machines"]![machine] = new JsonObject();
        recorded["machines"]![machine]![variant] = new JsonObject { ["metrics"] = metrics, ["adapters"] = adapters };
        recorded["losses"]![variant] = new JsonArray([.. losses.Select(loss => JsonValue.Create(loss))]);
        System.IO.File.WriteAllText(File, recorded.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
