using WanLab.Yaml;

namespace WanLab.Jobs.Import;

/// <summary>
/// One mapping of a foreign job during the import. It records which of its keys were read, so that unknown
/// keys can be reported at the end.
/// </summary>
internal sealed class SourceSection
{
    private readonly YamlMap? _map;
    private readonly string _path;
    private readonly ImportState _import;
    private readonly HashSet<string> _seen = [];

    public SourceSection(YamlMap? map, string path, ImportState import)
    {
        (_map, _path, _import) = (map, path, import);
        import.Opened(this);
    }

    /// <summary>Whether a key has a value.</summary>
    public bool Has(string key) => Find(key) is { } node
        and not YamlScalar { IsNull: true } and not YamlScalar { Plain: true, Text: "None" } // the latter as Python writes it
        && node is not YamlList { Items.Count: 0 } and not YamlMap { Entries.Count: 0 };

    /// <summary>A section inside this one; an empty one if it is missing.</summary>
    public SourceSection Section(string key) => Find(key) switch
    {
        null or YamlScalar { IsNull: true } => new(null, Name(key), _import),
        YamlMap map => new(map, Name(key), _import),
        var node => throw Shape(key, node, "a mapping"),
    };

    /// <summary>The mappings of a list.</summary>
    public IReadOnlyList<SourceSection> Sections(string key) => Find(key) switch
    {
        null or YamlScalar { IsNull: true } => [],
        YamlList list => [.. list.Items.Select((item, i) => item as YamlMap is { } map
            ? new SourceSection(map, $"{Name(key)}.{i}", _import)
            : throw Shape($"{key}.{i}", item, "a mapping"))],
        var node => throw Shape(key, node, "a list"),
    };

    /// <summary>The text of a key; null if it is missing.</summary>
    public string? Text(string key) => !Has(key) ? null : Find(key) is YamlScalar scalar
        ? _import.Expand(scalar.Text)
        : throw Shape(key, Find(key)!, "a single value");

    public bool Switch(string key, bool otherwise) => Text(key)?.ToLowerInvariant() switch
    {
        null => otherwise,
        "true" or "yes" or "on" or "1" => true,
        "false" or "no" or "off" or "0" => false,
        var text => throw Wrong(key, text, "true or false"),
    };

    public double Number(string key, double otherwise) => Text(key) is not { } text ? otherwise
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
            : throw Wrong(key, text, "a number");

    public int Count(string key, int otherwise)
    {
        var number = Number(key, otherwise);
        return number == Math.Floor(number) && Math.Abs(number) < int.MaxValue
            ? (int)number
            : throw Wrong(key, Text(key)!, "a whole number");
    }

    /// <summary>A seed. Those that stand for a new number each time, or that are no seeds here, become the standard, with a note.</summary>
    public long? Seed(string key, long? otherwise) =>
        Text(key) is { } text ? _import.Seed(text, Line(key), Name(key), otherwise) : otherwise;

    /// <summary>A seed that stands in the text of a key.</summary>
    public long? SeedOf(string key, string text) => _import.Seed(text, Line(key), Name(key), null);

    /// <summary>The numbers of a list, or a single one.</summary>
    public IReadOnlyList<int> Counts(string key, int otherwise)
    {
        if (Find(key) is not YamlList list) return [Count(key, otherwise)];
        return [.. list.Items.Select(item => item is YamlScalar scalar && int.TryParse(scalar.Text, CultureInfo.InvariantCulture, out var n)
            ? n
            : throw Wrong(key, item.Describe(), "whole numbers"))];
    }

    /// <summary>The texts of a list.</summary>
    public IReadOnlyList<string> Texts(string key) =>
        Find(key) switch
        {
            null or YamlScalar { IsNull: true } => [],
            YamlList list => [.. list.Items.Select((item, i) => item is YamlScalar text
                ? _import.Expand(text.Text)
                : throw Shape($"{key}.{i}", item, "a text"))],
            var node => throw Shape(key, node, "a list"),
        };

    /// <summary>Marks keys that have no meaning in WanLab and change nothing; they are not reported.</summary>
    public void Ignore(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys) Find(key);
    }

    /// <summary>Reports keys that are dropped, with a reason, if their value is not the one without effect.</summary>
    public void Drop(string why, params ReadOnlySpan<(string Key, string Harmless)> keys)
    {
        foreach (var (key, harmless) in keys)
            if (Has(key) && !Same(Find(key)!, harmless)) Note(key, ImportOutcome.Dropped, why);
    }

    public void Note(string key, ImportOutcome outcome, string message)
    {
        _import.Notes.Add(new ImportNote(Line(key), Name(key), outcome, message));
    }

    /// <summary>Reports the keys that were never read.</summary>
    public void TellUnknown()
    {
        foreach (var entry in _map?.Entries ?? [])
            if (!_seen.Contains(entry.Key))
                Note(entry.Key, ImportOutcome.Dropped, "WanLab does not know this key; check whether the run needs it.");
    }

    /// <summary>Refuses every architecture except the supported one.</summary>
    public void CheckArchitecture() => AiToolkitImport.CheckArchitecture(_import.File, Text("arch"));

    /// <summary>An error about one of the keys.</summary>
    public WanLabException Error(string key, string message)
    {
        var place = Line(key) is > 0 and var line ? $"{_import.File}:{line}" : _import.File;
        return new($"{place}: {Name(key).Replace("config.process.0.", "", StringComparison.Ordinal)}: {message}, then import it again.");
    }

    private YamlNode? Find(string key)
    {
        _seen.Add(key);
        return _map?.Entries.LastOrDefault(e => e.Key == key)?.Value;
    }

    private int Line(string key) => _map?.Entries.FirstOrDefault(e => e.Key == key)?.Line ?? 0;

    private WanLabException Shape(string key, YamlNode node, string wanted) =>
        Error(key, $"must be {wanted}, not {node.Describe()}; correct the file");

    private string Name(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    private WanLabException Wrong(string key, string value, string wanted) =>
        Error(key, $"must be {wanted}, not '{value}'; correct the file");

    private static bool Same(YamlNode node, string harmless) => node is YamlScalar scalar
        && (string.Equals(scalar.Text, harmless, StringComparison.OrdinalIgnoreCase)
            || (double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var a)
                && double.TryParse(harmless, NumberStyles.Float, CultureInfo.InvariantCulture, out var b) && a == b));
}
