using WanLab.Adapters;
using WanLab.Models.Transformer;
using WanLab.Training;
using WanLab.Yaml;

namespace WanLab.Jobs;

/// <summary>Checks whether the layers that a job names are layers of its model.</summary>
internal static class JobLayers
{
    public static void Check(TrainingJob job, ReadContext context)
    {
        var patterns = job.Target.Modules;
        if (patterns.Count == 0 || context.Failed("target.modules") || context.Failed("model")) return;
        if (Config(job.Model) is not { } config) return;
        for (var i = 0; i < patterns.Count && context.ListsErrors; i++)
            if (LoraAdapter.WhyNot(config, patterns[i]) is { } why)
                context.AddAt(FormattableString.Invariant($"target.modules.{i}"), why, Severity.Error);
    }

    // Null where the model cannot be opened: the model's own error says so.
    private static WanTransformerConfig? Config(ModelOptions model)
    {
        try
        {
            return BaseModel.ConfigOf(BaseModel.LayoutOf(model), ModelPart.High);
        }
        catch (WanLabException)
        {
            return null;
        }
    }
}
