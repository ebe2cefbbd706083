using System.Globalization;
using WanLab.Notebooks.Blocks;
using WanLab.Notebooks.Media;
using WanLab.Notebooks.Views;
using WanLab.Review;

namespace WanLab.Notebooks;

/// <summary>Writes all there is to know about a run as one HTML file that needs nothing else.</summary>
internal static class RunReport
{
    private const long VideoBytes = 64L << 20; // a report is written once, not saved again and again

    // The page's own colours follow the reader's system; figures take their text's colour from it.
    private const string Style = """
        :root { color-scheme: light dark; }
        body { font-family: system-ui, sans-serif; font-size: 14px; line-height: 1.45; max-width: 1180px; margin: 24px auto; padding: 0 20px; color: #1a202c; background: #ffffff; }
        pre { font-size: 12px; overflow-x: auto; }
        @media (prefers-color-scheme: dark) { body { color: #e2e8f0; background: #171923; } }
        @media print { body { color: #000; background: #fff; } }
        """;

    /// <summary>Writes the report.</summary>
    /// <param name="run">The run as it is to be reported.</param>
    /// <param name="path">The file.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Stops the work; nothing is written then.</param>
    /// <param name="change">The change that it made, if it was measured already.</param>
    /// <returns>The file's full path.</returns>
    /// <exception cref="WanLabException">The file cannot be written.</exception>
    public static string Save(RunSnapshot run, string path, TimeProvider time, CancellationToken cancellation = default,
        RunChange? change = null)
    {
        var full = Path.GetFullPath(path);
        var ids = 0;
        var html = ToHtml(run, time.GetUtcNow(), new HtmlSettings
        {
            NewId = () => $"wl-{++ids}",
            Plotly = Delivered(),
            Videos = new VideoBudget(VideoBytes, perVideo: 4L << 20),
            Posters = false, // browsers show the first frame themselves, and hundreds of pictures take minutes
            Cancellation = cancellation,
        }, change ?? RunChange.Of(run, cancellation));
        try
        {
            AtomicFile.WriteText(full, html);
        }
        catch (WanLabException e)
        {
            throw new WanLabException($"The report cannot be written here. {e.Message} Name another file: --out FILE " +
                "(in a notebook: run.SaveReport(path)).", e);
        }
        return full;
    }

    internal static string ToHtml(RunSnapshot run, DateTimeOffset now, HtmlSettings settings, RunChange? change = null)
    {
        var html = new HtmlWriter(settings);
        html.Write($"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n",
            $"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{run.Folder.Name}</title>\n<style>\n",
            $"{new RawHtml(Style)}\n</style>\n{new RawHtml(PlotScripts.Tags)}</head>\n<body>\n");
        foreach (var block in Blocks(run, now, change)) block.Write(html);
        html.Write($"</body>\n</html>\n");
        return html.ToString();
    }

    internal static IEnumerable<Block> Blocks(RunSnapshot run, DateTimeOffset now, RunChange? change = null)
    {
        foreach (var block in RunView.Status(run with { Stage = null }, warnings: int.MaxValue)) yield return block;
        if (change is not null) foreach (var block in change.Blocks(run)) yield return block;
        yield return new Heading("Plots", Level: 2);
        if (run.Steps.Count == 0) yield return new Paragraph("No step has been made yet.");
        foreach (var block in RunView.Plots(run)) yield return block;
        foreach (var block in RunView.Previews(run, run.Samples)) yield return block;
        foreach (var block in RunView.Checkpoints(run)) yield return block;
        yield return new Heading("Job", Level: 2);
        if (run.Job is { } job) foreach (var block in JobView.Of(job)) yield return block;
        else yield return new Paragraph("The run is still preparing; it has no job file yet.");
        yield return new Heading("What happened", Level: 2);
        yield return new TableBlock(["when (UTC)", "what"],
            [.. run.Events.Select(e => (IReadOnlyList<string>)
            [
                e.Time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                EventText.Of(e.Event),
            ])]);
        yield return new Paragraph($"Written {now.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC by WanLab " +
            $"{ProductVersion.Release}.");
    }

    private static PlotDelivery Delivered()
    {
        var plotly = new PlotDelivery();
        plotly.Take(); // it stands in the head
        return plotly;
    }
}
