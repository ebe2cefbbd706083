using System.Text.Json.Nodes;
using WanLab.Jupyter.Cells;
using WanLab.Widgets;

namespace WanLab.Jupyter.Display;

/// <summary>The forms of a widget: a reference to its model for clients that draw widgets, and text and markup for all others.</summary>
internal static class WidgetForms
{
    /// <summary>The MIME type of a reference to a model.</summary>
    public const string View = "application/vnd.jupyter.widget-view+json";

    // The classic notebook draws a widget above the output, which then need not say the same in words.
    private const string Style =
        "<style>.widget-area:not([style*='none']) ~ .output_wrapper .wanlab-no-widgets { display: none }</style>";

    /// <summary>Makes the forms; where the calling cell has a client that draws widgets, the widget is opened there first.</summary>
    public static MimeBundle Of(Widget widget)
    {
        var (text, html) = widget.Fallback();
        var forms = new Dictionary<string, string> { ["text/plain"] = text };
        if (CellRun.CurrentForUpdates?.Output.Widgets is { } host)
        {
            widget.Open(host);
            html = $"{Style}<div class=\"wanlab-no-widgets\">{html}</div>";
            forms[View] = new JsonObject { ["model_id"] = widget.Id, ["version_major"] = 2, ["version_minor"] = 0 }.ToJsonString();
        }
        forms["text/html"] = html;
        return new MimeBundle(forms);
    }

    /// <summary>The model that a bundle refers to; null if it is no widget.</summary>
    public static string? ModelOf(MimeBundle data) =>
        data.Forms.TryGetValue(View, out var view) ? (string?)JsonNode.Parse(view)!["model_id"] : null;
}
