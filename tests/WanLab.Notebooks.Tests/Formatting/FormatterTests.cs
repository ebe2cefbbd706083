using System.Reflection;
using Microsoft.DotNet.Interactive.Formatting;
using WanLab.Notebooks.Blocks;
using WanLab.Notebooks.Formatting;
using WanLab.Notebooks.Media;
using WanLab.Training;

namespace WanLab.Notebooks.Tests.Formatting;

/// <summary>Everything that is shown, through WanLab's own formatters and through those of .NET Interactive's package alone.</summary>
public sealed class FormatterTests : TensorTest, IClassFixture<Scene>
{
    private readonly Scene _scene;

    public FormatterTests(Scene scene)
    {
        _scene = scene;
        HtmlSettings.Notebook = () =>
        {
            var ids = 0;
            return new HtmlSettings { NewId = () => $"wl-{++ids}", Plotly = new PlotlyDelivery(), Videos = new VideoBudget() };
        };
    }

    /// <summary>Types with the attribute, in both assemblies.</summary>
    public static IEnumerable<Type> ShownTypes => new[] { typeof(RunFolder).Assembly, typeof(Lab).Assembly }
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.GetCustomAttributes(inherit: true).Any(a => a.GetType().Name == "TypeFormatterSourceAttribute") && !type.IsAbstract)
        .Where(type => type != typeof(TrainingRun)); // needs a model: LiveRunTests shows one

    [Fact]
    public void Every_type_looks_the_same_under_the_package_of_NET_Interactive()
    {
        var examples = _scene.Examples();
        Assert.Equal(ShownTypes.Select(t => t.FullName).Order(), examples.Keys.Select(t => t.FullName).Order());
        foreach (var (type, example) in examples)
        {
            Assert.Equal(["text/html", "text/plain"], Formatter.GetPreferredMimeTypesFor(type));
            foreach (var mime in new[] { "text/html", "text/plain" })
            {
                var own = new StringWriter();
                Assert.True(new PageFormatter(mime).Format(example, own));
                Assert.NotEqual("", own.ToString().Trim());
                Assert.Equal(own.ToString(), example.ToDisplayString(mime));
            }
        }
    }

    [Fact]
    public void What_is_shown()
    {
        foreach (var (type, example) in _scene.Examples().Where(e => e.Key != typeof(PlotsReady)))
        {
            Golden.Matches($"{type.Name}.html", _scene.Tidy(example.ToDisplayString("text/html")));
            Golden.Matches($"{type.Name}.txt", _scene.Tidy(example.ToDisplayString("text/plain")));
        }
    }

    [Fact]
    public void A_list_of_shown_things_shows_each()
    {
        var html = new[] { _scene.Job }.ToDisplayString("text/html");
        Assert.Contains("Job shown", html);
    }

    [Fact]
    public void Text_from_users_can_not_become_markup()
    {
        foreach (var example in _scene.Examples().Values)
        {
            var html = example.ToDisplayString("text/html");
            Assert.DoesNotContain("<tree>", html);
            Assert.DoesNotContain("<360>", html);
            Assert.DoesNotContain("<warning>", html);
        }
    }

    [Fact]
    public void Another_type_is_left_to_the_kernel() => Assert.False(new PageFormatter("text/html").Format(new object(), new StringWriter()));

    [Fact]
    public void The_convention_needs_public_members()
    {
        // Called by name: one overload each, and a constructor without parameters.
        Assert.Single(typeof(PageFormatter).GetMethods(BindingFlags.Public | BindingFlags.Instance), m => m.Name == "Format");
        Assert.NotNull(typeof(FormatterSource).GetConstructor([]));
    }
}
