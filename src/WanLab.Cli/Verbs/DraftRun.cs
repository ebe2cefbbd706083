using System.Globalization;
using WanLab.Captioner;
using WanLab.Curation.Captioning;
using WanLab.Media;

namespace WanLab.Cli.Verbs;

/// <summary>One run of a model over a folder of clips: what it shows, and what is left of it when it is stopped.</summary>
internal sealed class DraftRun(CliContext context, CaptionFolder folder, CaptionerOptions options)
{
    /// <summary>Price of a million tokens that are sent; null where it is not known.</summary>
    public double? PriceIn { get; init; }

    /// <summary>Price of a million tokens of the answers.</summary>
    public double? PriceOut { get; init; }

    public async Task<int> RunAsync(bool dryRun, bool accept, CancellationToken cancellation)
    {
        Ffmpeg.Require();
        var book = DraftBook.Read(folder.Path);
        var captioner = new AutoCaptioner(folder, options);
        var known = new KnownMedia(CacheFolder.Encodings);
        var motions = new MeasuredMotions(CacheFolder.Encodings);
        var work = captioner.Plan(book, file => known.Of(file, cancellation), file => motions.Of(file, cancellation), cancellation);
        foreach (var problem in work.Problems) context.Error.WriteError(problem.Message);
        Announce(captioner, work);
        var failed = work.Problems.Count;
        if (dryRun)
        {
            context.Out.WriteRaw("Nothing was sent.");
            return failed == 0 ? ExitCode.Success : ExitCode.UserError;
        }
        if (work.Open.Count > 0) failed += await AskAsync(captioner, work, book, cancellation);
        Finish(book, accept);
        return failed == 0 ? ExitCode.Success : ExitCode.UserError;
    }

    private async Task<int> AskAsync(AutoCaptioner captioner, CaptionWork work, DraftBook book, CancellationToken cancellation)
    {
        var key = CaptionKey.Read(Environment.GetEnvironmentVariable, options.Endpoint);
        if (!options.Endpoint.IsLocal)
            context.Error.WriteNote($"pictures of your clips are sent to {options.Endpoint.Address.Host}"
                + (key.IsSet && !options.Endpoint.IsEncrypted ? ", and the key without encryption" : ""));
        using var server = new CaptionServer(options, key, context.Time)
        {
            OnWait = (wait, why) => context.Error.WriteNote($"waits {Numbers.Duration(wait)}: {why}"),
        };
        try
        {
            var result = await captioner.RunAsync(work, book, server, context.Time, Show, cancellation);
            foreach (var problem in result.Problems) context.Error.WriteError(problem.Message);
            if (result.TokensIn > 0)
                context.Out.WriteRaw($"{Numbers.Count(result.TokensIn)} tokens sent, {Numbers.Count(result.TokensOut)} received"
                    + Cost(result.TokensIn, result.TokensOut));
            return result.Problems.Count;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            context.Error.WriteNote("the drafts so far are kept; the same command does the rest");
            throw;
        }
    }

    private void Announce(AutoCaptioner captioner, CaptionWork work)
    {
        var (tokensIn, tokensOut) = captioner.Tokens(work);
        var pictures = work.Open.Sum(task => ClipPictures.Count(task.Facts, options.Frames));
        string[] passed =
        [
            .. work.Answered > 0 ? [$"{work.Answered} drafted before"] : (string[])[],
            .. work.Captioned > 0 ? [$"{work.Captioned} with a caption"] : (string[])[],
        ];
        var others = passed.Length == 0 ? "" : $" ({string.Join(", ", passed)})";
        context.Out.WriteRaw($"{Numbers.Of(work.Open.Count, "clip")} to caption{others}"
            + (work.Open.Count == 0 ? "" : $": {Numbers.Of(pictures, "picture")}, about {Numbers.Count(tokensIn)} tokens sent and "
                + $"{Numbers.Count(tokensOut)} received{Cost(tokensIn, tokensOut)}"));
    }

    private string Cost(long tokensIn, long tokensOut) => PriceIn is null && PriceOut is null ? ""
        : string.Create(CultureInfo.InvariantCulture, $", costs {(tokensIn * (PriceIn ?? 0) + tokensOut * (PriceOut ?? 0)) / 1e6:0.0000}");

    private void Show(CaptionProgress progress)
    {
        var left = progress.Done == progress.Total ? "" : $" ({Numbers.Duration(progress.Left)} left)";
        context.Out.WriteRaw($"{progress.Done} of {progress.Total}{left}  {progress.Clip}: {progress.Caption ?? "failed"}");
    }

    private void Finish(DraftBook book, bool accept)
    {
        var open = folder.Clips.Count(clip => book.Open(clip.Name) is not null);
        if (accept)
        {
            // A caption that somebody has written since the start is newer than its draft.
            var now = CaptionFolder.Read(folder.Path);
            var texts = now.Clips.ToDictionary(clip => clip.Name, clip => clip.Text);
            List<string> unchanged = [.. folder.Clips.Where(clip => book.Open(clip.Name) is not null
                && texts.GetValueOrDefault(clip.Name) == clip.Text).Select(clip => clip.Name)];
            var changes = book.Accept(now, unchanged, context.Time);
            if (open > unchanged.Count)
                context.Out.WriteRaw($"{Numbers.Of(open - unchanged.Count, "caption")} changed meanwhile; their drafts stay.");
            context.Out.WriteRaw($"{Numbers.Of(changes.Count, "caption")} written. "
                + $"Take them back: wanlab dataset captions {folder.Path} --undo");
        }
        else if (open > 0)
            context.Out.WriteRaw($"{Numbers.Of(open, "draft")} to look at: wanlab dataset captions {folder.Path}. "
                + "Accept all, or those you name: --accept-drafts");
    }
}
