using System.Diagnostics;
using System.Text.Json;
using WanLab.Jupyter.Wire;
using WanLab.Memory;
using WanLab.Models.Transformer;
using WanLab.Planning;
using WanLab.Torch;
using WanLab.Torch.Safetensors;

namespace WanLab.Cli.Tests.Verbs;

/// <summary>The planner's formula against the peak memory of real steps, each in a process of its own.</summary>
public sealed class StepMemoryTests
{
    private const double Tolerance = 0.25;

    [Theory]
    [InlineData("fp32")]
    [InlineData("bf16")]
    public void Predicted_memory_is_what_a_step_takes(string dtype)
    {
        var (small, large) = (new Case(192, 384, 4, 2, 1, 2, 2), new Case(256, 1024, 4, 2, 5, 12, 10));
        var measured = large.Measure(dtype) - small.Measure(dtype);
        var predicted = (large.Predict(dtype) - small.Predict(dtype)) / 1048576.0;
        Assert.True(Math.Abs(measured - predicted) < Tolerance * measured, $"measured {measured:0} MiB, predicted {predicted:0} MiB");
    }

    [Fact]
    public void Quantising_saves_the_memory_that_is_predicted()
    {
        var model = new Case(768, 3072, 12, 10, 2, 4, 4);
        var whole = model.Measure("fp32");
        foreach (var (word, type) in (ReadOnlySpan<(string, TransformerQuantization)>)[("float8", TransformerQuantization.Float8),
            ("uint4", TransformerQuantization.UInt4)])
        {
            var saved = whole - model.Measure("fp32", word);
            var predicted = (model.Predict("fp32") - model.Predict("fp32", type)) / 1048576.0;
            Assert.True(predicted > 200 && Math.Abs(saved - predicted) < Tolerance * predicted,
                $"{word}: {whole:0} MiB less {saved:0}, predicted {predicted:0}");
        }
    }

    // The difference of two runs, so that what a process takes without a model does not count.
    private sealed record Case(int Dim, int Ffn, int Heads, int Layers, int F, int H, int W)
    {
        public long Predict(string dtype, TransformerQuantization quantization = TransformerQuantization.None)
        {
            var config = new WanTransformerConfig { Dim = Dim, FfnDim = Ffn, NumHeads = Heads, NumLayers = Layers, TextLen = 32 };
            var bytes = dtype == "bf16" ? 2 : 4;
            return StepMemory.Of(new StepShape
            {
                Config = config,
                Tokens = F * H * W,
                WeightBytes = WeightSizes.OfExpert(config, new QuantizationOptions { Transformer = quantization }, bytes),
                UnpackedBytes = quantization == TransformerQuantization.None ? 0 : WeightSizes.OfBlock(config, bytes),
                ComputeBytes = bytes,
                AdapterParameters = Layers * 16L * (16 * Dim + 2 * (Dim + Ffn)),
                FusedAttention = WanLab.Torch.F.HasFusedAttention,
            }).Total;
        }

        public double Measure(string dtype, string quantization = "none")
        {
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
            string[] arguments =
            [
                "exec", Path.Combine(AppContext.BaseDirectory, "WanLab.Cli.dll"), "bench", "step", "--dtype", dtype, "--quantization",
                quantization, "--steps", "1", "--threads", "1",
                "--dim", $"{Dim}", "--ffn", $"{Ffn}", "--heads", $"{Heads}", "--layers", $"{Layers}", "--grid", $"{F},{H},{W}",
            ];
            foreach (var argument in arguments) start.ArgumentList.Add(argument);
            using var process = Process.Start(start)!;
            using var result = JsonDocument.Parse(process.StandardOutput.ReadToEnd());
            process.WaitForExit();
            return result.RootElement.GetProperty("peak_rss_mib").GetDouble();
        }
    }
}
