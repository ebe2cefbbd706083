using WanLab.Adapters;
using WanLab.Diffusion;
using WanLab.Models.Transformer;
using WanLab.Models.Vae;
using WanLab.Testing;
using WanLab.Torch;
using WanLab.Training;
using WanLab.Training.Optimizers;

namespace WanLab.Tests.Training;

/// <summary>One batch with fixed noise and timestep, again and again.</summary>
public sealed class FixedBatch : IDisposable
{
    private readonly WanTransformer _model = new(MiniRun.Draw(MiniRun.Config.Shapes(), 1), MiniRun.Config);
    private readonly LoraAdapter _adapter = LoraAdapter.Create(MiniRun.Config, new TargetOptions { Rank = 8 }, 1);
    private readonly Tensor _clean, _noise, _condition, _text;
    private readonly double _rate;

    public FixedBatch(OptimizerType? optimizer = null, double rate = 1e-2)
    {
        _rate = rate;
        Optimizer = Optimizer.Create(new TrainingOptions { Optimizer = optimizer ?? OptimizerType.AdamW }, _adapter.Parameters);
        using var generator = new Generator(3);
        Tensor Random(params long[] shape) => Tensor.Randn(shape, generator);
        (_clean, _noise, _condition) = (Random(1, 16, 2, 8, 8), Random(1, 16, 2, 8, 8), Random(1, 20, 2, 8, 8));
        _text = _model.EmbedText(Random(1, 7, MiniRun.Config.TextDim));
    }

    public Optimizer Optimizer { get; }

    /// <summary>One step; the loss before it.</summary>
    public double Step()
    {
        using var scope = new TensorScope();
        _adapter.Gradients.ZeroInto();
        var pass = BlockwisePass.Forward(_model, FlowMatching.AddNoise(_clean, _noise, [0.95]), _condition, Tensor.From([950.0], 1),
            _text, _adapter);
        var loss = F.MseLoss(pass.Prediction, FlowMatching.Target(_clean, _noise));
        pass.Backward(loss);
        Optimizer.Step(_adapter.Gradients, _rate);
        return loss.Item();
    }

    public double After(int steps)
    {
        for (var k = 0; k < steps; k++) Step();
        return Step();
    }

    public void Dispose()
    {
        Optimizer.Dispose();
        _adapter.Dispose();
        _model.Dispose();
    }
}
