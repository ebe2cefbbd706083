using WanLab.Jupyter.Cells;
using WanLab.Jupyter.Display;

namespace Microsoft.DotNet.Interactive;

/// <summary>A value shown in a notebook, which can be shown anew in the same place.</summary>
public sealed class DisplayedValue
{
    private readonly IReadOnlyList<string> _mimeTypes;
    private readonly CellRun? _run;

    internal DisplayedValue(object? value, IReadOnlyList<string> mimeTypes)
    {
        Value = value;
        _run = CellRun.Current;
        var data = Bundles.Of(value, mimeTypes);
        _mimeTypes = [.. data.Forms.Keys];
        Show(data, update: false);
    }

    /// <summary>The place's name, its own in this process.</summary>
    public string DisplayId { get; } = Guid.NewGuid().ToString("N");

    /// <summary>What is shown now.</summary>
    public object? Value { get; private set; }

    /// <summary>Shows another value in the same place, in the forms that the first one had. From any thread, also after the cell's end.</summary>
    public void Update(object? updatedValue)
    {
        if (Value is MimeText first && updatedValue is string text) updatedValue = first with { Text = text };
        Value = updatedValue;
        Show(Bundles.Of(updatedValue, _mimeTypes), update: true);
    }

    private void Show(MimeBundle data, bool update)
    {
        if (_run is null) Console.WriteLine(data.Forms["text/plain"]); // outside of a notebook
        else if (update) _run.Output.Update(data, DisplayId);
        else _run.Output.Display(data, DisplayId);
    }
}
