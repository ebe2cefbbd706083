namespace WanLab.Training.Optimizers;

/// <summary>
/// AdamW with its moments in one byte each (Dettmers et al. 2022): blocks of 256 values share a float32 scale, their
/// largest magnitude, and each value is stored as a <see cref="DynamicCode"/> relative to it. A step reads a group of blocks
/// into float32, updates as <see cref="AdamW"/> does, and writes it back, so the moments are never all in memory at once.
/// Of the second moment, the root is kept: the paper's codes cover seven decades, which is enough for a gradient, but
/// only three and a half for its square; smaller values would vanish and the update would explode.
/// Codes are rounded up or down at random, a function of (step, element), so that a moment keeps its mean: it
/// changes by less than a code's distance at most steps, and rounding to the nearest would leave it unchanged.
/// </summary>
internal sealed class AdamW8Bit : Optimizer
{
    /// <summary>Number of values that share a scale.</summary>
    public const int BlockSize = 256;

    private const long BlocksAtOnce = 1 << 12; // a million values: some 30 MiB of float32 while they are updated

    private static readonly Op Amax = Op.Find("aten::amax");
    private static readonly Op Fused = Op.Find("wanlab::adamw8bit_");

    private readonly AdamWOptions _options;
    private readonly Moment _mean, _root;
    private readonly bool _fused;

    /// <summary>An optimiser with moments of zero.</summary>
    public AdamW8Bit(Tensor parameters, AdamWOptions options)
        : this(parameters, options, fused: parameters.Device.IsCpu)
    {
    }

    internal AdamW8Bit(Tensor parameters, AdamWOptions options, bool fused)
        : base(parameters)
    {
        (_options, _fused) = (options, fused);
        var blocks = (parameters.Count + BlockSize - 1) / BlockSize;
        _mean = new Moment(DynamicCode.Signed, AddState("mean", blocks * BlockSize, DType.UInt8), AddState("mean_scale", blocks));
        _root = new Moment(DynamicCode.Unsigned, AddState("root", blocks * BlockSize, DType.UInt8), AddState("root_scale", blocks));
    }

    /// <inheritdoc/>
    public override void Step(Tensor gradient, double rate)
    {
        using var off = GradMode.Off();
        Steps++;
        if (_fused) StepFused(gradient, rate);
        else for (var block = 0L; block < _mean.Blocks; block += BlocksAtOnce)
            Step(gradient, rate, block, Math.Min(BlocksAtOnce, _mean.Blocks - block));
    }

    private static ulong Key(int step, long block) => CounterRandom.Bits(step, "rounding", block);

    // The operator on the host passes over memory once, so it needs no groups.
    private void StepFused(Tensor gradient, double rate)
    {
        using var scope = new TensorScope();
        var (b1, b2, key) = (_options.Beta1, _options.Beta2, Key(Steps, 0));
        Fused.Run(Parameters, gradient, _mean.Codes, _mean.Scales, _root.Codes, _root.Scales,
            _mean.Code.Table, _mean.Code.Starts, _root.Code.Table, _root.Code.Starts, (long)(uint)key, (long)(uint)(key >> 32),
            1 - rate * _options.WeightDecay, rate / (1 - Math.Pow(b1, Steps)), Math.Sqrt(1 - Math.Pow(b2, Steps)), b1, b2, _options.Eps);
    }

    private void Step(Tensor gradient, double rate, long block, long blocks)
    {
        using var scope = new TensorScope();
        var (b1, b2) = (_options.Beta1, _options.Beta2);
        var start = block * BlockSize;
        var count = Math.Min(blocks * BlockSize, Parameters.Count - start);
        var parameters = Parameters.Narrow(0, start, count);
        var g = F.Pad(gradient.Narrow(0, start, count), 0, blocks * BlockSize - count).View(blocks, BlockSize);

        var mean = _mean.Read(block, blocks).MulInto(b1).AddInto(g, 1 - b1);
        var root = _root.Read(block, blocks);
        root = root.MulInto(root).MulInto(b2).AddcmulInto(g, g, 1 - b2).Sqrt();
        parameters.MulInto(1 - rate * _options.WeightDecay);
        var divisor = root / Math.Sqrt(1 - Math.Pow(b2, Steps)) + _options.Eps;
        parameters.AddcdivInto(mean.View(-1).Narrow(0, 0, count), divisor.View(-1).Narrow(0, 0, count), -rate / (1 - Math.Pow(b1, Steps)));
        var noise = HashNoise.Bits(Key(Steps, block), blocks, BlockSize, g.Device) * Math.Pow(2, -32) + 0.5;
        _mean.Write(block, mean, noise);
        _root.Write(block, root, noise);
    }

    private sealed record Moment(DynamicCode Code, Tensor Codes, Tensor Scales)
    {
        public long Blocks => Scales.Count;

        // [blocks, BlockSize], float32
        public Tensor Read(long block, long blocks) =>
            Code.Decode(Codes.Narrow(0, block * BlockSize, blocks * BlockSize).View(blocks, BlockSize)).MulInto(
                Scales.Narrow(0, block, blocks).Unsqueeze(1));

        public void Write(long block, Tensor values, Tensor noise)
        {
            var scales = Amax.Call(values.Abs(), new long[] { 1 }, true);
            Scales.Narrow(0, block, values.Size(0)).CopyInto(scales.View(-1));
            var shares = values / scales.ClampMin(1e-38); // a block of zeros has no scale
            Codes.Narrow(0, block * BlockSize, values.Count).CopyInto(Code.Encode(shares, noise).View(-1));
        }
    }
}
