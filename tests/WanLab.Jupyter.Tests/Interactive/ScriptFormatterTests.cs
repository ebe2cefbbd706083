using WanLab.Testing;

namespace WanLab.Jupyter.Tests.Interactive;

public sealed class ScriptFormatterTests : IDisposable
{
    private readonly ScriptHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task A_script_that_names_the_assemblies_finds_the_formatters()
    {
        string[] names =
        [
            "WanLab.Base", "WanLab.Torch", "WanLab.Media", "WanLab.Datasets", "WanLab", "WanLab.Experiments", "WanLab.Tiny",
            "WanLab.Notebooks",
        ];
        var references = string.Concat(names.Select(name => $"#r \"{Path.Combine(AppContext.BaseDirectory, name + ".dll")}\"\n"));
        var (text, errors) = await _host.RunAsync(references + """
            using System.Linq;
            // As Microsoft.DotNet.Interactive.Formatting does it with every type: by names.
            var shown = WanLab.Notebooks.Table.Of(new[] { 0.25 }, ("loss", v => v));
            var attribute = shown.GetType().GetCustomAttributes(false).Single(a => a.GetType().Name == "TypeFormatterSourceAttribute");
            var type = (System.Type)attribute.GetType().GetProperty("FormatterSourceType").GetValue(attribute);
            object Call(object target, string name, params object[] arguments) =>
                target.GetType().GetMethod(name).Invoke(target, arguments);
            var source = System.Activator.CreateInstance(type, true);
            var formatters = (System.Collections.Generic.IEnumerable<object>)Call(source, "CreateTypeFormatters");
            var writer = new System.IO.StringWriter();
            Call(formatters.Last(), "Format", shown, writer);
            writer.ToString()
            """);
        Assert.Equal(("", "  loss\n  ----\n  0.25\n"), (errors, text));
    }
}
