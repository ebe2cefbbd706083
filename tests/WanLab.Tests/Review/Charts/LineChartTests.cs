using System.Xml.Linq;
using WanLab.Review.Charts;

namespace WanLab.Tests.Review.Charts;

public sealed class LineChartTests
{
    private static readonly LineChart Chart = new()
    {
        Title = "Loss < 1 & falling",
        AcrossTitle = "step",
        Lines = [new("high", [new(0, 0, 0.1), new(100, 10)]), new("low", [new(0, 5), new(100, 5)])],
        Reference = ("goal", 8),
    };

    [Fact]
    public void It_is_well_formed_and_points_lie_where_their_values_put_them()
    {
        var svg = XDocument.Parse(Chart.ToSvg());
        XNamespace ns = "http://www.w3.org/2000/svg";
        var circles = svg.Descendants(ns + "circle").Select(c => (X: (double)c.Attribute("cx")!, Y: (double)c.Attribute("cy")!)).ToArray();

        Assert.Equal(4, circles.Length);
        Assert.True(circles[0].X < circles[1].X && circles[0].Y > circles[1].Y); // up is less
        Assert.Equal(circles[2].Y, circles[3].Y);
        Assert.Equal((circles[0].Y + circles[1].Y) / 2, circles[2].Y, 0.2);
        Assert.Equal(["high", "low", "goal"], svg.Descendants(ns + "text").Select(t => t.Value).TakeLast(3));
        Assert.Contains("Loss < 1 & falling", svg.Descendants(ns + "text").Select(t => t.Value));
    }

    [Fact]
    public void Axes_have_round_ends_that_hold_all_values()
    {
        var axis = Axis.Over([3.2, 47.9]);

        Assert.Equal((0, 50), (axis.From, axis.To));
        Assert.All(axis.Ticks(), tick => Assert.Equal(0, tick % 5));
        Assert.True(Axis.Over([2, 2]) is { From: < 2, To: > 2 });
    }

    [Fact]
    public void A_chart_without_points_is_refused() =>
        Assert.Contains("no points", Assert.Throws<WanLabException>(() => (Chart with { Lines = [] }).ToSvg()).Message);
}
