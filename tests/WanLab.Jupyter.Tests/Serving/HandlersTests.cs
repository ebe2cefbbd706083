using WanLab.Widgets;

namespace WanLab.Jupyter.Tests.Serving;

/// <summary>The work of cells when a widget is used, one press after the other.</summary>
public sealed class HandlersTests
{
    [Fact]
    public async Task A_press_is_dealt_with_even_where_the_failure_of_an_earlier_one_could_not_be_shown()
    {
        var presses = new List<int>();
        var handlers = new Handlers<int>();
        handlers.Add(press =>
        {
            presses.Add(press);
            return press < 3 ? throw new Unspeakable() : Task.CompletedTask;
        });
        foreach (var press in (int[])[1, 2, 3]) handlers.Raise(press);
        await handlers.Settled;
        Assert.Equal([1, 2, 3], presses);
    }

    // Showing it fails as well.
    private sealed class Unspeakable : Exception
    {
        public override string Message => throw new InvalidOperationException("no words");
    }
}
