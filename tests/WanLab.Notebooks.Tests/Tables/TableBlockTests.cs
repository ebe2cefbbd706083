using WanLab.Models;
using WanLab.Notebooks.Blocks;

namespace WanLab.Notebooks.Tests.Tables;

public sealed class TableBlockTests
{
    [Theory]
    [InlineData("6.65e-4|0.0015", "0.000665|0.001500")]
    [InlineData("5e-4|0.002|0.01", "0.0005|0.0020|0.0100")]
    [InlineData("7.787|61.33|-0.2", "7.787|61.330|-0.200")]
    [InlineData("+0.5|-0.25|", "+0.50|-0.25|")]
    [InlineData("5e-10|0.5", "5.00e-10|5.00e-1")]
    [InlineData("16|4", "16|4")]
    [InlineData("0.5 ± 0.125|2 ± 0", "0.500 ± 0.125|2.000 ± 0.000")]
    [InlineData("1,061|280", "1,061|280")]
    [InlineData("12.5 MiB|900.0 KiB", "12.5 MiB|900.0 KiB")]
    [InlineData("0.5|none", "0.5|none")]
    public void Numbers_of_a_column_have_one_form(string cells, string shown)
    {
        var table = new TableBlock(["a"], [.. cells.Split('|').Select(cell => (string[])[cell])]);
        Assert.Equal(shown.Split('|'), table.Rows.Select(row => row[0]));
    }

    [Theory]
    [InlineData("0.5|12", true)]
    [InlineData("0.5 ± 0.1|12", true)]
    [InlineData("1.0 MiB|12 %", true)]
    [InlineData("1|finished", false)]
    [InlineData("|", false)]
    public void A_column_of_numbers_stands_to_the_right(string cells, bool isNumeric) =>
        Assert.Equal(isNumeric, new TableBlock(["a"], [.. cells.Split('|').Select(cell => (string[])[cell])]).IsNumeric(0));

    [Fact]
    public void An_expert_has_one_name_in_tables() =>
        Assert.Equal(["high noise", "low noise"], Table.Of(Experts.All, ("expert", e => e)).Rows.Select(row => row[0]));

    [Fact]
    public void A_table_brings_its_own_ground_and_takes_the_text_colour_of_the_page()
    {
        var html = new HtmlWriter(new HtmlSettings());
        new TableBlock(["step"], [["1"]]).Write(html);
        Assert.Contains("color:inherit", html.ToString());
        Assert.DoesNotContain("<tr>", html.ToString());
    }
}
