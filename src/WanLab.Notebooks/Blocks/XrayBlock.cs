using WanLab.Curation.Xray;
using WanLab.Notebooks.Media;
using WanLab.Notebooks.Views;

namespace WanLab.Notebooks.Blocks;

/// <summary>Items as rows: three frames as trained, name, badges, caption.</summary>
internal sealed record XrayBlock(IReadOnlyList<ClipXray> Items) : Block
{
    private const string Cell = "padding:4px 14px 8px 0;border:0;background:transparent;vertical-align:top;text-align:left";
    private const string Badge = "display:inline-block;padding:0 8px;margin:0 6px 3px 0;border-radius:9px;border:1px solid #d69e2e";

    public override void Write(HtmlWriter html)
    {
        html.Write($"<div style=\"overflow-x:auto\"><table style=\"border-collapse:collapse;margin:0.4em 0;color:inherit\">\n");
        foreach (var item in Items)
        {
            html.Settings.Cancellation.ThrowIfCancellationRequested();
            html.Write($"<tr style=\"background:transparent\"><td style=\"{Cell}\">");
            WriteStrip(html, item);
            html.Write($"</td><td style=\"{Cell};min-width:220px;max-width:480px;white-space:normal;overflow-wrap:anywhere\">",
                $"<b>{item.Name}</b> <span style=\"opacity:0.7\">{item.Clip.Bucket}, {Seconds(item)}</span><br>");
            foreach (var badge in item.Badges) html.Write($"<span style=\"{Badge}\">{badge}</span>");
            var style = new RawHtml(DatasetView.IsOwn(item.Clip) ? "" : " style=\"opacity:0.6\"");
            html.Write($"<div{style}>{DatasetView.Caption(item.Clip)}</div></td></tr>\n");
        }
        html.Write($"</table></div>\n");
    }

    public override void Write(TextWriter text)
    {
        foreach (var item in Items)
        {
            text.WriteLine($"  {item.Name}  {item.Clip.Bucket}, {Seconds(item)}{string.Concat(item.Badges.Select(badge => $", {badge}"))}");
            text.WriteLine($"    {DatasetView.Caption(item.Clip)}");
        }
    }

    private static string Seconds(ClipXray item) => item.Clip.NumFrames == 1 ? "1 frame"
        : FormattableString.Invariant($"{item.Clip.NumFrames} frames of {item.Seconds:0.##} s");

    private static void WriteStrip(HtmlWriter html, ClipXray item)
    {
        try
        {
            var (jpeg, width, height) = XrayStrip.Jpeg(item, html.Settings.Cancellation);
            html.Write($"<img alt=\"first, middle and last frame of {item.Name} as trained\" width=\"{width}\" height=\"{height}\" ",
                $"style=\"max-width:45vw;height:auto;border-radius:4px\" ",
                $"src=\"data:image/jpeg;base64,{new RawHtml(Convert.ToBase64String(jpeg))}\">");
        }
        catch (WanLabException e)
        {
            html.Write($"<div style=\"max-width:300px;padding:8px;border:1px dashed rgba(128,128,128,0.6)\">{e.Message}</div>");
        }
    }
}
