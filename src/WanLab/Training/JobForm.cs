using WanLab.Yaml;

namespace WanLab.Training;

/// <summary>The form of a job in a file.</summary>
internal static class JobForm
{
    /// <summary>The keys of a job file.</summary>
    public static YamlForm<TrainingJob> Keys { get; } = new();
}
