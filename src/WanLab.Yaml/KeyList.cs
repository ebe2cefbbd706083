using WanLab.Yaml.Kinds;

namespace WanLab.Yaml;

/// <summary>Describes the keys of a record, sections before the keys in them.</summary>
internal static class KeyList
{
    public static IEnumerable<KeyDescription> Of(
        IReadOnlyList<RecordKey> keys, string path, object? defaults, OnResumeAttribute? around = null)
    {
        foreach (var key in keys)
        {
            var name = path.Length == 0 ? key.Name : $"{path}.{key.Name}";
            var resume = key.OnResume ?? around;
            // An override has no default of its own; its default is that of the key around the list.
            var value = defaults is null || key is OverrideKey ? null : key.Get(defaults);
            var hasDefault = key.Kind.IsLeaf && key.Missing is null && defaults is not null && key is not OverrideKey;
            yield return new KeyDescription
            {
                Name = name,
                IsSection = !key.Kind.IsLeaf,
                IsOverride = key is OverrideKey,
                Allowed = key.Kind.Words,
                Default = hasDefault ? Text(key.Write(defaults!, null)) : null,
                Missing = key.Missing,
                Meaning = MeaningOf(key),
                Words = key.Kind is ChoiceKind kind ? [.. kind.Choices.Select(c => new WordMeaning(c.Word, Meanings.Of(c.Member)))] : [],
                OnResume = resume?.Change ?? Change.Refused,
                Reason = resume?.Reason,
            };
            if (key.Kind.Keys.Count == 0) continue;
            var isList = key.Kind.Below.Length > 0;
            var below = isList ? $"{name}.{key.Kind.Below}" : name;
            foreach (var inner in Of(key.Kind.Keys, below, isList ? key.Kind.BlankBelow : value ?? key.Kind.BlankBelow, resume))
                yield return inner;
        }
    }

    /// <summary>Meaning of a key: the summary of its property.</summary>
    public static string MeaningOf(RecordKey key) => key.Meaning ?? Meanings.Of(key.Property!);

    // The YAML writer treats a text in quotes as a document of its own and puts a mark in front.
    private static string Text(YamlNode? node) => node switch
    {
        null => "none",
        YamlScalar { Text: "" } => "\"\"",
        _ => YamlText.Emit(node).Trim(),
    };
}
