namespace WanLab.Notebooks.Formatting;

/// <summary>Named by <see cref="TypeFormatterSourceAttribute"/>: hands a kernel the formatters of every type that is shown.</summary>
internal sealed class FormatterSource
{
    /// <summary>Makes the formatters: HTML first, then plain text.</summary>
    public IEnumerable<object> CreateTypeFormatters() => [new PageFormatter("text/html"), new PageFormatter("text/plain")];
}

/// <summary>Writes an object in one form. Kernels call its public members by name; they have no interface to share.</summary>
/// <param name="mimeType">text/html or text/plain.</param>
internal sealed class PageFormatter(string mimeType)
{
    /// <summary>The form that this formatter writes.</summary>
    public string MimeType => mimeType;

    /// <summary>Writes an object; false if WanLab does not show its type.</summary>
    public bool Format(object instance, TextWriter writer)
    {
        if (Pages.Of(instance) is not { } shown) return false;
        writer.Write(mimeType == "text/html" ? shown.Html() : shown.Text());
        return true;
    }
}
