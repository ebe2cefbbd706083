namespace WanLab.Models.Weights;

/// <summary>One naming scheme for a model's tensors in files.</summary>
/// <param name="Name">Name of the scheme in messages.</param>
/// <param name="ToOfficial">Returns the official name of a file's tensor, or null for one that is not the model's.</param>
internal sealed record WeightNaming(string Name, Func<string, string?> ToOfficial)
{
    private static readonly string[] ComfyPrefixes = ["model.diffusion_model.", "diffusion_model."];
    private static readonly string[] VaePrefixes = ["model.", "vae.", "first_stage_model."];

    /// <summary>The naming scheme under which the most tensors of the file are ones that the model needs.</summary>
    public static WeightNaming Detect(ModelKind kind, IReadOnlyCollection<string> names, IReadOnlyList<WeightShape> expected)
    {
        var needed = expected.Select(e => e.Name).ToHashSet(StringComparer.Ordinal);
        return Of(kind).MaxBy(naming => names.Count(name => naming.ToOfficial(name) is { } official && needed.Contains(official)))!;
    }

    /// <summary>The name table between the official code and diffusers.</summary>
    public static NameMap MapOf(ModelKind kind) => kind switch
    {
        ModelKind.Transformer => TransformerNames.Map,
        ModelKind.Vae => VaeNames.Map,
        _ => Umt5Names.Map,
    };

    private static IEnumerable<WeightNaming> Of(ModelKind kind)
    {
        yield return new("official", name => name);
        yield return new(kind == ModelKind.TextEncoder ? "Hugging Face" : "diffusers", MapOf(kind).ToOfficial);
        foreach (var prefix in kind switch { ModelKind.Transformer => ComfyPrefixes, ModelKind.Vae => VaePrefixes, _ => [] })
        {
            var tool = kind == ModelKind.Transformer ? "ComfyUI" : $"official, each after {prefix}";
            yield return new(tool, name => name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : null);
        }
    }
}
