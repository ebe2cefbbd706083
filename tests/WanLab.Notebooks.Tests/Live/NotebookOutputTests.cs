using Microsoft.DotNet.Interactive;
using Microsoft.Extensions.Time.Testing;
using WanLab.Notebooks.Blocks;
using WanLab.Notebooks.Live;

namespace WanLab.Notebooks.Tests.Live;

#pragma warning disable IDE1006 // the kernel's own names

public sealed class NotebookOutputTests
{
    [Fact]
    public void A_kernel_is_found_by_its_names()
    {
        var output = KernelOutput.Find([null, typeof(string), typeof(Kernel)])!;
        var place = output.Show("first");
        place.Update("second");
        Assert.Equal(["first", "second"], Kernel.Shown.Values);
        Assert.False(output.Renews); // only of our own kernel is it known that updates arrive
    }

    [Fact]
    public void Without_a_kernel_there_is_none() => Assert.Null(KernelOutput.Find([null, typeof(string)]));

    [Fact]
    public void A_console_shows_one_line_in_ten_seconds_and_the_end()
    {
        var time = new FakeTimeProvider();
        var console = new StringWriter { NewLine = "\n" };
        var place = new ConsoleOutput(console, time).Show(Live("step 1"));
        place.Update(Live("step 2"));
        time.Advance(TimeSpan.FromSeconds(9));
        place.Update(Live("step 3"));
        time.Advance(TimeSpan.FromSeconds(1));
        place.Update(Live("step 4"));
        place.Update(new LivePage([new Blocks.Paragraph("all of it")], "step 5", isLast: true, new Blocks.HtmlSettings()));
        Assert.Equal("step 1\nstep 4\nall of it\n", console.ToString());

        static LivePage Live(string line) => new([], line, isLast: false, new Blocks.HtmlSettings());
    }

    /// <summary>Stands for a kernel: the names, and what they are given.</summary>
    private static class Kernel
    {
        public static DisplayedValue Shown { get; private set; } = new();

        public static DisplayedValue display(object value, params string[] mimeTypes)
        {
            Assert.Empty(mimeTypes);
            Shown = new DisplayedValue();
            Shown.Update(value);
            return Shown;
        }
    }

    public sealed class DisplayedValue
    {
        public List<object> Values { get; } = [];

        public void Update(object value) => Values.Add(value);
    }
}
