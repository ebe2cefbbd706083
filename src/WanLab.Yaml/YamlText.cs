using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace WanLab.Yaml;

/// <summary>Converts YAML text to nodes and back.</summary>
internal static class YamlText
{
    private const int MaxCharacters = 4_000_000;
    private const int MaxDepth = 64;
    private const int MaxMerged = 100_000;

    /// <summary>Reads one document; null if it is empty.</summary>
    /// <exception cref="NotYamlException">The text is not YAML, is too large, or holds more than one document.</exception>
    public static YamlNode? Parse(string text, YamlSource source)
    {
        // The scanner takes a NUL for the end of the file.
        if (BadText.IndexIn(text) is { } at)
        {
            var reason = $"the text holds {BadText.NameAt(text, at)}";
            throw new NotYamlException(source.Name, text.AsSpan(0, at).Count('\n') + 1, reason, new FormatException(reason));
        }
        var scanner = new Scanner(new StringReader(text), skipComments: true);
        try
        {
            if (text.Length > MaxCharacters)
                throw new YamlException(Mark.Empty, Mark.Empty, $"the text has {text.Length} characters; at most {MaxCharacters} are read");
            return Document(new Parser(scanner), source);
        }
        catch (YamlException e)
        {
            // The parser names another line where a tab has changed the meaning of an indentation.
            throw TabbedLine(text) is { } line && line <= Math.Max(e.Start.Line, scanner.CurrentPosition.Line)
                ? new NotYamlException(source.Name, line, "the line is indented with a tab; use spaces", e)
                : new NotYamlException(source.Name, (int)Math.Max(1, e.Start.Line), e.Message.TrimEnd('.'), e);
        }
        catch (InvalidOperationException e)
        {
            // The scanner throws this for some unfinished lists and mappings.
            var line = (int)Math.Max(1, scanner.CurrentPosition.Line);
            throw new NotYamlException(source.Name, line, "a bracket, brace or quote is not closed", e);
        }
    }

    private static int? TabbedLine(string text)
    {
        var lines = text.Split('\n');
        var at = Array.FindIndex(lines, line => line.Trim() != "" && line[..^line.TrimStart().Length].Contains('\t'));
        return at < 0 ? null : at + 1;
    }

    private static YamlNode? Document(Parser parser, YamlSource source)
    {
        parser.Consume<StreamStart>();
        if (parser.TryConsume<StreamEnd>(out _)) return null;
        parser.Consume<DocumentStart>();
        var root = new Composer(parser, source).Node(null);
        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out var second))
            throw new YamlException(second.Start, second.End, "a second document begins here; a job file holds one");
        return root;
    }

    /// <summary>Writes a node as YAML; lists of plain values are written on one line.</summary>
    public static string Emit(YamlNode node)
    {
        var text = new StringWriter { NewLine = "\n" };
        var settings = new EmitterSettings(2, int.MaxValue, false, 1024).WithIndentedSequences();
        var emitter = new Emitter(text, settings);
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        EmitNode(emitter, node);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    /// <summary>Whether two nodes are written alike; a missing node only equals a missing one.</summary>
    public static bool Same(YamlNode? a, YamlNode? b) => a is null || b is null ? a is null && b is null : Emit(a) == Emit(b);

    private static void EmitNode(Emitter emitter, YamlNode node)
    {
        switch (node)
        {
            case YamlScalar scalar:
                var style = scalar.Plain ? ScalarStyle.Plain : ScalarStyle.DoubleQuoted;
                emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, scalar.Text, style, true, true));
                break;
            case YamlList list:
                var flow = list.Items.All(i => i is YamlScalar) ? SequenceStyle.Flow : SequenceStyle.Block;
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, true, flow));
                foreach (var item in list.Items) EmitNode(emitter, item);
                emitter.Emit(new SequenceEnd());
                break;
            case YamlMap map:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, true, MappingStyle.Block));
                foreach (var entry in map.Entries)
                {
                    emitter.Emit(new Scalar(entry.Key));
                    EmitNode(emitter, entry.Value);
                }
                emitter.Emit(new MappingEnd());
                break;
        }
    }

    private sealed class Composer(IParser parser, YamlSource source)
    {
        private readonly Dictionary<AnchorName, YamlNode> _anchors = [];
        private int _depth, _merged;

        public YamlNode Node(int? keyLine)
        {
            if (parser.TryConsume<AnchorAlias>(out var alias))
            {
                return _anchors.TryGetValue(alias.Value, out var known)
                    ? known
                    : throw new YamlException(alias.Start, alias.End, $"the alias *{alias.Value} has no anchor &{alias.Value} before it");
            }
            var start = parser.Current as NodeEvent
                ?? throw new YamlException(parser.Current!.Start, parser.Current.End, "a value was expected");
            if (++_depth > MaxDepth) throw new YamlException(start.Start, start.End, $"values are nested more than {MaxDepth} deep");
            var node = Content(keyLine ?? LineOf(start));
            _depth--;
            if (!start.Anchor.IsEmpty) _anchors[start.Anchor] = node;
            return node;
        }

        private YamlNode Content(int line)
        {
            if (parser.TryConsume<Scalar>(out var scalar))
                return new YamlScalar(source, line, TextOf(scalar), scalar.Style == ScalarStyle.Plain);

            if (parser.TryConsume<SequenceStart>(out _))
            {
                var items = new List<YamlNode>();
                while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(Node(null));
                return new YamlList(source, line, items);
            }

            parser.Consume<MappingStart>();
            var entries = new List<YamlEntry>();
            var merged = new List<YamlEntry>();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                if (!parser.TryConsume<Scalar>(out var key))
                    throw new YamlException(parser.Current!.Start, parser.Current.End, "a key must be a single word");
                var keyLine = LineOf(key);
                var value = Node(keyLine);
                if (key is { Value: "<<", Style: ScalarStyle.Plain }) merged.AddRange(Merged(value, key));
                else entries.Add(new YamlEntry(TextOf(key), keyLine, value));
            }
            // YAML 1.1's merge key: what is written here wins over what is merged in, and earlier mappings over later ones.
            var own = entries.Select(entry => entry.Key).ToHashSet();
            return new YamlMap(source, line, [.. entries, .. merged.Where(entry => own.Add(entry.Key))]);
        }

        private List<YamlEntry> Merged(YamlNode value, Scalar key)
        {
            var entries = new List<YamlEntry>();
            foreach (var item in value is YamlList list ? list.Items : [value])
            {
                if (item is not YamlMap map)
                    throw new YamlException(key.Start, key.End, "the merge key << needs a mapping or a list of mappings");
                // Mappings that merge each other in by the hundred would fill the memory from a few lines.
                if ((_merged += map.Entries.Count) > MaxMerged)
                    throw new YamlException(key.Start, key.End, $"merge keys bring in more than {MaxMerged} entries");
                entries.AddRange(map.Entries);
            }
            return entries;
        }

        // Escapes can write what the file itself does not hold.
        private static string TextOf(Scalar scalar) => BadText.IndexIn(scalar.Value) is { } at
            ? throw new YamlException(scalar.Start, scalar.End, $"the text holds {BadText.NameAt(scalar.Value, at)}")
            : scalar.Value;

        private int LineOf(ParsingEvent e) => source.HasLines ? (int)e.Start.Line : 0;
    }
}
