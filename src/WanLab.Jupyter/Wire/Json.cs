using System.Text.Json;
using System.Text.Json.Nodes;

namespace WanLab.Jupyter.Wire;

/// <summary>Reads fields of messages that others wrote: a field of another type counts as missing.</summary>
internal static class Json
{
    /// <summary>The text in a field; null where it is missing.</summary>
    public static string? Text(this JsonObject json, string key) => Value<string>(json, key);

    /// <summary>The switch in a field; <paramref name="standard"/> where it is missing.</summary>
    public static bool Flag(this JsonObject json, string key, bool standard) => Value<bool?>(json, key) ?? standard;

    /// <summary>The whole number in a field; null where it is missing.</summary>
    public static int? Number(this JsonObject json, string key) => Value<int?>(json, key);

    /// <summary>Text that is as short as JSON allows, on one line, with letters of all languages as they are.</summary>
    public static JsonSerializerOptions Compact { get; } = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 256, // what is shown may be as deep as what is read, and stands some levels down in a message
    };

    private static T? Value<T>(JsonObject json, string key) =>
        json.TryGetPropertyValue(key, out var node) && node is JsonValue value && value.TryGetValue<T>(out var found) ? found : default;
}
