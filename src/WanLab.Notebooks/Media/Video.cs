using WanLab.Notebooks.Blocks;

namespace WanLab.Notebooks.Media;

/// <summary>A clip to show.</summary>
/// <param name="File">Path of the clip.</param>
/// <param name="Caption">Text below the clip.</param>
/// <param name="IsPreview">Whether WanLab wrote it, so that browsers play it as it is.</param>
internal sealed record Video(string File, string Caption, bool IsPreview)
{
    internal const int LeastSide = 176;
    private const int MostSide = 420, NarrowSide = 144;

    /// <summary>Whether only its last frame is shown, as a picture.</summary>
    public bool IsStill { get; init; }

    /// <summary>Writes the clip; where it cannot be shown, the reason and its path.</summary>
    /// <param name="html">Receives the clip.</param>
    /// <param name="place">What the row and the column around the clip are called, for those who do not see them.</param>
    public void Write(HtmlWriter html, string place = "")
    {
        html.Settings.Cancellation.ThrowIfCancellationRequested();
        if (IsStill)
        {
            WriteStill(html, place);
            return;
        }
        EmbeddedVideo? video = null;
        try
        {
            if (!html.Settings.Videos.IsTooFullFor(new FileInfo(File), IsPreview))
                video = VideoShelf.Shared.Get(File, html.Settings.Videos.PerVideo, IsPreview, html.Settings.Posters);
        }
        catch (Exception e) when (e is WanLabException or IOException or UnauthorizedAccessException)
        {
            Instead(html, e.Message);
            return;
        }
        if (video is null || !html.Settings.Videos.TryTake(video))
        {
            Instead(html, $"{Shown} is not shown: videos may take {Numbers.Size(html.Settings.Videos.Total)} here. " +
                $"Open the file itself{(html.Settings.Videos == VideoBudget.Shared ? ", or raise Lab.VideoMib" : "")}.");
            return;
        }
        var width = Math.Clamp(video.Width, LeastSide, MostSide);
        string[] names = [.. new[] { place, Caption }.Where(name => name != "")];
        // No source element inside, which untrusted notebooks empty.
        html.Write($"<video controls autoplay loop muted playsinline preload=\"auto\" ",
            $"aria-label=\"{(names.Length == 0 ? Path.GetFileName(File) : string.Join(", ", names))}\" data-frames=\"{video.Frames}\" ",
            $"style=\"width:{width}px;min-width:{Math.Min(width, NarrowSide)}px;max-width:100%;height:auto;border-radius:4px\" ",
            $"width=\"{width}\" ");
        if (video.Poster.Length > 0) html.Write($"poster=\"data:image/jpeg;base64,{new RawHtml(Convert.ToBase64String(video.Poster))}\" ");
        html.Write($"src=\"data:video/mp4;base64,{new RawHtml(Convert.ToBase64String(video.Mp4))}\"></video>");
        html.Write($"<div style=\"font-size:0.85em;opacity:0.75;max-width:{width}px\">{Caption}</div>\n");
    }

    // The last frame, as the first is the same for every step: the image of the prompt.
    private void WriteStill(HtmlWriter html, string place)
    {
        try
        {
            var picture = VideoShelf.Shared.Still(File);
            html.Write($"<img alt=\"last frame of {(place == "" ? Path.GetFileName(File) : place)}\" width=\"{LeastSide}\" ",
                $"style=\"width:{LeastSide}px;max-width:none;height:auto;border-radius:4px\" ",
                $"src=\"data:image/jpeg;base64,{new RawHtml(Convert.ToBase64String(picture))}\">");
        }
        catch (Exception e) when (e is WanLabException or IOException or UnauthorizedAccessException)
        {
            Instead(html, e.Message);
        }
    }

    private string Shown => Path.GetRelativePath(".", File) is var path && path.StartsWith("..", StringComparison.Ordinal) ? File : path;

    private void Instead(HtmlWriter html, string why) => html.Write($"<div style=\"max-width:{MostSide}px;padding:8px;border:1px dashed ",
        $"rgba(128,128,128,0.6)\">{why}<br><span style=\"opacity:0.75\">{Caption}</span></div>\n");
}
