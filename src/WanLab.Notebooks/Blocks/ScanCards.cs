using System.Globalization;
using WanLab.Curation.Scanning;
using WanLab.Notebooks.Media;
using WanLab.Notebooks.Views;

namespace WanLab.Notebooks.Blocks;

/// <summary>Clips as rows: frames, name, findings, the curve of motion, the caption.</summary>
/// <param name="Clips">The clips with their captions; an empty caption is shown as none.</param>
internal sealed record ScanCards(IReadOnlyList<(ClipScan Clip, string Caption)> Clips) : Block
{
    private const string Cell = "padding:4px 14px 8px 0;border:0;background:transparent;vertical-align:top;text-align:left";
    private const string Badge = "display:inline-block;padding:0 8px;margin:0 6px 3px 0;border-radius:9px;border:1px solid #d69e2e";
    private const int CurveWidth = 220, CurveHeight = 34;

    public override void Write(HtmlWriter html)
    {
        html.Write($"<div style=\"overflow-x:auto\"><table style=\"border-collapse:collapse;margin:0.4em 0;color:inherit\">\n");
        foreach (var (clip, caption) in Clips)
        {
            html.Settings.Cancellation.ThrowIfCancellationRequested();
            html.Write($"<tr style=\"background:transparent\"><td style=\"{Cell}\">");
            WriteFrames(html, clip);
            html.Write($"</td><td style=\"{Cell};min-width:220px;max-width:480px;white-space:normal;overflow-wrap:anywhere\">",
                $"<b>{Path.GetFileName(clip.Path)}</b> <span style=\"opacity:0.7\">{Facts(clip)}</span><br>");
            foreach (var kind in clip.Findings.Select(finding => finding.Kind.Label()).Distinct())
                html.Write($"<span style=\"{Badge}\">{kind}</span>");
            WriteCurve(html, clip);
            var style = caption == "" ? "opacity:0.6;font-style:italic" : "";
            html.Write($"<div style=\"{style}\">{(caption == "" ? "no caption" : caption)}</div></td></tr>\n");
        }
        html.Write($"</table></div>\n");
    }

    public override void Write(TextWriter text) => ScanView.Table([.. Clips.Select(pair => pair.Clip)]).Write(text);

    private static string Facts(ClipScan clip) => clip.Facts is not { } facts ? "cannot be used"
        : $"{facts.Width}x{facts.Height}, " + facts.Duration.ToString("0.0", CultureInfo.InvariantCulture) + " s"
            + (clip.Motion is { } motion ? $", {ScanView.Camera(motion)}" : "");

    private static void WriteFrames(HtmlWriter html, ClipScan clip)
    {
        if (clip.Facts is null) return;
        try
        {
            var jpeg = FrameStrip.Jpeg(clip.Path, clip.Facts.Duration, withMarks: false);
            html.Write($"<img alt=\"five frames of {Path.GetFileName(clip.Path)}\" ",
                $"style=\"width:min(400px,45vw);height:auto;border-radius:4px\" ",
                $"src=\"data:image/jpeg;base64,{new RawHtml(Convert.ToBase64String(jpeg))}\">");
        }
        catch (WanLabException e)
        {
            html.Write($"<div style=\"max-width:300px;padding:8px;border:1px dashed rgba(128,128,128,0.6)\">{e.Message}</div>");
        }
    }

    private static void WriteCurve(HtmlWriter html, ClipScan clip)
    {
        if (clip.Motion is not { Curve.Count: > 1 } motion) return;
        var most = Math.Max(0.1, motion.Curve.Max());
        var scale = most.ToString("0.00", CultureInfo.InvariantCulture);
        var points = string.Join(' ', motion.Curve.Select((value, k) => FormattableString.Invariant(
            $"{k * CurveWidth / (motion.Curve.Count - 1.0):0.#},{CurveHeight - 1 - (CurveHeight - 2) * value / most:0.#}")));
        html.Write($"<div><svg role=\"img\" width=\"{CurveWidth}\" height=\"{CurveHeight}\" style=\"max-width:100%\">",
            $"<title>motion over time, from 0 to {scale} widths of the picture a second</title>",
            $"<polyline points=\"{points}\" fill=\"none\" stroke=\"#2b7bba\" stroke-width=\"1.5\"/></svg></div>");
    }
}
