using System.Reflection;
using WanLab.Widgets;

namespace WanLab.Notebooks.Live;

/// <summary>A place for the output of a cell.</summary>
internal interface INotebookOutput
{
    /// <summary>Whether <see cref="IShownValue.Update"/> reaches the page. The tool of .NET Interactive drops it.</summary>
    bool Renews { get; }

    /// <summary>Whether a front end draws widgets, and a user can press them.</summary>
    bool HasWidgets { get; }

    /// <summary>Shows a value in a place of its own.</summary>
    IShownValue Show(object value);
}

/// <summary>The place where a value is shown.</summary>
internal interface IShownValue
{
    /// <summary>Shows another value there instead.</summary>
    void Update(object value);
}

/// <summary>
/// Finds the notebook that this process runs: any kernel that has the names of .NET Interactive, <c>Kernel.display</c> and
/// <c>DisplayedValue.Update</c>, as WanLab's own has. Without one, text goes to the console.
/// </summary>
internal static class NotebookOutput
{
    private const string KernelType = "Microsoft.DotNet.Interactive.Kernel";
    private static INotebookOutput? _chosen;

    /// <summary>The output in use; a host of another kind puts in its own.</summary>
    public static INotebookOutput Current
    {
        get => _chosen
            ?? (INotebookOutput?)KernelOutput.Find(AppDomain.CurrentDomain.GetAssemblies().Select(
                a => a.GetType(KernelType))) ?? new ConsoleOutput(Console.Out, TimeProvider.System);
        set => _chosen = value;
    }
}

/// <summary>A kernel with .NET Interactive's names, called by reflection so that none has to be there.</summary>
internal sealed class KernelOutput(MethodInfo display) : INotebookOutput
{
    private const string OwnKernel = "WanLab.Jupyter";

    /// <summary>Finds the first of some types that can display; null if none can.</summary>
    public static KernelOutput? Find(IEnumerable<Type?> kernels) =>
        kernels.Select(
            kernel => kernel?.GetMethod("display", BindingFlags.Public | BindingFlags.Static, [typeof(object), typeof(string[])]))
            .OfType<MethodInfo>().Select(method => new KernelOutput(method)).FirstOrDefault();

    /// <inheritdoc/>
    public bool Renews { get; } = display.DeclaringType!.Assembly.GetName().Name == OwnKernel;

    /// <inheritdoc/>
    public bool HasWidgets => Renews && WidgetHost.Current is not null;

    /// <inheritdoc/>
    public IShownValue Show(object value) => new Place(display.Invoke(null, [value, Array.Empty<string>()])!);

    private sealed class Place(object displayed) : IShownValue
    {
        private readonly MethodInfo _update = displayed.GetType().GetMethod("Update", [typeof(object)])!;

        public void Update(object value) => _update.Invoke(displayed, [value]);
    }
}
