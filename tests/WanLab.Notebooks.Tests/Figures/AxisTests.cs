using WanLab.Notebooks.Figures;

namespace WanLab.Notebooks.Tests.Figures;

public sealed class AxisTests
{
    [Fact]
    public void An_axis_has_round_ends_that_hold_all_values()
    {
        var axis = Axis.Over([3.2, 47.9]);

        Assert.Equal((0, 50), (axis.From, axis.To));
        Assert.All(axis.Ticks(), tick => Assert.Equal(0, tick % 5));
        Assert.True(Axis.Over([2, 2]) is { From: < 2, To: > 2 });
    }
}
