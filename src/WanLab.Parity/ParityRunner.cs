using WanLab.Torch;

namespace WanLab.Parity;

/// <summary>Runs golden cases by their kind.</summary>
internal static class ParityRunner
{
    private static readonly Dictionary<string, Func<GoldenCase, IEnumerable<ParityResult>>> Kinds = new()
    {
        ["wan-transformer"] = TransformerParity.Run,
        ["rope"] = RopeParity.Run,
        ["umt5-encoder"] = Umt5Parity.Run,
        ["solvers"] = SolversParity.Run,
        ["wan-vae"] = VaeParity.Run,
        ["i2v-pipeline"] = PipelineParity.Run,
    };

    /// <summary>Runs every case in a folder, in order of name, and compares every output.</summary>
    /// <exception cref="WanLabException">The folder has no case, or has one of an unknown kind.</exception>
    /// <param name="folder">Folder of the cases.</param>
    /// <param name="device">Device to compute on.</param>
    public static IEnumerable<ParityResult> Run(string folder, Device device = default)
    {
        if (!Directory.Exists(folder)) throw new WanLabException($"{folder}: no such folder.");
        string[] files = [.. Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal)];
        if (files.Length == 0) throw new WanLabException($"{folder}: holds no golden case (NAME.json with NAME.safetensors).");
        return files.SelectMany(file => Run1(file, device));
    }

    private static IEnumerable<ParityResult> Run1(string file, Device device)
    {
        using var scope = new TensorScope();
        var golden = GoldenCase.Open(file, device);
        if (!Kinds.TryGetValue(golden.Kind, out var run))
            throw new WanLabException($"{file}: has the kind '{golden.Kind}', which is not one of {string.Join(", ", Kinds.Keys)}.");
        foreach (var result in run(golden)) yield return result;
    }
}
