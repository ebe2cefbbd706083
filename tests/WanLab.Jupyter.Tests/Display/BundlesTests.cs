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
    public void A_form_that_a_value_does_not_have_is_an_error() =>
        Assert.Contains("text/csv2", Assert.Throws<ArgumentException>(() => Bundles.Of(5, ["text/csv2"])).Message, StringComparison.Ordinal);
}
