using WanLab.Options;
using WanLab.Yaml;

namespace WanLab.Tests.Yaml;

/// <summary>The reader of records knows no key of WanLab: here it reads a garden.</summary>
public sealed class YamlFormTests
{
    private static readonly YamlForm<Garden> Form = new();

    [Fact]
    public void A_property_is_a_key() =>
        Assert.Equal(["beds.N.kind", "beds.N.depth", "beds.N.seeds", "plan.width", "plan.tool", "plan.depth"], Form.Paths);

    [Fact]
    public void Values_of_all_forms_are_read_and_written()
    {
        var garden = Read("""
            plan: {width: 3, tool: rake, depth: 2}
            beds:
              - {kind: pot, seeds: 7}
              - {kind: bed, depth: 1}
            """, out var problems);

        Assert.Empty(problems);
        Assert.Equal((3, "rake", 2), (garden.Plan.Width, garden.Plan.Tool.Name, garden.Plan.Depth));
        Assert.Equal([BedKind.Pot, BedKind.Bed], garden.Beds.Select(bed => bed.Kind));
        Assert.Equal(
            """
            beds:
              - kind: pot
                depth: 0.5
                seeds: 7
              - kind: bed
                depth: 1
                seeds: 1
            plan:
              width: 3
              tool: rake
              depth: 2

            """, YamlText.Emit(Form.Write(garden)));
    }

    [Fact]
    public void All_problems_are_found_at_once_with_their_lines()
    {
        Read("plan:\n  wide: 3\n  tool: fork\nbeds:\n  - kind: pond\n    depth: 0\n", out var problems);

        Assert.Equal(
            """
            garden.yaml:2: error: plan.wide: is not a known key; did you mean 'plan.width'?
            garden.yaml:3: error: plan.tool: must be one of spade, rake; not 'fork'
            garden.yaml:5: error: beds.0.kind: must be one of bed, pot; not 'pond'
            garden.yaml:6: error: beds.0.depth: must be above 0, not 0
            """, string.Join('\n', problems));
    }

    [Fact]
    public void Options_that_lack_their_attributes_are_refused_when_the_form_is_made()
    {
        Assert.Contains("Unlimited.Number is a number without limits", Failure(() => new YamlForm<Unlimited>()));
        Assert.Contains("Unexplained.Names is a list without an example", Failure(() => new YamlForm<Unexplained>()));
        Assert.Contains("Silent.Mute has no word", Failure(() => new YamlForm<Wordless>()));
    }

    private static string Failure(Action make) => Assert.Throws<InvalidOperationException>(make).Message;

    private static Garden Read(string yaml, out IReadOnlyList<Problem> problems)
    {
        var context = new ReadContext(Form.Paths);
        var garden = Form.Read(YamlText.Parse(yaml, new YamlSource("garden.yaml", "", HasLines: true))!, context);
        problems = context.Problems;
        return garden;
    }

    /// <summary>Kinds of beds.</summary>
    public enum BedKind
    {
        /// <summary>In the ground.</summary>
        [Word("bed")]
        Bed,

        /// <summary>On the terrace.</summary>
        [Word("pot")]
        Pot,
    }

    /// <summary>A value without a word.</summary>
    public enum Silent
    {
        /// <summary>No word.</summary>
        Mute,
    }

    /// <summary>Something to dig with.</summary>
    public sealed record Tool(string Name) : INamed
    {
        /// <summary>For deep soil.</summary>
        public static Tool Spade { get; } = new("spade");

        /// <summary>For leaves.</summary>
        public static Tool Rake { get; } = new("rake");
    }

    /// <summary>A place for plants.</summary>
    public sealed record Bed
    {
        /// <summary>A bed or a pot.</summary>
        public BedKind Kind { get; init; }

        /// <summary>Depth in metres.</summary>
        [Above(0)]
        public double Depth { get; init; } = 0.5;

        /// <summary>Seeds in a row.</summary>
        [AtLeast(1)]
        public int Seeds { get; init; } = 1;
    }

    /// <summary>The whole.</summary>
    public sealed record Plan
    {
        /// <summary>Width in metres.</summary>
        [AtLeast(1)]
        public int Width { get; init; } = 1;

        /// <summary>The tool that is bought.</summary>
        public Tool Tool { get; init; } = Tool.Spade;

        /// <summary>Depth in metres.</summary>
        [AtLeast(0)]
        public int Depth { get; init; }
    }

    /// <summary>A file of options.</summary>
    public sealed record Garden
    {
        /// <summary>Places for plants.</summary>
        [Items("'- kind: bed'")]
        public IReadOnlyList<Bed> Beds { get; init; } = [];

        /// <summary>The plan.</summary>
        public Plan Plan { get; init; } = new();
    }

    /// <summary>A number without limits.</summary>
    public sealed record Unlimited
    {
        /// <summary>Any number.</summary>
        public int Number { get; init; }
    }

    /// <summary>A list without an example.</summary>
    public sealed record Unexplained
    {
        /// <summary>Any names.</summary>
        public IReadOnlyList<string> Names { get; init; } = [];
    }

    /// <summary>A choice without words.</summary>
    public sealed record Wordless
    {
        /// <summary>Any.</summary>
        public Silent Choice { get; init; }
    }
}
