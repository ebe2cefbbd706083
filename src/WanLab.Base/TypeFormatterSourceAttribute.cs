using System.Runtime.Loader;

namespace WanLab;

/// <summary>
/// Marks a type that WanLab.Notebooks displays. C# notebook kernels look for an attribute of this name in any assembly and
/// ask its source for formatters, so no package of a kernel is needed. The source is looked up when a kernel asks: this
/// library knows nothing of displays but the source's name, and where WanLab.Notebooks is not loaded the kernel's default display is used.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
internal sealed class TypeFormatterSourceAttribute : Attribute
{
    /// <summary>The type that makes the formatters; it has a constructor without parameters.</summary>
    public Type FormatterSourceType { get; } = OfNotebooks() ?? typeof(NoFormatters);

    /// <summary>The formats to ask for, the best first.</summary>
    public string[] PreferredMimeTypes { get; } = ["text/html", "text/plain"];

    // Among what is loaded, not by Type.GetType: hosts of scripts that load assemblies by path refuse a name without a version. Where
    // WanLab is loaded twice, the formatters are those next to this assembly.
    private static Type? OfNotebooks() => AssemblyLoadContext.GetLoadContext(typeof(TypeFormatterSourceAttribute).Assembly)!.Assemblies
        .Concat(AppDomain.CurrentDomain.GetAssemblies())
        .FirstOrDefault(assembly => assembly.GetName().Name == "WanLab.Notebooks")
        ?.GetType("WanLab.Notebooks.Formatting.FormatterSource");

    /// <summary>The source of formatters where WanLab.Notebooks is not loaded.</summary>
    internal sealed class NoFormatters
    {
        /// <summary>An empty list of formatters.</summary>
        public IEnumerable<object> CreateTypeFormatters() => [];
    }
}
