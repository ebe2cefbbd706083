using System.Text;
using Spectre.Console;
using WanLab.Notebooks.Blocks;
using WanLab.Notebooks.Figures;
using WanLab.Testing;
using Paragraph = WanLab.Notebooks.Blocks.Paragraph;
using Progress = WanLab.Notebooks.Blocks.Progress;

namespace WanLab.Cli.Tests;

/// <summary>Every kind of block, in terminals of several widths and in a file.</summary>
public sealed class BlockPrinterTests
{
    private static readonly IReadOnlyList<Block> Page =
    [
        new Heading("Run [bold]orbit[/]", "finished"),
        new Progress(30, 40),
        new Facts(
        [
            ("folder", "/lab/runs/shown"),
            ("experts", "high noise and low noise, boundary 0.9, in turns of 10 steps"),
            ("state", "stopped"),
        ]),
        new Note(NoteKind.Warning, "clip0.mp4: plays 2.00 times as fast as life: [9] frames are spread over 1.0 s."),
        new Note(NoteKind.Error, "training.steps: must be at least 1, not 0") { Place = "job.yaml:7" },
        new Note(NoteKind.Info, "nothing to worry about"),
        new Paragraph("A paragraph."),
        new TableBlock(["item", "size", "frames", "caption"],
        [
            ["00_red_cube.mp4", "64x64", "17", "orbit, the camera circles a red cube that stands on a grey floor"],
            ["15_orange_robot.mp4", "64x64", "9", "orbit, 机器人"],
        ]),
        new Row(
        [
            new FigureBlock(Bars("High noise")), new FigureBlock(Bars("Low noise")),
            new FigureBlock(Bars("Not in text")) { InText = false },
        ]),
        new FigureBlock(new LineFigure
        {
            Title = "Loss",
            Lines = [new Line("high noise", [.. Enumerable.Range(0, 200)], [.. Enumerable.Range(1, 200).Select(n => 1.0 / n)], "#000000")],
        }),
        new VideoBlock([""], [("a house", [new Notebooks.Media.Video($"/lab/{new string('p', 70)}.mp4", "", IsPreview: true)])]),
        new Fold("The job", [new Code("job:\n  name: orbit")]) { InText = true },
        new Fold("Only in a notebook", [new Paragraph("hidden")]),
    ];

    [Theory]
    [InlineData(60)]
    [InlineData(100)]
    [InlineData(200)]
    public void A_terminal_shows_every_block_for_its_width(int width)
    {
        var shown = InTerminal(Page, width);
        Golden.Matches($"blocks-{width}.txt", shown);
        Assert.All(
            shown.Split('\n').Where(line => !line.Contains("pppp", StringComparison.Ordinal)),
            line => Assert.InRange(line.TrimEnd().Length, 0, width));
        Assert.Contains(new string('p', 70), shown); // paths stay whole, to be copied
        Assert.DoesNotContain("hidden", shown);
        Assert.DoesNotContain("Not in text", shown);
    }

    [Fact]
    public void Words_without_room_stand_below_their_row()
    {
        var table = new TableBlock(["clip", "number", "words"], [["a.mp4", "123456789012", "some words here"], ["b.mp4", "3", "more"]]);
        Assert.Equal(
            ["  clip         number", "  a.mp4  123456789012", "    some words here", "  b.mp4             3", "    more"],
            Lines(table, 30));
    }

    [Fact]
    public void A_table_without_room_is_shown_row_by_row()
    {
        var table = new TableBlock(["a", "b", "words"], [["12345678901234", "12345678901234", "some words"], ["2", "3", "more"]]);
        Assert.Equal(
            ["  a      12345678901234", "  b      12345678901234", "  words  some words", "", "  a      2", "  b      3", "  words  more"],
            Lines(table, 30));
    }

    [Fact]
    public void Words_of_success_and_failure_have_a_colour()
    {
        var shown = InTerminal([new TableBlock(["state"], [["ok"], ["missing"], ["other"]])], 40, colors: true);
        Assert.Contains("\u001b[32mok", shown);
        Assert.Contains("\u001b[91mmissing", shown);
        Assert.DoesNotContain("mother", shown);
    }

    [Fact]
    public void A_file_gets_plain_lines_that_are_never_wrapped()
    {
        var file = new StringWriter();
        var console = Console(new AnsiConsoleOutput(file), colors: false);
        console.Show([new Heading("T", "[x]"), new Paragraph(new string('w', 300)), new Facts([("a", "b c")])]);
        Assert.Equal($"T  [x]\n{new string('w', 300)}\n  a  b c\n", file.ToString().ReplaceLineEndings("\n"));
    }

    private static BarFigure Bars(string title) => new()
    {
        Title = title,
        Percent = true,
        Places = ["900-950", "950-1000"],
        Series = [new Bars("planned", [0.75, 0.25], "#000000")],
    };

    private static IEnumerable<string> Lines(Block block, int width) =>
        InTerminal([block], width).TrimEnd().Split('\n').Select(line => line.TrimEnd());

    private static string InTerminal(IReadOnlyList<Block> blocks, int width, bool colors = false)
    {
        var terminal = new Terminal(width);
        Console(terminal, colors).Show(blocks);
        return terminal.Writer.ToString()!.ReplaceLineEndings("\n");
    }

    private static IAnsiConsole Console(IAnsiConsoleOutput output, bool colors) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = output,
        Ansi = colors ? AnsiSupport.Yes : AnsiSupport.No,
        ColorSystem = colors ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
        Interactive = InteractionSupport.No,
    });

    private sealed class Terminal(int width) : IAnsiConsoleOutput
    {
        public TextWriter Writer { get; } = new StringWriter();

        public bool IsTerminal => true;

        public int Width => width;

        public int Height => 50;

        public void SetEncoding(Encoding encoding)
        {
        }
    }
}
