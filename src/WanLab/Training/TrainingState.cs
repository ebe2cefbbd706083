using System.Security.Cryptography;
using WanLab.Adapters;
using WanLab.Torch.Safetensors;

namespace WanLab.Training;

/// <summary>
/// The state a run needs to continue exactly where it stopped: the step, and each expert's adapter, average and optimiser as they
/// are in memory, with a hash of the adapter's layers, ranks and scales, because buffers of the same size can be laid out
/// differently. Data order, noise, timesteps and dropout are functions of the step, so they need no state.
/// </summary>
internal static class TrainingState
{
    private const string ThreadsKey = "threads";

    /// <summary>Number of threads of the run that saved a state; null if it does not say, as those of version 0.1.0.</summary>
    public static int? ThreadsOf(string path) =>
        int.TryParse(SafetensorsFile.Open(path).Metadata.GetValueOrDefault(ThreadsKey), CultureInfo.InvariantCulture, out var threads)
        && threads > 0 ? threads : null;

    /// <summary>Whether a file holds a state.</summary>
    public static bool Is(string path)
    {
        try
        {
            return IsNumber(SafetensorsFile.Open(path), "step");
        }
        catch (WanLabException)
        {
            return false;
        }
    }

    /// <summary>Writes the state, atomically.</summary>
    public static void Save(string path, int step, IReadOnlyCollection<ExpertTrainer> experts)
    {
        var tensors = new List<KeyValuePair<string, Tensor>>();
        var metadata = new Dictionary<string, string> { ["step"] = Text(step), [ThreadsKey] = Text(Runtime.Threads) };
        foreach (var expert in experts)
        {
            var name = expert.Expert.Name();
            metadata[$"{name}.layout"] = LayoutOf(expert.Adapter);
            metadata[$"{name}.skipped"] = Text(expert.Skipped);
            metadata[$"{name}.optimizer"] = expert.Optimizer.GetType().Name;
            foreach (var (number, value) in expert.Optimizer.Numbers) metadata[$"{name}.optimizer.{number}"] = Text(value);
            foreach (var (part, tensor) in expert.State) tensors.Add(new($"{name}.{part}", tensor));
        }
        SafetensorsWriter.Write(path, tensors, metadata);
    }

    /// <summary>Reads a state into experts of the same shape and returns its step.</summary>
    /// <exception cref="WanLabException">It belongs to a run with other experts, modules, rank, alpha, optimiser or average.</exception>
    public static int Load(string path, IReadOnlyCollection<ExpertTrainer> experts)
    {
        using var scope = new TensorScope();
        using var off = GradMode.Off();
        var file = SafetensorsFile.Open(path);
        // everything is checked before anything is changed
        var fits = IsNumber(file, "step") && experts.Sum(e => e.State.Count) == file.Entries.Count && experts.All(expert =>
            file.Metadata.GetValueOrDefault($"{expert.Expert.Name()}.optimizer") == expert.Optimizer.GetType().Name
            && file.Metadata.GetValueOrDefault($"{expert.Expert.Name()}.layout") == LayoutOf(expert.Adapter)
            && Wanted(expert).All(key => IsNumber(file, key))
            && expert.State.All(part =>
                file.Entries.TryGetValue($"{expert.Expert.Name()}.{part.Name}", out var entry) && entry.Shape[0] == part.Tensor.Count));
        if (!fits) throw new WanLabException($"{path}: was saved by a run with other experts, modules, rank or alpha, or with another " +
            "optimizer or ema. Use the job it was saved with, or start over (fresh).");
        foreach (var expert in experts)
        {
            var name = expert.Expert.Name();
            foreach (var (part, tensor) in expert.State) tensor.CopyInto(file.Read($"{name}.{part}"));
            expert.Optimizer.Numbers = expert.Optimizer.Numbers.Keys.ToDictionary(number => number,
                number => Number(file.Metadata[$"{name}.optimizer.{number}"]));
            expert.Skipped = (int)Number(file.Metadata[$"{name}.skipped"]);
        }
        return (int)Number(file.Metadata["step"]);
    }

    private static IEnumerable<string> Wanted(ExpertTrainer expert) =>
        expert.Optimizer.Numbers.Keys.Select(number => $"{expert.Expert.Name()}.optimizer.{number}")
            .Append($"{expert.Expert.Name()}.skipped");

    private static bool IsNumber(SafetensorsFile file, string key) =>
        double.TryParse(file.Metadata.GetValueOrDefault(key), CultureInfo.InvariantCulture, out _);

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string LayoutOf(LoraAdapter adapter) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(
        string.Join('\n', adapter.Modules.Select(
            m => string.Create(CultureInfo.InvariantCulture, $"{m.Name} {m.Down.ShapeText} {m.Up.ShapeText} {m.Scale:R}"))))));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
