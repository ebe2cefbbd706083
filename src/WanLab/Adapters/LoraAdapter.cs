using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;
using WanLab.Models.Transformer;

namespace WanLab.Adapters;

/// <summary>
/// A LoRA for one expert. All its parameters lie in one flat float32 buffer and all gradients in another, so the
/// optimiser, clipping and checkpoints take one call each; every module is a view of both.
/// </summary>
public sealed class LoraAdapter : ILinearAdapter, IDisposable
{
    private static readonly Op LoraLinear = Op.Find("wanlab::lora_linear");

    private readonly Dictionary<string, LoraModule> _byName;

    private LoraAdapter(IReadOnlyList<(string Name, long Out, long In, int Rank, double Scale)> layout, Device device)
    {
        using var scope = new TensorScope();
        var count = layout.Sum(m => m.Rank * (m.Out + m.In));
        Parameters = TensorScope.Detach(Tensor.Zeros([count], device: device));
        Gradients = TensorScope.Detach(Tensor.Zeros([count], device: device));
        var modules = new List<LoraModule>();
        var at = 0L;
        foreach (var m in layout)
        {
            var down = Leaf(ref at, m.Rank, m.In);
            modules.Add(new LoraModule(m.Name, down, Leaf(ref at, m.Out, m.Rank), m.Scale));
        }
        Modules = modules;
        _byName = modules.ToDictionary(m => m.Name, StringComparer.Ordinal);
    }

    /// <summary>All parameters, flat, float32: each module's Down, then its Up.</summary>
    public Tensor Parameters { get; }

    /// <summary>The gradients that backward accumulates, in the layout of <see cref="Parameters"/>.</summary>
    public Tensor Gradients { get; }

    /// <summary>The adapted layers, in the model's order.</summary>
    internal IReadOnlyList<LoraModule> Modules { get; }

    /// <summary>
    /// A new adapter: Down uniform in +-1/sqrt(in), as torch initialises linear layers; Up zero, so that training starts at the
    /// base model.
    /// </summary>
    /// <exception cref="WanLabException">A module pattern matches no layer.</exception>
    internal static LoraAdapter Create(WanTransformerConfig config, TargetOptions options, ulong seed, Device device = default)
    {
        var names = Select(config, options.Modules);
        var scale = options.Alpha / options.Rank;
        var adapter = new LoraAdapter([.. names.Select(name =>
        {
            var (rows, columns) = config.LinearShape(string.Join('.', name.Split('.').Skip(2)));
            return (name, rows, columns, options.Rank, scale);
        })], device);
        using var off = GradMode.Off();
        foreach (var module in adapter.Modules)
        {
            using var scope = new TensorScope();
            using var generator = new Generator(seed ^ BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(module.Name))));
            var bound = 1 / Math.Sqrt(module.Down.Size(1));
            module.Down.CopyInto((Tensor.Rand([.. module.Down.Shape], generator) * 2 - 1) * bound);
        }
        return adapter;
    }

    /// <summary>An adapter over copies of the given modules, which may differ in rank and scale.</summary>
    public static LoraAdapter From(IReadOnlyList<LoraModule> modules, Device device = default)
    {
        var adapter = new LoraAdapter([.. modules.Select(m => (m.Name, m.Up.Size(0), m.Down.Size(1), (int)m.Down.Size(0), m.Scale))],
            device);
        using var off = GradMode.Off();
        for (var k = 0; k < modules.Count; k++)
        {
            adapter.Modules[k].Down.CopyInto(modules[k].Down);
            adapter.Modules[k].Up.CopyInto(modules[k].Up);
        }
        return adapter;
    }

    /// <summary>Whether the adapter changes nothing yet, since no step has trained it.</summary>
    internal bool IsZero()
    {
        using var off = GradMode.Off();
        using var scope = new TensorScope();
        return Modules.All(module => module.Up.Abs().Max().Item() == 0);
    }

    /// <summary>The module of a layer, or null where it is not adapted.</summary>
    internal LoraModule? Find(string name) => _byName.GetValueOrDefault(name);

    /// <inheritdoc/>
    public Tensor? Forward(string module, Tensor x, Tensor weight, Tensor bias) =>
        _byName.TryGetValue(module, out var m) ? LoraLinear.Call(x, weight, bias, m.Down, m.Up, m.Scale) : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var module in Modules)
        {
            module.Down.Dispose();
            module.Up.Dispose();
        }
        Parameters.Dispose();
        Gradients.Dispose();
    }

    /// <summary>Official names of the layers that the patterns of <see cref="TargetOptions.Modules"/> match.</summary>
    /// <exception cref="WanLabException">A pattern matches no layer.</exception>
    internal static string[] Select(WanTransformerConfig config, IReadOnlyList<string> patterns)
    {
        if (patterns.Count == 0) return [.. Layers(config)];
        if (patterns.FirstOrDefault(pattern => WhyNot(config, pattern) is not null) is { } unmatched)
            throw new WanLabException($"target.modules: {WhyNot(config, unmatched)}.");
        return [.. Layers(config).Where(name => patterns.Any(pattern => Fits(name, pattern)))];
    }

    /// <summary>Text that says why a pattern is of no use for a model; null where it matches a layer.</summary>
    internal static string? WhyNot(WanTransformerConfig config, string pattern) => Layers(config).Any(name => Fits(name, pattern))
        ? null
        : FormattableString.Invariant($"'{pattern}' matches no linear layer of the model; they are named blocks.N. with N from 0 to ") +
            FormattableString.Invariant($"{config.NumLayers - 1}, then {string.Join(", ", WanTransformerConfig.BlockLinears)}");

    private static IEnumerable<string> Layers(WanTransformerConfig config) =>
        from layer in Enumerable.Range(0, config.NumLayers)
        from module in WanTransformerConfig.BlockLinears
        select FormattableString.Invariant($"blocks.{layer}.{module}");

    private static bool Fits(string name, string pattern) =>
        FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false)
            || FileSystemName.MatchesSimpleExpression("*." + pattern, name, ignoreCase: false);

    // A leaf that shares the flat buffers' memory.
    private Tensor Leaf(ref long at, long rows, long columns)
    {
        var leaf = TensorScope.Detach(Parameters.Narrow(0, at, rows * columns).View(rows, columns).Detach());
        leaf.RequiresGrad = true;
        leaf.SetGrad(Gradients.Narrow(0, at, rows * columns).View(rows, columns));
        at += rows * columns;
        return leaf;
    }
}
