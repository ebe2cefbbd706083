using Microsoft.DotNet.Interactive;
using WanLab.Jupyter.Display;

// In no namespace, which cells look in first: the formatting package has methods of these names in System, as .NET
// Interactive needs them, and they would not know where this kernel shows things.

/// <summary>Shows values from within an expression.</summary>
public static class DisplayExtensions
{
    /// <summary>Shows the value in the output of the cell.</summary>
    /// <param name="value">Anything.</param>
    /// <param name="mimeTypes">The forms to show it in; none: what its type prefers.</param>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) => Kernel.display(value, mimeTypes);

    /// <summary>Shows a text as what it is: <c>"&lt;b&gt;hi&lt;/b&gt;".DisplayAs("text/html")</c>.</summary>
    public static DisplayedValue DisplayAs(this string? value, string mimeType) =>
        Kernel.display(new MimeText(mimeType, value ?? ""), mimeType);
}
