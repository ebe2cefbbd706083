using System.Text.Json.Nodes;

namespace WanLab.Yaml.Kinds;

/// <summary>A number within limits: an int, a long or a double.</summary>
internal sealed class NumberKind(Type type, LimitAttribute limit, NumberRuleAttribute? rule = null) : Kind
{
    private readonly bool _whole = type != typeof(double);

    public override object Blank => Activator.CreateInstance(type)!;

    /// <summary>An addition to the message about a node that is not a number.</summary>
    public string OrElse { get; init; } = "";

    public override string Words => $"{(_whole ? "whole number" : "number")}, {limit.Words}{(rule is null ? "" : $", {rule.Words}")}";

    public override object? Read(YamlNode node, string path, ReadContext context, object? start)
    {
        if (node is not YamlScalar scalar || Parse(scalar.Text) is not { } value)
        {
            context.Error(node, path, $"must be a {(_whole ? "whole number" : "number")}, {limit.Words}{OrElse}; not {node.Describe()}");
            return start;
        }
        if (!limit.Holds(Convert.ToDouble(value, CultureInfo.InvariantCulture)))
        {
            context.Error(node, path, $"must be {limit.Words}, not {YamlScalar.Short(scalar.Text)}");
            return start;
        }
        if (Convert.ToDouble(value, CultureInfo.InvariantCulture) > limit.Ceiling)
        {
            var most = limit.Ceiling.ToString(CultureInfo.InvariantCulture);
            context.Error(node, path, $"must be at most {most}, not {YamlScalar.Short(scalar.Text)}");
            return start;
        }
        return rule is null ? value : Ruled(node, path, context, Convert.ToInt64(value, CultureInfo.InvariantCulture));
    }

    public override YamlNode Write(object? value, object? owner) =>
        Plain(((IFormattable)value!).ToString(null, CultureInfo.InvariantCulture));

    public override JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = _whole ? "integer" : "number" };
        if (!double.IsNaN(limit.Lowest)) schema[limit.LowestAllowed ? "minimum" : "exclusiveMinimum"] = limit.Lowest;
        if (!double.IsNaN(limit.Highest)) schema[limit.HighestAllowed ? "maximum" : "exclusiveMaximum"] = limit.Highest;
        return schema;
    }

    /// <summary>Parses a number; null if the text is not one.</summary>
    public object? Parse(string text)
    {
        var culture = CultureInfo.InvariantCulture;
        if (type == typeof(int)) return int.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var whole) ? whole : null;
        if (type == typeof(long)) return long.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var large) ? large : null;
        return double.TryParse(text, NumberStyles.Float, culture, out var number) && double.IsFinite(number) ? number : null;
    }

    private object Ruled(YamlNode node, string path, ReadContext context, long number)
    {
        var adjusted = rule!.Adjust(number);
        if (rule.Complaint(number) is { } complaint) context.Error(node, path, complaint);
        else if (adjusted != number) context.Warn(node, path, $"{number} is rounded to {adjusted}, {rule.Words}");
        return Convert.ChangeType(adjusted, type, CultureInfo.InvariantCulture);
    }
}
