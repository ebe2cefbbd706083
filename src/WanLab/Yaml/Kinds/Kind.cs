using System.Text.Json.Nodes;

namespace WanLab.Yaml.Kinds;

/// <summary>
/// One kind of value: how it is read from a node and written to one. Reading never throws: a wrong value
/// is reported and the start value returned, so that one reading finds every problem.
/// </summary>
internal abstract class Kind
{
    /// <summary>The value that is read onto where there is none yet, as for a new entry of a list.</summary>
    public abstract object? Blank { get; }

    /// <summary>The allowed values in a few words, for people.</summary>
    public abstract string Words { get; }

    /// <summary>Reads <paramref name="node"/>; keys it leaves out keep their values in <paramref name="start"/>.</summary>
    public abstract object? Read(YamlNode node, string path, ReadContext context, object? start);

    /// <summary>The node that reads back as <paramref name="value"/>; null for "no value".</summary>
    /// <param name="value">The value.</param>
    /// <param name="owner">The record that the value stands in, if any.</param>
    public abstract YamlNode? Write(object? value, object? owner);

    /// <summary>The JSON schema of the value.</summary>
    public abstract JsonObject Schema();

    /// <summary>The keys below this value; empty where it is a single one.</summary>
    public virtual IReadOnlyList<RecordKey> Keys => [];

    /// <summary>Whether the value itself can be set, besides keys below it.</summary>
    public virtual bool IsLeaf => true;

    /// <summary>What the path of the keys below begins with, after the value's own: <c>N</c> for list entries.</summary>
    public virtual string Below => "";

    /// <summary>The value that the keys below start from where there is none yet: of a list, a new entry.</summary>
    public virtual object? BlankBelow => null;

    /// <summary>The source that written nodes name; relative paths start at the current directory.</summary>
    protected static YamlSource Written { get; } = new("job", "", HasLines: false);

    protected static YamlScalar Plain(string text) => new(Written, 0, text, plain: true);

    protected static YamlScalar Quoted(string text) => new(Written, 0, text, plain: false);
}

/// <summary>A value that may be absent: <c>none</c> or an empty value reads as null.</summary>
internal sealed class OptionalKind(Kind kind) : Kind
{
    public override object? Blank => null;

    public override string Words => $"none, or {kind.Words}";

    public override IReadOnlyList<RecordKey> Keys => kind.Keys;

    public override object? BlankBelow => kind.Blank;

    public static bool IsNone(YamlNode node) => node is YamlScalar { IsNull: true } or YamlScalar { Plain: true, Text: "none" };

    public override object? Read(YamlNode node, string path, ReadContext context, object? start) =>
        IsNone(node) ? null : kind.Read(node, path, context, start ?? kind.Blank);

    public override YamlNode? Write(object? value, object? owner) => value is null ? null : kind.Write(value, owner);

    public override JsonObject Schema() =>
        new() { ["anyOf"] = new JsonArray(new JsonObject { ["enum"] = new JsonArray(null, "none") }, kind.Schema()) };
}
