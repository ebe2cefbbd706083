using System.Runtime.Loader;
using WanLab.Models;
using WanLab.Training;

namespace WanLab.Notebooks.Tests.Formatting;

/// <summary>A notebook's <c>#r "WanLab.Notebooks.dll"</c>: the assemblies lie in a load context of their own.</summary>
public sealed class LoadedByAPathTests
{
    [Fact]
    public void The_attribute_finds_the_formatters_beside_its_own_assembly()
    {
        var context = new Folder(Path.GetDirectoryName(typeof(Lab).Assembly.Location)!);
        try
        {
            var notebooks = context.LoadFromAssemblyPath(typeof(Lab).Assembly.Location);
            var job = notebooks.GetType("WanLab.Notebooks.Lab")!.GetMethod("Job")!.ReturnType;
            Assert.NotEqual(typeof(TrainingJob), job); // the same type, loaded twice
            var attribute = job.GetCustomAttributes(inherit: true).Single(a => a.GetType().Name == "TypeFormatterSourceAttribute");
            var source = (Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!;
            Assert.Same(notebooks, source.Assembly);
        }
        finally
        {
            context.Unload();
        }
    }

    private sealed class Folder(string folder) : AssemblyLoadContext(isCollectible: true)
    {
        protected override System.Reflection.Assembly? Load(System.Reflection.AssemblyName name) =>
            name.Name!.StartsWith("WanLab", StringComparison.Ordinal)
                ? LoadFromAssemblyPath(Path.Combine(folder, name.Name + ".dll"))
                : null;
    }
}
