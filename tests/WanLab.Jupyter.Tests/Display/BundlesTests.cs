using System;
using Microsoft.AspNetCore.Html;
using WanLab.Jupyter.Display;
using WanLab.Jupyter.Wire;

namespace WanLab.Jupyter.Tests.Display;

public class BundlesTests
{
    [Theory]
    [InlineData(5, "text/plain", "5")]
    [InlineData(2.5, "text/plain", "2.5")]
    [InlineData(true, "text/plain", "True")]
    [InlineData("a <b>", "text/plain", "a <b>")]
    [InlineData(null, "text/html+text/plain", "<null>")]
    public void Simple_values_are_plain_text(object? value, string forms, string text)
    {
        var data = Bundles.Of(value, []);
        Assert.Equal((forms, text), (string.Join('+', data.Forms.Keys), data.Forms["text/plain"]));
    }

    [Fact]
    public void Objects_are_tables_and_text()
    {
        var data = Bundles.Of(new { Steps = 5 }, []);
        Assert.Contains("<td>Steps</td>", data.Forms["text/html"], StringComparison.Ordinal);
        Assert.Contains("Steps: 5", data.Forms["text/plain"], StringComparison.Ordinal);
    }

    [Fact]
    public void Markup_stays_as_it_is() =>
        Assert.Equal("<b>&amp;</b>", Bundles.Of(new HtmlString("<b>&amp;</b>"), []).Forms["text/html"]);

    [Fact]
    public void A_display_that_is_much_too_large_is_cut_with_a_sentence()
    {
        var data = Bundles.Of(new { Text = new string('x', 600_000) }, []);
        Assert.Equal(["text/plain"], data.Forms.Keys);
        Assert.True(data.Forms["text/plain"].Length < 3000);
        Assert.Matches("would put 6[0-9][0-9] kB into the notebook. Show a part of it", data.Forms["text/plain"]);
    }

    [Fact]
    public void What_was_made_to_be_shown_is_never_cut()
    {
        var text = new string('x', 600_000);
        Assert.Equal(text, Bundles.Of(new HtmlString(text), []).Forms["text/html"]);
        Assert.Equal(text, Bundles.Of(text, []).Forms["text/plain"]);
        var table = new WanLab.Notebooks.Table { Columns = ["a"], Rows = [[text]] };
        Assert.Contains(text, Bundles.Of(table, []).Forms["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_form_that_a_value_does_not_have_is_an_error() =>
        Assert.Contains("text/csv2", Assert.Throws<ArgumentException>(() => Bundles.Of(5, ["text/csv2"])).Message,
            StringComparison.Ordinal);
}
