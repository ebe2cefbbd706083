using System.Reflection;
using WanLab.Notebooks.Formatting;
using WanLab.Notebooks.Views;

namespace WanLab.Notebooks;

/// <summary>
/// Teaches a C# kernel to show tables and charts of other libraries as WanLab shows its own: DataFrame of
/// Microsoft.Data.Analysis, frames of Deedle, charts of Plotly.NET. Found by name once a cell has loaded them.
/// </summary>
public static class KernelFormatters
{
    private const string FormatterType = "Microsoft.DotNet.Interactive.Formatting.Formatter";

    private static readonly Dictionary<string, string> Types = new()
    {
        ["Microsoft.Data.Analysis"] = "Microsoft.Data.Analysis.DataFrame",
        ["Deedle"] = ForeignViews.DeedleFrame,
        ["Plotly.NET"] = ForeignViews.PlotlyChart,
    };

    private static MethodInfo? _register;

    /// <summary>Registers the formatters. WanLab's kernel has done so; <c>wanlab.dib</c> does it in another.</summary>
    /// <exception cref="WanLabException">This process has no formatters of .NET Interactive.</exception>
    public static void Register()
    {
        var formatter = AppDomain.CurrentDomain.GetAssemblies()
            .Select(assembly => assembly.GetType(FormatterType)).FirstOrDefault(type => type is not null)
            ?? throw new WanLabException($"There is no {FormatterType} in this process: it is not a C# notebook kernel.");
        var register = formatter.GetMethod("Register", [typeof(Type), typeof(Action<object, TextWriter>), typeof(string)])!;
        if (Interlocked.Exchange(ref _register, register) is not null) return; // once a process
        AppDomain.CurrentDomain.AssemblyLoad += (_, loaded) => Add(loaded.LoadedAssembly);
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies()) Add(assembly);
    }

    /// <summary>Whether values of a type are shown by WanLab: its own, and those of the other libraries.</summary>
    public static bool Shows(Type type) => Types.Values.Any(name => ForeignViews.Named(type, name) is not null)
        || type.GetCustomAttribute<TypeFormatterSourceAttribute>(inherit: true) is not null;

    private static void Add(Assembly assembly)
    {
        if (assembly.GetName().Name is not { } name || !Types.TryGetValue(name, out var typeName)) return;
        if (assembly.GetType(typeName) is not { } type) return;
        foreach (var form in new FormatterSource().CreateTypeFormatters().Cast<PageFormatter>())
        {
            Action<object, TextWriter> write = (value, writer) => form.Format(value, writer);
            _register!.Invoke(null, [type, write, form.MimeType]);
        }
    }
}
