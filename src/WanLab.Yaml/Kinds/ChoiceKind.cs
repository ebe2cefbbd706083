using System.Reflection;
using System.Text.Json.Nodes;

namespace WanLab.Yaml.Kinds;

/// <summary>A value chosen by one of a few words: those of an enum, or of an <see cref="INamed"/> type.</summary>
internal sealed class ChoiceKind(Type type) : Kind
{
    /// <summary>The words, each with its value and the member that explains it.</summary>
    public IReadOnlyList<(string Word, object Value, MemberInfo Member)> Choices { get; } = Options.Words.All(type);

    public override object Blank => Choices[0].Value;

    public override string Words => string.Join(", ", Choices.Select(choice => choice.Word));

    public override object? Read(YamlNode node, string path, ReadContext context, object? start)
    {
        foreach (var (word, value, _) in Choices)
            if (node is YamlScalar scalar && string.Equals(scalar.Text, word, StringComparison.OrdinalIgnoreCase)) return value;
        context.Error(node, path, Choices.Count == 1
            ? $"must be {Choices[0].Word}, not {node.Describe()}"
            : $"must be one of {Words}; not {node.Describe()}");
        return start;
    }

    public override YamlNode Write(object? value, object? owner) =>
        Plain(value is INamed named ? named.Name : ((Enum)value!).Word());

    // For an editor, the words true and false are switches.
    public override JsonObject Schema() => new()
    {
        ["enum"] = new JsonArray([.. Choices.Select(choice => choice.Word is "true" or "false"
            ? JsonValue.Create(choice.Word == "true") : (JsonNode)choice.Word)]),
    };
}
