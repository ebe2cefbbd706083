using WanLab.Models.Transformer;

namespace WanLab.Models;

/// <summary>
/// Looks at every part of a model before any of it is used: the files are there, and their headers hold what the model needs. Only
/// headers are read, so it takes no time that a user would notice.
/// </summary>
internal static class ModelCheck
{
    /// <summary>All problems of the model that a job names, one text for each part; empty where it can be used.</summary>
    public static IReadOnlyList<string> Problems(ModelOptions options)
    {
        if (options is { Path: null, Architecture: ModelArchitecture.WanTiny }) return []; // comes with the program
        var problems = new List<string>();
        if (Try(() => BaseModel.LayoutOf(options)) is not { } layout) return problems;
        var configs = new Dictionary<ModelPart, WanTransformerConfig>();
        var missing = Enum.GetValues<ModelPart>().Where(part => layout.Find(part) is null).ToArray();
        foreach (var part in Enum.GetValues<ModelPart>().Except(missing)) Try(() => Open(part));
        Try<object>(() =>
        {
            layout.Require(missing);
            return null;
        });
        if (configs.Count == 2 && configs[ModelPart.High] != configs[ModelPart.Low])
            problems.Add($"{layout.Source}: the high-noise and the low-noise expert have different sizes, so they are not one model's. " +
                "Check both config.json files.");
        return [.. problems.Distinct()];

        object? Open(ModelPart part)
        {
            var path = layout[part];
            switch (part)
            {
                case ModelPart.Vae:
                    return WeightLoader.Open(path, ModelKind.Vae, BaseModel.VaeConfigOf(layout).Shapes());
                case ModelPart.TextEncoder:
                    return WeightLoader.Open(path, ModelKind.TextEncoder, BaseModel.TextConfigOf(layout).Shapes());
                case ModelPart.Tokenizer:
                    BaseModel.OpenTokenizer(layout, new WanTransformerConfig().TextLen);
                    return null;
                default:
                    configs[part] = BaseModel.ConfigOf(layout, part);
                    return WeightLoader.Open(path, ModelKind.Transformer, configs[part].Shapes());
            }
        }

        T? Try<T>(Func<T?> open) where T : class?
        {
            try
            {
                return open();
            }
            catch (WanLabException e)
            {
                problems.Add(e.Message);
                return null;
            }
        }
    }

    /// <summary>Throws unless the model can be used.</summary>
    /// <exception cref="WanLabException">It cannot be used; all problems are listed.</exception>
    public static void Require(ModelOptions options)
    {
        var problems = Problems(options);
        if (problems.Count == 1) throw new WanLabException(problems[0]);
        if (problems.Count > 1)
            throw new WanLabException($"The model has {problems.Count} problems:\n{string.Join('\n', problems.Select(p => $"- {p}"))}");
    }
}
