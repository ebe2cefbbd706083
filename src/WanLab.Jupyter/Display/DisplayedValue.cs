using WanLab.Jupyter.Cells;
using WanLab.Jupyter.Display;

// In no namespace, which cells look in first: the formatting package has another type of this name.

/// <summary>A value shown in a notebook, which another one can replace in the same place.</summary>
public sealed class DisplayedValue
{
    private readonly IReadOnlyList<string> _mimeTypes;

    internal DisplayedValue(object? value, IReadOnlyList<string> mimeTypes)
    {
        Value = value;
        var data = Bundles.Of(value, mimeTypes);
        _mimeTypes = [.. data.Forms.Keys.Where(type => type != WidgetForms.View)];
        if (CellRun.Current is { } run) run.Output.Display(data, DisplayId);
        else WriteLine(data);
    }

    /// <summary>The name of the place, unique in this process.</summary>
    public string DisplayId { get; } = Guid.NewGuid().ToString("N");

    /// <summary>The value that is shown now.</summary>
    public object? Value { get; private set; }

    /// <summary>
    /// Shows another value in the same place, in the forms that the first one had. From any thread, also after the cell's end.
    /// </summary>
    public void Update(object? updatedValue)
    {
        if (Value is MimeText first && updatedValue is string text) updatedValue = first with { Text = text };
        Value = updatedValue;
        var data = Bundles.Of(updatedValue, _mimeTypes);
        if (CellRun.CurrentForUpdates is { } run) run.Output.Update(data, DisplayId);
        else WriteLine(data);
    }

    // Outside of a notebook, a value is printed.
    private static void WriteLine(MimeBundle data) => Console.WriteLine(data.Forms["text/plain"]);
}
