using System.Reflection;
using Microsoft.DotNet.Interactive.Formatting;
using WanLab.Models;
using WanLab.Notebooks.Blocks;
using WanLab.Notebooks.Formatting;
using WanLab.Notebooks.Media;
using WanLab.Runs;
using WanLab.Testing;
using WanLab.Tiny.Experiments;
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
            return new HtmlSettings { NewId = () => $"wl-{++ids}", Plotly = new PlotDelivery(), Videos = new VideoBudget() };
        };
    }

    /// <summary>Types with the attribute, in all assemblies that have some.</summary>
    public static IEnumerable<Type> ShownTypes =>
        new[]
        {
            typeof(Yaml.Problem).Assembly, typeof(WanLab.Media.RgbClip).Assembly, typeof(Datasets.Clip).Assembly,
            typeof(Curation.Xray.DatasetXray).Assembly,
            typeof(RunFolder).Assembly, typeof(Experiments.Experiment).Assembly, typeof(Summary).Assembly, typeof(Lab).Assembly,
        }
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type =>
            type.GetCustomAttributes(inherit: true).Any(a => a.GetType().Name == "TypeFormatterSourceAttribute") && !type.IsAbstract)
        // A model, a widget, a server: their own tests.
        .Where(type => type != typeof(TrainingRun) && type != typeof(LabForm) && type != typeof(LabCuration));

    [Fact]
    public void Every_type_looks_the_same_under_the_package_of_NET_Interactive()
    {
        Assert.Equal(ShownTypes.Select(t => t.FullName).Order(), _scene.Shown.Select(s => s.Example.GetType().FullName).Order());
        foreach (var (example, html, text) in _scene.Shown)
        {
            Assert.Equal(["text/html", "text/plain"], Formatter.GetPreferredMimeTypesFor(example.GetType()));
            foreach (var (mime, shown) in new[] { ("text/html", html), ("text/plain", text) })
            {
                var own = new StringWriter();
                Assert.True(new PageFormatter(mime).Format(example, own));
                Assert.NotEqual("", shown.Trim());
                Assert.Equal(own.ToString(), shown);
            }
        }
    }

    [Fact]
    public void Every_display_is_like_its_golden_file()
    {
        foreach (var (example, html, text) in _scene.Shown.Where(s => s.Example is not PlotsReady))
        {
            Golden.Matches($"{example.GetType().Name}.html", _scene.Tidy(html));
            Golden.Matches($"{example.GetType().Name}.txt", _scene.Tidy(text));
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
        foreach (var (_, html, _) in _scene.Shown)
        {
            Assert.DoesNotContain("<tree>", html);
            Assert.DoesNotContain("<360>", html);
            Assert.DoesNotContain("<warning>", html);
        }
    }

    [Fact]
    public void Another_type_is_left_to_the_kernel() =>
        Assert.False(new PageFormatter("text/html").Format(new object(), new StringWriter()));

    [Fact]
    public void The_convention_needs_public_members()
    {
        // Called by name: one overload each, and a constructor without parameters.
        Assert.Single(typeof(PageFormatter).GetMethods(BindingFlags.Public | BindingFlags.Instance), m => m.Name == "Format");
        Assert.NotNull(typeof(FormatterSource).GetConstructor([]));
    }
}
