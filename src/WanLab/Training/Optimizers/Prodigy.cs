namespace WanLab.Training.Optimizers;

/// <summary>
/// Prodigy (Mishchenko and Defazio, "Prodigy: An Expeditiously Adaptive Parameter-Free Learner", 2023, arXiv 2306.06101,
/// Algorithm 4 with decoupled weight decay): Adam whose step size is an estimate, d, of how far the solution is from the
/// start. It finds the learning rate by itself, so the one given is a factor on it and should be 1; a schedule or a
/// warm-up still shapes it. Each adapter has its own estimate. The state holds four numbers per parameter.
/// </summary>
internal sealed class Prodigy : Optimizer
{
    private readonly ProdigyOptions _options;
    private readonly Tensor _start, _mean, _variance, _sum;
    private double _numerator;

    /// <summary>An optimiser with moments of zero; distance is measured from the current parameters.</summary>
    public Prodigy(Tensor parameters, ProdigyOptions options)
        : base(parameters)
    {
        _options = options;
        Distance = options.InitialDistance;
        _start = AddState("start", parameters.Count).CopyInto(parameters);
        _mean = AddState("mean", parameters.Count);
        _variance = AddState("variance", parameters.Count);
        _sum = AddState("sum", parameters.Count);
    }

    /// <summary>The current estimate of the distance d, which is also the step size at a learning rate of 1. It never falls.</summary>
    public double Distance { get; private set; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Numbers
    {
        get => new Dictionary<string, double>(base.Numbers) { ["distance"] = Distance, ["numerator"] = _numerator };
        set
        {
            base.Numbers = value;
            (Distance, _numerator) = (value["distance"], value["numerator"]);
        }
    }

    /// <inheritdoc/>
    public override void Step(Tensor gradient, double rate)
    {
        using var scope = new TensorScope();
        using var off = GradMode.Off();
        var (b1, b2, b3) = (_options.Beta1, _options.Beta2, Math.Sqrt(_options.Beta2));
        var d = Distance;
        var size = d * rate;
        var weight = d / _options.InitialDistance * size;
        Steps++;

        _mean.MulInto(b1).AddInto(gradient, d * (1 - b1));
        _variance.MulInto(b2).AddcmulInto(gradient, gradient, d * d * (1 - b2));
        _sum.MulInto(b3).AddInto(gradient, weight);
        _numerator = b3 * _numerator + weight * (gradient * (_start - Parameters)).Sum().Item();
        var denominator = _sum.Abs().Sum().Item();
        if (denominator > 0) Distance = Math.Max(d, _numerator / denominator);

        Parameters.MulInto(1 - size * _options.WeightDecay);
        Parameters.AddcdivInto(_mean, _variance.Sqrt() + Distance * _options.Eps, -size);
    }
}
