using System.Runtime.Loader;

namespace WanLab;

/// <summary>
/// Marks a type that WanLab.Notebooks shows. C# notebook kernels find an attribute by this name, whatever its assembly, and
/// ask its source for formatters; so no kernel's package is needed. The source is looked for when a kernel asks: this
/// library knows its name and nothing else of displays, and where WanLab.Notebooks is not loaded a kernel's own form is shown.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
internal sealed class TypeFormatterSourceAttribute : Attribute
{
    /// <summary>Makes the formatters; it has a constructor without parameters.</summary>
    public Type FormatterSourceType { get; } = OfNotebooks() ?? typeof(NoFormatters);

    /// <summary>The forms that are asked for, the best first.</summary>
    public string[] PreferredMimeTypes { get; } = ["text/html", "text/plain"];

    // Among what is loaded, not by Type.GetType: hosts of scripts that load assemblies by path refuse a name without a version. Where
    // WanLab is loaded twice, the formatters are those next to this assembly.
    private static Type? OfNotebooks() => AssemblyLoadContext.GetLoadContext(typeof(TypeFormatterSourceAttribute).Assembly)!.Assemblies
        .Concat(AppDomain.CurrentDomain.GetAssemblies())
        .FirstOrDefault(assembly => assembly.GetName().Name == "WanLab.Notebooks")
        ?.GetType("WanLab.Notebooks.Formatting.FormatterSource");

    /// <summary>The source where WanLab.Notebooks is not there.</summary>
    internal sealed class NoFormatters
    {
        /// <summary>None.</summary>
        public IEnumerable<object> CreateTypeFormatters() => [];
    }
}
