using Microsoft.DotNet.Interactive.Formatting;
using WanLab.Jupyter.Cells;

namespace WanLab.Jupyter.Display;

/// <summary>Makes the forms of a value: those its type prefers, and always plain text.</summary>
internal static class Bundles
{
    private const string Plain = "text/plain";

    // As markup each would bring a style sheet of a thousand characters into the notebook.
    static Bundles()
    {
        foreach (var type in (Type[])[typeof(bool), typeof(char), typeof(byte), typeof(short), typeof(int), typeof(long), typeof(float), typeof(double), typeof(decimal), typeof(TimeSpan), typeof(DateTime), typeof(Guid)])
            Formatter.SetPreferredMimeTypesFor(type, Plain);
    }

    /// <summary>Formats a value.</summary>
    /// <param name="value">The value; null shows as its formatter says.</param>
    /// <param name="mimeTypes">The forms wanted; none: what the type prefers.</param>
    public static MimeBundle Of(object? value, IReadOnlyCollection<string> mimeTypes)
    {
        if (value is MimeText ready) return new MimeBundle(new Dictionary<string, string> { [Plain] = ready.Text, [ready.MimeType] = ready.Text });
        if (mimeTypes.Count == 0) mimeTypes = [.. Formatter.GetPreferredMimeTypesFor(value?.GetType() ?? typeof(object))];
        var forms = new Dictionary<string, string>();
        foreach (var type in mimeTypes) forms[type] = value.ToDisplayString(type);
        if (!forms.ContainsKey(Plain)) forms[Plain] = PlainText(value);
        return new MimeBundle(forms);
    }

    // Markup as plain text would be a page of tags.
    private static string PlainText(object? value) =>
        value is Microsoft.AspNetCore.Html.IHtmlContent ? "(HTML)" : value.ToDisplayString(Plain);
}
