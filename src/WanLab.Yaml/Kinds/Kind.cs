using System.Text.Json.Nodes;

namespace WanLab.Yaml.Kinds;

/// <summary>
/// One kind of value: how it is read from a node and written to one. Reading never throws: a wrong value
/// is reported and the start value is returned, so that one reading finds every problem.
/// </summary>
internal abstract class Kind
{
    /// <summary>The start value for reading where there is no value yet, as for a new entry of a list.</summary>
    public abstract object? Blank { get; }

    /// <summary>The allowed values in a few words, for people.</summary>
    public abstract string Words { get; }

    /// <summary>Reads <paramref name="node"/>; missing keys keep their values in <paramref name="start"/>.</summary>
    public abstract object? Read(YamlNode node, string path, ReadContext context, object? start);

    /// <summary>The node that reads back as <paramref name="value"/>; null for "no value".</summary>
    /// <param name="value">The value.</param>
    /// <param name="owner">The record that holds the value, if any.</param>
    public abstract YamlNode? Write(object? value, object? owner);

    /// <summary>The JSON schema of the value.</summary>
    public abstract JsonObject Schema();

    /// <summary>The keys below this value; empty for a single value.</summary>
    public virtual IReadOnlyList<RecordKey> Keys => [];

    /// <summary>Whether the value itself can be set, in addition to the keys below it.</summary>
    public virtual bool IsLeaf => true;

    /// <summary>The first part of the path of the keys below, after the value's own path: <c>N</c> for list entries.</summary>
    public virtual string Below => "";

    /// <summary>The start value for the keys below where there is none yet; for a list, a new entry.</summary>
    public virtual object? BlankBelow => null;

    /// <summary>The source of written nodes; relative paths start at the current directory.</summary>
    protected static YamlSource Written { get; } = new("job", "", HasLines: false);

    protected static YamlScalar Plain(string text) => new(Written, 0, text, plain: true);

    protected static YamlScalar Quoted(string text) => new(Written, 0, text, plain: false);
}
