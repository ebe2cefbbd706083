using WanLab.Yaml;

namespace WanLab.Training;

/// <summary>A job as a flat list of keys such as <c>training.steps</c> with their values as text, for comparing jobs.</summary>
internal static class JobSettings
{
    /// <summary>The text of a value that is not set.</summary>
    public const string Nothing = "nothing";

    /// <summary>The settings of a job, including defaults.</summary>
    public static IReadOnlyDictionary<string, string> Of(TrainingJob job) => Of(JobForm.Keys.Write(job));

    /// <summary>The settings in a job file.</summary>
    public static IReadOnlyDictionary<string, string> Of(YamlNode? root)
    {
        var leaves = new Dictionary<string, string>();
        if (root is not null) Walk(root, "");
        return leaves;

        void Walk(YamlNode node, string key)
        {
            string Below(string name) => key.Length == 0 ? name : $"{key}.{name}";
            if (node is YamlMap map)
                foreach (var entry in map.Entries) Walk(entry.Value, Below(entry.Key));
            else if (node is YamlList list && list.Items.Any(item => item is YamlMap))
                for (var i = 0; i < list.Items.Count; i++) Walk(list.Items[i], Below($"{i}"));
            else
                leaves[key] = Text(node);
        }
    }

    private static string Text(YamlNode node) => node switch
    {
        YamlScalar { IsNull: false } scalar => scalar.Text,
        YamlList list => $"[{string.Join(", ", list.Items.Select(Text))}]",
        _ => Nothing,
    };
}
