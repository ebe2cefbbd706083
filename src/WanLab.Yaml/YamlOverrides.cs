namespace WanLab.Yaml;

/// <summary>Applies <c>a.b=c</c> overrides of the command line to the nodes of a file, before they are read.</summary>
internal static class YamlOverrides
{
    private const int MaxDepth = 64;
    /// <summary>The place of a setting that was given in addition to the file, for messages.</summary>
    public const string Place = "--set";

    private static readonly YamlSource Source = new(Place, "", HasLines: false);

    public static YamlNode Apply(YamlNode root, IEnumerable<string> overrides, ReadContext context)
    {
        foreach (var text in overrides)
        {
            var split = text.IndexOf('=');
            var path = split < 0 ? "" : text[..split].Trim();
            if (path.Length == 0 || path.Split('.').Contains(""))
            {
                Report(context, "", $"'{text}' is not of the form section.key=value, such as training.steps=500");
                continue;
            }
            if (BadText.IndexIn(text) is { } at)
            {
                Report(context, "", $"the setting holds {BadText.NameAt(text, at)}; delete it");
                continue;
            }
            if (path.Count(letter => letter == '.') >= MaxDepth)
            {
                Report(context, "", $"'{YamlScalar.Short(path)}' has more than {MaxDepth} parts; no key has that many");
                continue;
            }
            root = Set(root, path.Split('.'), 0, Value(text[(split + 1)..]), context) ?? root;
        }
        return root;
    }

    /// <summary>Returns a copy of <paramref name="node"/> with the value set; null if that is impossible, which is then reported.</summary>
    private static YamlNode? Set(YamlNode? node, string[] path, int depth, YamlNode value, ReadContext context)
    {
        if (depth == path.Length) return value;
        var name = path[depth];
        var isIndex = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index);
        var here = string.Join('.', path[..depth]);
        if (node is null or YamlScalar { IsNull: true })
            node = isIndex ? new YamlList(Source, 0, []) : new YamlMap(Source, 0, []);

        switch (node)
        {
            case YamlList list when isIndex && index <= list.Items.Count:
                var item = Set(index < list.Items.Count ? list.Items[index] : null, path, depth + 1, value, context);
                if (item is null) return null;
                return new YamlList(list.Source, list.Line, [.. list.Items.Take(index), item, .. list.Items.Skip(index + 1)]);

            case YamlMap map:
                var at = map.Entries.ToList().FindIndex(e => e.Key == name);
                var inner = Set(at < 0 ? null : map.Entries[at].Value, path, depth + 1, value, context);
                if (inner is null) return null;
                var entry = new YamlEntry(name, inner.Line, inner);
                return new YamlMap(map.Source, map.Line, at < 0
                    ? [.. map.Entries, entry]
                    : [.. map.Entries.Take(at), entry, .. map.Entries.Skip(at + 1)]);

            case YamlList list:
                Report(context, string.Join('.', path), $"'{here}' is a list of {list.Items.Count}; "
                    + $"name an entry by its number, from {here}.0 on (the first free number adds one)");
                return null;

            default:
                Report(context, string.Join('.', path),
                    $"'{here}' is a single value here ({node.Describe()}); set it as a whole: --set {here}=...");
                return null;
        }
    }

    /// <summary>Reads lists, mappings and quoted text as YAML; anything else is taken literally, including colons.</summary>
    private static YamlNode Value(string text)
    {
        text = text.Trim();
        var plain = new YamlScalar(Source, 0, text, plain: true);
        if (text.Length == 0 || !"[{\"'".Contains(text[0])) return plain;
        try
        {
            return YamlText.Parse(text, Source) ?? plain;
        }
        catch (NotYamlException)
        {
            // Text such as "[trigger] runs" is not YAML; a mistyped list or mapping fails at its key.
            return plain;
        }
    }

    private static void Report(ReadContext context, string path, string message) =>
        context.Add(new Problem(Source.Name, 0, path, message, Severity.Error));
}
