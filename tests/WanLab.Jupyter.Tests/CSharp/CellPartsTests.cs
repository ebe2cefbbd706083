using WanLab.Jupyter.CSharp;
using WanLab.Notebooks.Blocks;

namespace WanLab.Jupyter.Tests.CSharp;

public class CellPartsTests
{
    [Fact]
    public void Code_alone_is_one_part_as_it_is()
    {
        var part = Assert.Single(CellParts.Of("var a = 1;\r\n\ra"));
        Assert.Equal((null, "var a = 1;\n\na"), (part.Magic, part.Code));
    }

    [Fact]
    public void Lines_keep_their_numbers_behind_magics_and_directives()
    {
        var parts = CellParts.Of("#!time\n#r \"nuget: A, 1.0\"\nvar a = 1;\n#!who\nvar b = 2;");
        Assert.Equal(["time", null, "who", null], parts.Select(part => part.Magic));
        Assert.Equal("\n\nvar a = 1;\n", parts[1].Code);
        Assert.Equal([("r", "nuget: A, 1.0")], parts[1].Directives);
        Assert.Equal("\n\n\n\nvar b = 2;", parts[3].Code);
    }

    [Fact]
    public void Markup_is_the_lines_under_its_magic() =>
        Assert.Equal([("html", "<b>\n#r \"x\"</b>\n"), (null, "\n\n\n\n1")],
            CellParts.Of("#!html\n<b>\n#r \"x\"</b>\n#!csharp\n1").Select(part => (part.Magic, part.Code)));

    [Fact]
    public void A_magic_can_have_an_argument() =>
        Assert.Equal(("import", "lib/setup.ipynb"),
            CellParts.Of("#!import  lib/setup.ipynb ").Select(part => (part.Magic, part.Argument)).Single());

    [Theory]
    [InlineData("")]
    [InlineData("  \n \n")]
    [InlineData("#!csharp")]
    public void An_empty_cell_has_no_parts(string code) => Assert.Empty(CellParts.Of(code));

    [Theory]
    [InlineData("#region a")]
    [InlineData("#pragma warning disable")]
    [InlineData("  #!time")]
    [InlineData("#nullable enable")]
    public void What_belongs_to_CSharp_stays(string line) =>
        Assert.Equal((null, line), CellParts.Of(line).Select(part => (part.Magic, part.Code)).Single());
}
