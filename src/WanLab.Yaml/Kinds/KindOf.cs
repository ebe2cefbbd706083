using System.Reflection;

namespace WanLab.Yaml.Kinds;

/// <summary>Finds the kind of a property's value from its type and attributes.</summary>
internal static class KindOf
{
    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>The kind of a record, with all options in a type.</summary>
    public static RecordKind Record(Type type)
    {
        var keys = Properties(type).SelectMany(Keys).ToList();
        if (type.GetCustomAttribute<PlainValuesAttribute>() is not { } section) return new RecordKind(type, keys);
        bool IsPlain(RecordKey key) => key.Kind.IsLeaf && key.Kind.Keys.Count == 0;
        var plain = new RecordKind(type, [.. keys.Where(IsPlain)]);
        var first = new PlainValuesKey(section, plain) { Missing = section.Missing };
        return new RecordKind(type, [first, .. keys.Where(key => !IsPlain(key))]);
    }

    /// <summary>The name of a property's key.</summary>
    public static string NameOf(PropertyInfo property) =>
        property.GetCustomAttribute<KeyAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);

    private static IEnumerable<RecordKey> Keys(PropertyInfo property)
    {
        if (property.GetCustomAttribute<OverridesAttribute>() is null) return [Key(property, property)];
        var form = Record(property.PropertyType);
        return form.Keys.Select(key => new OverrideKey(key, property, form) { OnResume = key.OnResume });
    }

    // If each part of a value has the limits of the whole, the attributes come from another property.
    private static RecordKey Key(PropertyInfo property, PropertyInfo attributes, string? missing = null)
    {
        var kind = Value(property.PropertyType, attributes);
        missing ??= property.GetCustomAttribute<RequiredKeyAttribute>()?.Reason;
        // In code a part may be null if the other form is used, but nobody writes none for it in a file.
        var isPart = missing is not null || property.GetCustomAttribute<ShorthandAttribute>() is not null;
        if (!property.PropertyType.IsValueType && IsNullable(property) && !isPart) kind = new OptionalKind(kind);
        return new PropertyKey(NameOf(property), kind, property)
        {
            Missing = missing,
            IsNeverNull = !IsNullable(property),
            OnResume = property.GetCustomAttribute<OnResumeAttribute>(),
        };
    }

    private static Kind Value(Type type, PropertyInfo property)
    {
        if (type == typeof(string)) return Text(property);
        if (type == typeof(bool)) return new SwitchKind();
        if (type == typeof(int) || type == typeof(long) || type == typeof(double)) return Number(type, property);
        if (type.IsEnum || type.IsAssignableTo(typeof(INamed))) return new ChoiceKind(type);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return List(type.GenericTypeArguments[0], property);
        if (type.GetCustomAttribute<OneOrEachAttribute>() is { } each) return OneOrEach(type, each, property);
        return Properties(type).Any(p => p.GetCustomAttribute<ShorthandAttribute>() is not null) ? Shorthand(type) : Record(type);
    }

    private static Kind Text(PropertyInfo property) => property.GetCustomAttribute<FilePathAttribute>() is { } path
        ? new PathKind(path.Word)
        : new TextKind(property.GetCustomAttribute<TextRuleAttribute>());

    private static NumberKind Number(Type type, PropertyInfo property, string orElse = "")
    {
        var limit = property.GetCustomAttribute<LimitAttribute>()
            ?? throw Incomplete(property, "a number without limits; give it [AtLeast(...)] or another of the limits");
        return new NumberKind(type, limit, property.GetCustomAttribute<NumberRuleAttribute>()) { OrElse = orElse };
    }

    private static ListKind List(Type item, PropertyInfo property) => new(item, Value(item, property),
        property.GetCustomAttribute<ItemsAttribute>()
        ?? throw Incomplete(property, "a list without an example; give it [Items(...)]"));

    private static OneOrEachKind OneOrEach(Type type, OneOrEachAttribute attribute, PropertyInfo property)
    {
        var each = new RecordKind(type, [.. Properties(type).Select(part => Key(part, property, attribute.Missing))]);
        var orElse = $", or {{{string.Join(", ", each.Keys.Select(key => $"{key.Name}: NUMBER"))}}}";
        return new OneOrEachKind(Number(Properties(type)[0].PropertyType, property, orElse), each);
    }

    private static ShorthandKind Shorthand(Type type)
    {
        var (single, others) = (new List<RecordKey>(), new List<RecordKey>());
        foreach (var property in Properties(type))
            (property.GetCustomAttribute<ShorthandAttribute>() is null ? others : single).Add(Key(property, property));
        return new ShorthandKind(new RecordKind(type, others, sparse: true), single);
    }

    private static InvalidOperationException Incomplete(PropertyInfo property, string what) =>
        new($"{property.DeclaringType!.Name}.{property.Name} is {what}.");

    private static bool IsNullable(PropertyInfo property)
    {
        lock (Nullability) return Nullability.Create(property).ReadState == NullabilityState.Nullable;
    }

    // In the order in which they are declared, with those of a base type first.
    private static List<PropertyInfo> Properties(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is { IsPublic: true })
            .OrderBy(property => Depth(property.DeclaringType!)).ThenBy(property => property.MetadataToken)];

    private static int Depth(Type type) => type.BaseType is null ? 0 : 1 + Depth(type.BaseType);
}
