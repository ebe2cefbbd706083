namespace WanLab.Training.Optimizers;

/// <summary>AdamW (Loshchilov and Hutter 2019, Algorithm 2) over one flat parameter buffer.</summary>
internal sealed class AdamW : Optimizer
{
    private readonly AdamWOptions _options;
    private readonly Tensor _mean, _variance;

    /// <summary>An optimiser with moments of zero.</summary>
    public AdamW(Tensor parameters, AdamWOptions options)
        : base(parameters)
    {
        _options = options;
        _mean = AddState("mean", parameters.Count);
        _variance = AddState("variance", parameters.Count);
    }

    /// <inheritdoc/>
    public override void Step(Tensor gradient, double rate)
    {
        using var scope = new TensorScope();
        using var off = GradMode.Off();
        var (b1, b2) = (_options.Beta1, _options.Beta2);
        Steps++;
        Parameters.MulInto(1 - rate * _options.WeightDecay);
        _mean.MulInto(b1).AddInto(gradient, 1 - b1);
        _variance.MulInto(b2).AddcmulInto(gradient, gradient, 1 - b2);
        var root = (_variance / (1 - Math.Pow(b2, Steps))).Sqrt() + _options.Eps;
        Parameters.AddcdivInto(_mean, root, -rate / (1 - Math.Pow(b1, Steps)));
    }
}
