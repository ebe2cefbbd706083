using MathNet.Numerics.Statistics;
using WanLab.Adapters;
using WanLab.Memory;
using WanLab.Models.Transformer;
using WanLab.Models.Weights;
using WanLab.Torch;
using WanLab.Training;
using WanLab.Training.Optimizers;

namespace WanLab.Cli.Bench;

/// <summary>Settings of <see cref="StepBench"/>.</summary>
internal sealed record StepBenchOptions
{
    /// <summary>Sizes of the model.</summary>
    public required WanTransformerConfig Config { get; init; }

    /// <summary>Tokens along frames, rows and columns.</summary>
    public required (int F, int H, int W) Grid { get; init; }

    /// <summary>Rank of the LoRA on all ten linear layers of each block.</summary>
    public int Rank { get; init; } = 16;

    /// <summary>Type of the weights.</summary>
    public DType DType { get; init; } = DType.BFloat16;

    /// <summary>Storage of the blocks' linear layers.</summary>
    public TransformerQuantization Quantization { get; init; }

    /// <summary>Number of measured steps, after one for warming up.</summary>
    public int Steps { get; init; } = 3;

    /// <summary>Number of CPU threads.</summary>
    public int Threads { get; init; } = 2;

    /// <summary>Device to compute on.</summary>
    public Device Device { get; init; }
}

/// <summary>Results of <see cref="StepBench"/>; seconds are the median over the steps.</summary>
/// <param name="Params">Number of the model's parameters, without the adapter.</param>
/// <param name="Tokens">Number of the video's tokens.</param>
/// <param name="SStep">Seconds of a training step: forward, backward with block recompute, AdamW.</param>
/// <param name="SForward">Seconds of a forward pass without gradient.</param>
/// <param name="PeakRssMib">Highest host memory of the process, in MiB.</param>
/// <param name="PeakDeviceMib">Highest memory of tensors on the CUDA device, in MiB; 0 on the CPU.</param>
internal sealed record StepBenchResult(long Params, int Tokens, double SStep, double SForward, double PeakRssMib, double PeakDeviceMib);

/// <summary>Times the training step of a model of any size with random weights, batch 1.</summary>
internal static class StepBench
{
    /// <summary>Builds the model, runs the steps, and measures.</summary>
    public static StepBenchResult Run(StepBenchOptions options, TimeProvider time)
    {
        using var scope = new TensorScope();
        Runtime.Threads = options.Threads;
        using var generator = new Generator(1);
        using var model = new WanTransformer(Weights(options, generator), options.Config);
        using var adapter = LoraAdapter.Create(options.Config, new TargetOptions { Rank = options.Rank }, 1, options.Device);
        using var optimizer = new AdamW(adapter.Parameters, new AdamWOptions());
        var (f, h, w) = options.Grid;
        Tensor Random(params long[] shape) => Tensor.Randn(shape, generator).To(options.Device);
        var (clean, noise, condition) = (Random(1, 16, f, 2 * h, 2 * w), Random(1, 16, f, 2 * h, 2 * w), Random(1, 20, f, 2 * h, 2 * w));
        var context = Random(1, options.Config.TextLen, options.Config.TextDim);
        var t = Tensor.From([900.0], 1);

        var forward = Median(options.Steps, time, () =>
        {
            using var off = GradMode.Off();
            Await(model.Forward(noise, condition, t, model.EmbedText(context), adapter));
        });
        var step = Median(options.Steps, time, () =>
        {
            Tensor text;
            using (GradMode.Off()) text = model.EmbedText(context);
            adapter.Gradients.ZeroInto();
            var pass = BlockwisePass.Forward(model, clean * 0.1 + noise * 0.9, condition, t, text, adapter);
            pass.Backward(F.MseLoss(pass.Prediction, noise - clean));
            optimizer.Step(adapter.Gradients, 1e-4);
            Await(adapter.Parameters);
        });
        var parameters = options.Config.Shapes().Sum(s => s.Count);
        return new StepBenchResult(parameters, f * h * w, step, forward, ProcessMemory.PeakMib,
            options.Device.IsCpu ? 0 : Runtime.CudaMemory(options.Device.Index).Peak / 1048576.0);
    }

    // A CUDA device is still working when the call returns; reading a number waits for it.
    private static void Await(Tensor tensor) => tensor.Reshape(-1).Select(0, 0).Item();

    private static double Median(int count, TimeProvider time, Action run)
    {
        var seconds = new double[count];
        for (var k = -1; k < count; k++)
        {
            using var scope = new TensorScope();
            var start = time.GetTimestamp();
            run();
            if (k >= 0) seconds[k] = time.GetElapsedTime(start).TotalSeconds;
        }
        return seconds.Median();
    }

    // Weights are drawn one by one in their final type, so that the peak is that of the model and not of its construction.
    private static ModelWeights Weights(StepBenchOptions options, Generator generator)
    {
        using var scope = new TensorScope();
        var shapes = options.Config.Shapes();
        using var packer = WeightQuantization.Of(new QuantizationOptions { Transformer = options.Quantization })?.Open(ModelPart.High,
            shapes, options.Config);
        var (tensors, packed) = (new Dictionary<string, Tensor>(), new Dictionary<string, PackedWeight>());
        foreach (var shape in shapes)
        {
            using var one = new TensorScope();
            var weight = Draw(shape, options, generator);
            if (packer?.Pack(shape.Name, weight) is not { } small)
            {
                tensors[shape.Name] = one.Keep(weight);
                continue;
            }
            packed[shape.Name] = small;
            foreach (var part in small.Parts) one.Keep(part);
        }
        return new ModelWeights(tensors, packed);
    }

    private static Tensor Draw(WeightShape shape, StepBenchOptions options, Generator generator)
    {
        var scale = shape.Shape.Length > 1 ? 1 / Math.Sqrt(shape.Shape[1]) : 0.02;
        var weight = shape.Name.Contains("norm") && shape.Name.EndsWith(".weight", StringComparison.Ordinal)
            ? Tensor.Full(shape.Shape, 1, options.DType)
            : Tensor.Randn(shape.Shape, generator, options.DType).MulInto(scale);
        return weight.To(options.Device);
    }
}
