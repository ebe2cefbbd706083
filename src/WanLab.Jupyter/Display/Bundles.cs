using System.Globalization;
using Microsoft.DotNet.Interactive.Formatting;
using WanLab.Jupyter.Cells;
using WanLab.Widgets;

namespace WanLab.Jupyter.Display;

/// <summary>Makes the forms of a value: those its type prefers, and always plain text.</summary>
internal static class Bundles
{
    private const string Plain = "text/plain";
    private const int Most = 500_000, Beginning = 2_000;

    // As markup each would bring a style sheet of a thousand characters into the notebook.
    static Bundles()
    {
        foreach (var type in (Type[])[typeof(bool), typeof(char), typeof(byte), typeof(short), typeof(int), typeof(long), typeof(float),
            typeof(double), typeof(decimal), typeof(TimeSpan), typeof(DateTime), typeof(Guid)])
            Formatter.SetPreferredMimeTypesFor(type, Plain);
    }

    /// <summary>Formats a value.</summary>
    /// <param name="value">The value; null shows as its formatter says.</param>
    /// <param name="mimeTypes">The forms wanted; none: what the type prefers.</param>
    public static MimeBundle Of(object? value, IReadOnlyCollection<string> mimeTypes)
    {
        if (value is Widget widget) return WidgetForms.Of(widget);
        var isOwn = value is null or string or Microsoft.AspNetCore.Html.IHtmlContent || Displays.OwnsFormsOf(value.GetType());
        if (value is MimeText ready)
            return new MimeBundle(new Dictionary<string, string> { [Plain] = ready.Text, [ready.MimeType] = ready.Text });
        if (mimeTypes.Count == 0) mimeTypes = [.. Formatter.GetPreferredMimeTypesFor(value?.GetType() ?? typeof(object))];
        var forms = new Dictionary<string, string>();
        foreach (var type in mimeTypes) forms[type] = value.ToDisplayString(type);
        if (!forms.ContainsKey(Plain)) forms[Plain] = PlainText(value);
        return isOwn ? new MimeBundle(forms) : Limited(forms, value!.GetType());
    }

    // A display made from a type's members can be megabytes, which slow down the notebook each time it is opened.
    private static MimeBundle Limited(Dictionary<string, string> forms, Type type)
    {
        if (forms.Values.All(form => form.Length <= Most)) return new MimeBundle(forms);
        var text = forms[Plain];
        var size = forms.Values.Max(form => form.Length) / 1000;
        var name = type.Name.Split('`')[0];
        return MimeBundle.Plain(text[..Math.Min(Beginning, text.Length)] + string.Create(
            CultureInfo.InvariantCulture,
            $"...\nThis is the beginning: {name} has no short form, and its whole display would put {size:N0} kB into the notebook. ")
            + $"Show a part of it, or say what to show: Formatter.Register<{name}>(x => ..., \"text/plain\").");
    }

    // Markup as plain text would be a page of tags.
    private static string PlainText(object? value) =>
        value is Microsoft.AspNetCore.Html.IHtmlContent ? "(HTML)" : value.ToDisplayString(Plain);
}
