using System.Globalization;
using System.Security.Cryptography;
using WanLab.Adapters;
using WanLab.Diffusion;
using WanLab.Torch;
using WanLab.Torch.Safetensors;

namespace WanLab.Training;

/// <summary>
/// What a run needs to go on exactly where it stopped: the step, and each expert's adapter and optimiser in float32, with
/// a hash of the adapter's layers, ranks and scales: buffers of the same size can be laid out differently.
/// Data order, noise and timesteps are functions of the step, so they need no state.
/// </summary>
public static class TrainingState
{
    /// <summary>Writes the state, atomically.</summary>
    public static void Save(string path, int step, IReadOnlyCollection<ExpertTrainer> experts)
    {
        var tensors = new List<KeyValuePair<string, Tensor>>();
        var metadata = new Dictionary<string, string> { ["step"] = Text(step) };
        foreach (var expert in experts)
        {
            var name = expert.Expert.Name();
            metadata[$"{name}.optimizer_steps"] = Text(expert.Optimizer.Steps);
            metadata[$"{name}.layout"] = LayoutOf(expert.Adapter);
            foreach (var (part, tensor) in Parts(expert)) tensors.Add(new($"{name}.{part}", tensor));
        }
        SafetensorsWriter.Write(path, tensors, metadata);
    }

    /// <summary>Reads a state into experts of the same shape; returns its step.</summary>
    /// <exception cref="WanLabException">It belongs to a run with other experts, modules, rank or alpha.</exception>
    public static int Load(string path, IReadOnlyCollection<ExpertTrainer> experts)
    {
        using var scope = new TensorScope();
        using var off = GradMode.Off();
        var file = SafetensorsFile.Open(path);
        foreach (var expert in experts)
        {
            var name = expert.Expert.Name();
            if (!file.Metadata.TryGetValue($"{name}.layout", out var layout) || layout != LayoutOf(expert.Adapter))
                throw new WanLabException($"{path}: was saved by a run with other experts, modules, rank or alpha. Use the job it was saved with, or start again with --fresh.");
            foreach (var (part, tensor) in Parts(expert)) tensor.CopyInto(file.Read($"{name}.{part}"));
            expert.Optimizer.Steps = Number(file.Metadata[$"{name}.optimizer_steps"]);
        }
        return Number(file.Metadata["step"]);
    }

    private static IEnumerable<(string Name, Tensor Tensor)> Parts(ExpertTrainer expert) =>
        [("parameters", expert.Adapter.Parameters), ("mean", expert.Optimizer.Mean), ("variance", expert.Optimizer.Variance)];

    private static string LayoutOf(LoraAdapter adapter) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(
        string.Join('\n', adapter.Modules.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Name} {m.Down.ShapeText} {m.Up.ShapeText} {m.Scale:R}"))))));

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
