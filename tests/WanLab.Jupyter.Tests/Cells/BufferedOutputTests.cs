using System;
using Microsoft.Extensions.Time.Testing;
using WanLab.Jupyter.Cells;
using WanLab.Jupyter.Runner;

namespace WanLab.Jupyter.Tests.Cells;

public class BufferedOutputTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly NotebookOutput _shown = new(1, new DisplayPlaces());
    private readonly BufferedOutput _output;

    public BufferedOutputTests() => _output = new BufferedOutput(_shown, _time);

    [Fact]
    public void Small_writes_wait_for_each_other()
    {
        _output.Stream("stdout", "a");
        _output.Stream("stdout", "b");
        Assert.Empty(_shown.Snapshot());
        _time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal("""[{"output_type":"stream","name":"stdout","text":["ab"]}]""", _shown.Snapshot().ToJsonString());
        _output.Stream("stdout", "c");
        _time.Advance(TimeSpan.FromMilliseconds(49));
        Assert.Equal("ab", Last());
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("abc", Last());
    }

    [Fact]
    public void Order_is_kept_between_streams_and_displays()
    {
        _output.Stream("stdout", "a");
        _output.Stream("stderr", "b");
        _output.Display(MimeBundle.Plain("c"), "id");
        _output.Stream("stdout", "d");
        _output.Flush();
        Assert.Equal(["stream", "stream", "display_data", "stream"], _shown.Snapshot().Select(output => (string?)output!["output_type"]));
    }

    [Fact]
    public void Text_that_was_handed_on_early_leaves_no_timer_behind()
    {
        _output.Stream("stdout", "a");
        _output.Flush();
        _time.Advance(TimeSpan.FromMilliseconds(30));
        _output.Stream("stdout", "b");
        _time.Advance(TimeSpan.FromMilliseconds(20)); // when the timer of the first text would have fired
        Assert.Equal("a", Last());
        _time.Advance(TimeSpan.FromMilliseconds(30));
        Assert.Equal("ab", Last());
    }

    [Fact]
    public void Much_text_does_not_wait()
    {
        _output.Stream("stdout", new string('x', 1 << 18));
        Assert.Single(_shown.Snapshot());
    }

    private string Last() => string.Concat(_shown.Snapshot()[^1]!["text"]!.AsArray().Select(line => (string?)line));
}
