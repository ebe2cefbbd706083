using WanLab.Adapters;
using WanLab.Models.Transformer;
using WanLab.Torch;
using WanLab.Training;
using WanLab.Training.Optimizers;

namespace WanLab.Parity;

/// <summary>Kind <c>wan-transformer</c>: intermediates and outputs, and a LoRA's prediction, gradients and updates.</summary>
internal static class TransformerParity
{
    private const double LearningRate = 1e-3;

    public static IEnumerable<ParityResult> Run(GoldenCase golden)
    {
        var config = WanTransformerConfig.FromJson(golden.Config.GetProperty("model"), golden.Name);
        using var model = new WanTransformer(golden.Weights("w."), config);
        var results = new List<ParityResult>();
        var text = model.EmbedText(golden["in.context"].Unsqueeze(0));
        var timesteps = golden.Config.GetProperty("timesteps").EnumerateArray().Select(t => t.GetDouble()).ToArray();
        for (var k = 0; k < timesteps.Length; k++) results.AddRange(Forward(golden, model, text, timesteps[k], $"t{k}"));
        if (golden.Config.TryGetProperty("lora", out var lora))
            results.AddRange(Train(golden, model, text, lora.GetProperty("scale").GetDouble()));
        return results;
    }

    private static IEnumerable<ParityResult> Forward(GoldenCase golden, WanTransformer model, Tensor text, double t, string name)
    {
        using var scope = new TensorScope();
        using var off = GradMode.Off();
        var results = new List<ParityResult>();
        void Compare(string output, Tensor actual)
        {
            if (golden.Has(output)) results.Add(ParityResult.Compare(golden, output, actual));
        }

        var (x, state) = model.Prepare(golden["in.x"].Unsqueeze(0), golden["in.y"].Unsqueeze(0), Tensor.From([t], 1), text);
        var (f, h, w) = state.Grid;
        Compare($"mid.{name}.patch_embedding", x.Transpose(1, 2).Reshape(1, model.Config.Dim, f, h, w));
        Compare($"mid.{name}.time_embedding", state.Time_BD.Unsqueeze(1).Expand(1, f * h * w, model.Config.Dim));
        Compare($"mid.{name}.time_projection", state.Modulation_B6D.View(1, 1, -1).Expand(1, f * h * w, 6 * model.Config.Dim));
        Compare($"mid.{name}.text_embedding", text);
        for (var layer = 0; layer < model.Config.NumLayers; layer++)
        {
            x = model.Block(layer, x, state, null);
            Compare($"mid.{name}.block{layer}", x);
        }
        Compare($"out.{name}", model.Head(x, state).Squeeze(0));
        return results;
    }

    private static IEnumerable<ParityResult> Train(GoldenCase golden, WanTransformer model, Tensor text, double scale)
    {
        var names = golden.Names.Where(n => n.StartsWith("lora.", StringComparison.Ordinal) && n.EndsWith(".A", StringComparison.Ordinal))
            .Select(n => n[5..^2]);
        using var adapter = LoraAdapter.From([.. names.Select(n => new LoraModule(n, golden[$"lora.{n}.A"], golden[$"lora.{n}.B"], scale))],
            golden.Device);
        var train = golden.Config.GetProperty("train");
        var t = train.GetProperty("t").GetDouble();
        var sigma = t / 1000;
        var (clean, noise) = (golden["in.x"].Unsqueeze(0), golden["in.noise"].Unsqueeze(0));
        var target = noise - clean;
        var losses = train.GetProperty("losses").EnumerateArray().Select(l => l.GetDouble()).ToArray();
        var results = new List<ParityResult>();
        var options = new AdamWOptions { WeightDecay = 1e-4 };
        using var optimizer = new AdamW(adapter.Parameters, options);
        for (var step = 0; step < losses.Length; step++)
        {
            using var scope = new TensorScope();
            adapter.Gradients.ZeroInto();
            var pass = BlockwisePass.Forward(model, clean * (1 - sigma) + noise * sigma, golden["in.y"].Unsqueeze(0), Tensor.From([t], 1),
                text, adapter);
            var loss = F.MseLoss(pass.Prediction, target);
            pass.Backward(loss);
            if (step == 0)
            {
                results.Add(ParityResult.Compare(golden, "out.lora_pred", pass.Prediction.Squeeze(0)));
                foreach (var module in adapter.Modules)
                {
                    results.Add(ParityResult.Compare(golden, $"grad.{module.Name}.A", module.Down.Grad!));
                    results.Add(ParityResult.Compare(golden, $"grad.{module.Name}.B", module.Up.Grad!));
                }
            }
            results.Add(new ParityResult(golden.Name, $"loss{step}", Math.Abs(loss.Item() - losses[step]) / losses[step]));
            optimizer.Step(adapter.Gradients, LearningRate);
        }
        foreach (var module in adapter.Modules)
        {
            foreach (var (part, tensor) in new[] { ("A", module.Down), ("B", module.Up) })
                results.Add(ParityResult.Compare(golden, $"after{losses.Length}.{module.Name}.{part}", tensor,
                    RoundingOf(golden[$"grad.{module.Name}.{part}"], options, losses.Length)));
        }
        return results;
    }

    // AdamW divides a gradient g by about |g| + eps, so where |g| is near eps = 1e-8 its last bits change the update: by
    // rate eps dg / (|g| + eps)^2 for an error dg. No two float32 implementations agree on such a g, which is the
    // small remainder of a sum of large terms; dg is taken as 2^-21 of the largest gradient (four roundings).
    private static Tensor RoundingOf(Tensor gradient, AdamWOptions options, int steps)
    {
        var g = gradient.To(DType.Float64).Abs();
        var rounding = g.Max().Item() * Math.Pow(2, -21);
        return (g + options.Eps).Pow(-2) * (steps * LearningRate * options.Eps * rounding);
    }
}
