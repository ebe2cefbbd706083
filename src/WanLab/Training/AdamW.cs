using WanLab.Torch;

namespace WanLab.Training;

/// <summary>Settings of AdamW; the defaults are torch's but for the weight decay, which is JOB.md's.</summary>
public sealed record AdamWOptions
{
    /// <summary>Learning rate.</summary>
    public double LearningRate { get; init; } = 1e-4;

    /// <summary>Decay of the first moment.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the second moment.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the root of the second moment.</summary>
    public double Eps { get; init; } = 1e-8;

    /// <summary>Decoupled weight decay: a step shrinks the parameters by learning rate times this.</summary>
    public double WeightDecay { get; init; } = 1e-4;
}

/// <summary>AdamW (Loshchilov and Hutter 2019, Algorithm 2) over one flat parameter buffer.</summary>
public sealed class AdamW : IDisposable
{
    private readonly Tensor _parameters;
    private readonly AdamWOptions _options;

    /// <summary>Starts with zero moments.</summary>
    public AdamW(Tensor parameters, AdamWOptions options)
    {
        _parameters = parameters;
        _options = options;
        Mean = TensorScope.Detach(Tensor.Zeros([parameters.Count], device: parameters.Device));
        Variance = TensorScope.Detach(Tensor.Zeros([parameters.Count], device: parameters.Device));
    }

    /// <summary>First moment.</summary>
    public Tensor Mean { get; }

    /// <summary>Second moment, without bias correction.</summary>
    public Tensor Variance { get; }

    /// <summary>Updates made so far.</summary>
    public int Steps { get; set; }

    /// <summary>One update from a gradient of the parameters' shape.</summary>
    public void Step(Tensor gradient) => Step(gradient, _options.LearningRate);

    /// <summary>One update at a learning rate of its own.</summary>
    public void Step(Tensor gradient, double rate)
    {
        using var scope = new TensorScope();
        using var off = GradMode.Off();
        var (b1, b2) = (_options.Beta1, _options.Beta2);
        Steps++;
        _parameters.MulInto(1 - rate * _options.WeightDecay);
        Mean.MulInto(b1).AddInto(gradient, 1 - b1);
        Variance.MulInto(b2).AddcmulInto(gradient, gradient, 1 - b2);
        var root = (Variance / (1 - Math.Pow(b2, Steps))).Sqrt() + _options.Eps;
        _parameters.AddcdivInto(Mean, root, -rate / (1 - Math.Pow(b1, Steps)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Mean.Dispose();
        Variance.Dispose();
    }
}
