using Spectre.Console;
using Spectre.Console.Rendering;
using Shown = WanLab.Notebooks.Blocks;

namespace WanLab.Cli;

/// <summary>Turns the blocks of views into what Spectre.Console draws. No text is read as markup.</summary>
internal sealed class TerminalBlocks(IAnsiConsole console)
{
    private const int Indent = 2, Gap = 2, FigureGap = 4, LeastWords = 16, MostProgress = 60;
    private static readonly Style Quiet = new(Color.Grey), Bold = new(decoration: Decoration.Bold);

    private static readonly RawLines Blank = new([("", Style.Plain)]);

    private readonly RenderOptions _options = RenderOptions.Create(console, console.Profile.Capabilities);

    private int Width => console.Profile.Width;

    /// <summary>All blocks, one below the other, with a blank line where something else begins.</summary>
    public IRenderable Of(IEnumerable<Shown.Block> blocks)
    {
        var parts = new List<IRenderable>();
        Shown.Block? before = null;
        foreach (var block in blocks)
        {
            if (Of(block) is not { } part) continue;
            if (before is not null && Begins(block, before)) parts.Add(Blank);
            parts.Add(part);
            before = block;
        }
        return new Rows(parts);
    }

    private static bool Begins(Shown.Block block, Shown.Block before) =>
        block is Shown.Heading or Shown.Row or Shown.FigureBlock or Shown.Fold
        || (block is Shown.TableBlock or Shown.Facts && before is not (Shown.Heading or Shown.Note or Shown.Progress))
        || before is Shown.Row or Shown.FigureBlock;

    // Null if a terminal does not show the block.
    private IRenderable? Of(Shown.Block block) => block switch
    {
        Shown.Heading heading => Heading(heading),
        Shown.Paragraph paragraph => new Text(paragraph.Words),
        Shown.Facts facts => Facts(facts.Pairs),
        Shown.Code code => new RawLines([.. code.Source.TrimEnd().Split('\n').Select(line => (line, Style.Plain))]),
        Shown.Fold { InText: true } fold => new Rows([new Text(fold.Title, Bold), Of(fold.Inside)]),
        Shown.Note note => Note(note),
        Shown.Progress progress => Progress(progress.Share),
        Shown.TableBlock table => Table(table),
        Shown.FigureBlock { InText: true } figure => Figure(figure.Figure.ToText(Width)),
        Shown.Row row => Row([.. row.Parts.Select(Of).OfType<IRenderable>()]),
        Shown.VideoBlock => new RawLines([.. Plain(block).Select(line => (line, Style.Plain))]),
        Shown.Fold or Shown.FigureBlock or Shown.StripBlock => null,
        _ => throw new InvalidOperationException($"No terminal shows a {block.GetType().Name}."),
    };

    private static Paragraph Heading(Shown.Heading heading)
    {
        var line = new Paragraph().Append(heading.Title, Bold);
        return heading.Aside == "" ? line : line.Append("  ").Append(heading.Aside, Tone(heading.Aside, Quiet));
    }

    private static Padder Note(Shown.Note note)
    {
        var line = new Paragraph();
        if (note.Place != "") line.Append($"{note.Place}: ", Quiet);
        var color = note.Kind switch { Shown.NoteKind.Error => Color.Red, Shown.NoteKind.Warning => Color.Yellow, _ => Color.Blue };
        line.Append(note.Label, new Style(color)).Append(note.Words);
        return new Padder(line, new Padding(note.Place == "" ? Indent : 0, 0, 0, 0));
    }

    private static Grid Facts(IEnumerable<(string Name, string Value)> pairs)
    {
        var grid = new Grid()
            .AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(Indent, 0, Gap, 0) })
            .AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        foreach (var (name, value) in pairs) grid.AddRow(new Text(name, Quiet), new Text(value, Tone(value, Style.Plain)));
        return grid;
    }

    private Padder Progress(double share)
    {
        var all = Math.Clamp(Width - 10, 10, MostProgress);
        var done = (int)(share * all);
        var line = new Paragraph().Append(new string('━', done), new Style(Color.Blue)).Append(new string('━', all - done), Quiet);
        return new Padder(line.Append($" {Numbers.Percent(share)}"), new Padding(Indent, 0, 0, 0));
    }

    private IRenderable Table(Shown.TableBlock block)
    {
        var columns = Enumerable.Range(0, block.Columns.Count).ToList();
        var natural = columns.ConvertAll(c => block.Rows.Select(row => row[c]).Append(block.Columns[c]).Max(CellWidth));
        var words = columns.Where(c => !block.IsNumeric(c) && block.Rows.Any(row => row[c].Contains(' '))).ToList();
        var room = Width - Indent - Gap * (columns.Count - 1);
        var over = natural.Sum() - room;
        var share = over <= 0 || words.Count == 0 ? 0 : (room - (natural.Sum() - words.Sum(c => natural[c]))) / words.Count;
        // Columns of words get what the others leave. Without room for that they stand below each row; without room for the
        // others, each row is shown as names and values.
        if (over > 0 && share < LeastWords) return share < 0 || words.Count == 0 ? Records(block) : Below(block, natural, words);

        var table = new Spectre.Console.Table().Border(TableBorder.None);
        foreach (var c in columns)
            table.AddColumn(new TableColumn(new Text(block.Columns[c], Bold))
            {
                NoWrap = over <= 0 || !words.Contains(c),
                Width = over > 0 && words.Contains(c) ? Math.Min(natural[c], share) : natural[c],
                Alignment = block.IsNumeric(c) ? Justify.Right : Justify.Left,
                Padding = new Padding(0, 0, c == columns.Count - 1 ? 0 : Gap, 0),
            });
        foreach (var (r, row) in block.Rows.Index())
            table.AddRow(row.Select((cell, c) => new Text(cell, Tone(cell, block.Quiet.Contains((r, c)) ? Quiet : Style.Plain))));
        return new Padder(table, new Padding(Indent, 0, 0, 0));
    }

    private Rows Below(Shown.TableBlock block, IReadOnlyList<int> natural, IReadOnlyList<int> words)
    {
        var others = Enumerable.Range(0, block.Columns.Count).Except(words).ToList();
        var grid = new List<IRenderable> { Line(block.Columns, Bold) };
        foreach (var row in block.Rows)
        {
            grid.Add(Line(row, Style.Plain));
            foreach (var c in words.Where(c => row[c] != ""))
                grid.Add(new Padder(new Text(row[c], Tone(row[c], Quiet)), new Padding(2 * Indent, 0, 0, 0)));
        }
        return new Rows(grid);

        RawLines Line(IReadOnlyList<string> cells, Style style) =>
            new([($"{new string(' ', Indent)}{string.Join(new string(' ', Gap), others.Select(c => Padded(cells[c], c)))}", style)]);

        string Padded(string cell, int c)
        {
            var room = new string(' ', natural[c] - CellWidth(cell));
            return block.IsNumeric(c) ? room + cell : cell + room;
        }
    }

    private static Rows Records(Shown.TableBlock block)
    {
        var parts = new List<IRenderable>();
        foreach (var row in block.Rows)
        {
            if (parts.Count > 0) parts.Add(Blank);
            parts.Add(Facts(block.Columns.Zip(row).Where(pair => pair.Second != "")));
        }
        return new Rows(parts);
    }

    private static RawLines Figure(string text) =>
        new([.. text.TrimEnd().Split('\n').Select((line, n) => (line, n == 0 ? Bold : Style.Plain))]);

    // Next to each other as long as there is room, then in the next line.
    private IRenderable? Row(IReadOnlyList<IRenderable> parts)
    {
        if (parts.Count == 0) return null;
        var lines = new List<List<IRenderable>>();
        var used = Width;
        foreach (var part in parts)
        {
            var width = part.Measure(_options, Width).Max;
            if (used + FigureGap + width > Width)
            {
                lines.Add([]);
                used = -FigureGap;
            }
            lines[^1].Add(part);
            used += FigureGap + width;
        }
        return new Rows(lines.SelectMany((line, n) => n == 0 ? [Side(line)] : new[] { Blank, Side(line) }));
    }

    private static IRenderable Side(IReadOnlyList<IRenderable> parts)
    {
        if (parts.Count == 1) return parts[0];
        var grid = new Grid();
        for (var k = 0; k < parts.Count; k++)
            grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, k == parts.Count - 1 ? 0 : FigureGap, 0) });
        return grid.AddRow([.. parts]);
    }

    private int CellWidth(string cell) => ((IRenderable)new Text(cell)).Measure(_options, int.MaxValue).Max;

    private static IEnumerable<string> Plain(Shown.Block block)
    {
        var text = new StringWriter { NewLine = "\n" };
        block.Write(text);
        return text.ToString().TrimEnd().Split('\n');
    }

    // The style of a word that says how something went, as views use it.
    private static Style Tone(string word, Style otherwise) => word switch
    {
        "ok" or "finished" => new Style(Color.Green),
        "missing" or "failed" => new Style(Color.Red),
        "stopped" or "interrupted" or "paused" or "held out" => new Style(Color.Yellow),
        _ => otherwise,
    };
}
