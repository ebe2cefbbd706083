using System.Reflection;

namespace WanLab.Yaml.Kinds;

/// <summary>One key of a record: its name, its kind of value, and its property.</summary>
internal abstract class RecordKey(string name, Kind kind)
{
    public string Name { get; } = name;

    public Kind Kind { get; } = kind;

    /// <summary>The reason why the key is required; null if it is not.</summary>
    public string? Missing { get; init; }

    /// <summary>Whether the key may change on resume; null if the section around it decides.</summary>
    public OnResumeAttribute? OnResume { get; init; }

    /// <summary>The property that explains the key; null for a section that is not a property.</summary>
    public virtual PropertyInfo? Property => null;

    /// <summary>Meaning of the key, if no property explains it.</summary>
    public virtual string? Meaning => null;

    public abstract object? Get(object record);

    public abstract void Set(object record, object? value);

    /// <summary>Reads the key's value into a record.</summary>
    public abstract void Read(YamlNode node, string path, ReadContext context, object record);

    /// <summary>The node of the key's value; null for "no value".</summary>
    public virtual YamlNode? Write(object record, object? owner) => Kind.Write(Get(record), record);
}

/// <summary>A key that corresponds to a property.</summary>
internal sealed class PropertyKey(string name, Kind kind, PropertyInfo property) : RecordKey(name, kind)
{
    /// <summary>Whether the property is declared as never null; a required text is empty until it is set.</summary>
    public bool IsNeverNull { get; init; }

    public override PropertyInfo Property => property;

    public override object? Get(object record) => property.GetValue(record);

    public override void Set(object record, object? value) => property.SetValue(record, value);

    public override void Read(YamlNode node, string path, ReadContext context, object record) =>
        Set(record, Kind.Read(node, path, context, Get(record)));
}

/// <summary>The section of a record's plain values (<see cref="PlainValuesAttribute"/>).</summary>
internal sealed class PlainValuesKey(PlainValuesAttribute section, RecordKind plain) : RecordKey(section.Name, plain)
{
    public override string Meaning => section.Meaning;

    public override object Get(object record) => record;

    public override void Set(object record, object? value) => throw new NotSupportedException("the section is the record itself");

    public override void Read(YamlNode node, string path, ReadContext context, object record) =>
        plain.ReadInto(node, path, context, record);
}

/// <summary>A key of the settings that a list entry overrides (<see cref="OverridesAttribute"/>).</summary>
/// <param name="key">The key in the settings.</param>
/// <param name="settings">The entry's property that holds the settings.</param>
/// <param name="form">Keys of the settings.</param>
internal sealed class OverrideKey(RecordKey key, PropertyInfo settings, RecordKind form) : RecordKey(key.Name, key.Kind)
{
    public override PropertyInfo? Property => key.Property;

    public override object? Get(object record) => settings.GetValue(record) is { } own ? key.Get(own) : null;

    public override void Set(object record, object? value)
    {
        var own = form.Copy(settings.GetValue(record) ?? throw new InvalidOperationException("there are no settings yet"));
        key.Set(own, value);
        settings.SetValue(record, own);
    }

    public override void Read(YamlNode node, string path, ReadContext context, object record)
    {
        // An absent text sets nothing: the text of the record around the list is kept.
        if (Kind is TextKind && OptionalKind.IsNone(node)) return;
        if (settings.GetValue(record) is null)
            settings.SetValue(record, form.CopyFrom(context.Owners.First(owner => form.Type.IsInstanceOfType(owner))));
        Set(record, Kind.Read(node, path, context, Get(record)));
    }

    /// <summary>The node of the key's value; null if the entry does not differ from the record around its list.</summary>
    public override YamlNode? Write(object record, object? owner)
    {
        if (settings.GetValue(record) is not { } own) return null;
        var node = key.Write(own, owner);
        var usual = owner is not null && form.Type.IsInstanceOfType(owner) ? key.Write(owner, null) : null;
        return YamlText.Same(node, usual) ? null : node;
    }

    /// <summary>Removes settings of an entry that all equal those of the record around its list.</summary>
    public void DropUsual(object record, object owner)
    {
        if (settings.GetValue(record) is { } own && YamlText.Same(form.Write(own, null), form.Write(owner, null)))
            settings.SetValue(record, null);
    }
}
