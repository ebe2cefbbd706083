using WanLab.Content;
using WanLab.Curation.Captioning;
using WanLab.Curation.Motion;
using WanLab.Datasets;
using WanLab.Media;

namespace WanLab.Captioner;

/// <summary>
/// Asks a model for the captions of a folder. Each answer is kept as a draft as soon as it is there, so that whatever ends the work, no
/// clip is asked about twice.
/// </summary>
internal sealed class AutoCaptioner(CaptionFolder folder, CaptionerOptions options)
{
    // If the first clips all fail, the others will.
    private const int FailuresToStop = 3;

    /// <summary>Finds the clips to ask about.</summary>
    /// <param name="book">The drafts that are there.</param>
    /// <param name="facts">Gives the facts of a file.</param>
    /// <param name="motion">Gives the measured motion of a clip, if there is one.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public CaptionWork Plan(DraftBook book, Func<string, MediaFacts> facts, Func<string, ClipMotion?> motion,
        CancellationToken cancellation)
    {
        var hashes = new FileHashes();
        var clips = folder.Clips.Where(clip => !options.OnlyMissing || clip.Origin != CaptionOrigin.File).ToList();
        var byPath = clips.ToDictionary(clip => clip.Path);
        var found = ClipFolder.Examine([.. clips.Select(clip => clip.Path)], path => Task(byPath[path], facts(path), motion(path), hashes),
            cancellation);
        var tasks = found.Select(one => one.Found).OfType<CaptionTask>().ToList();
        return new CaptionWork([.. tasks.Where(task => !book.Has(task.Key, task.Clip.Name))],
            tasks.Count(task => book.Has(task.Key, task.Clip.Name)), folder.Clips.Count - clips.Count,
            [.. folder.Unreadable, .. found.Select(one => one.Problem).OfType<ClipProblem>()]);
    }

    /// <summary>About how many tokens the questions and the answers will have.</summary>
    public (long In, long Out) Tokens(CaptionWork work)
    {
        const int answer = 80, letters = 4; // a token of English has about four letters
        return (work.Open.Sum(Question), (long)work.Open.Count * answer);

        long Question(CaptionTask task) =>
            (long)ClipPictures.Count(task.Facts, options.Frames) * ClipPictures.Tokens(task.Facts, options.LongestSide)
            + (task.Question.Length + CaptionPrompt.AsJson.Length) / letters;
    }

    /// <summary>Asks about all clips of the work.</summary>
    /// <param name="work">The clips.</param>
    /// <param name="book">Receives the drafts.</param>
    /// <param name="server">The server to ask.</param>
    /// <param name="time">The clock.</param>
    /// <param name="report">Receives the progress, a call at a time.</param>
    /// <param name="cancellation">Stops at once; drafts that are there stay.</param>
    /// <exception cref="WanLabException">No clip can be captioned: there is no such server, key or model, or the first clips fail.
    /// </exception>
    public async Task<CaptionResult> RunAsync(CaptionWork work, DraftBook book, CaptionServer server, TimeProvider time,
        Action<CaptionProgress> report, CancellationToken cancellation)
    {
        var tally = new Tally(work.Open.Count, time, report);
        // Copies of a clip get the same answer.
        await Parallel.ForEachAsync(work.Open.GroupBy(task => task.Key),
            new ParallelOptions { MaxDegreeOfParallelism = options.AtOnce, CancellationToken = cancellation }, async (same, stop) =>
            {
                var task = same.First();
                try
                {
                    var answer = book.Find(task.Key) is { } known ? new ServerAnswer(known.Text, 0, 0) : await AskAsync(task, server, stop);
                    foreach (var one in same)
                    {
                        book.Add(new CaptionDraft
                        {
                            Clip = one.Clip.Name, Key = one.Key, Text = answer.Text, Model = options.Model, Time = time.GetUtcNow(),
                        });
                        tally.Done(one.Clip.Name, answer);
                        answer = answer with { TokensIn = 0, TokensOut = 0 };
                    }
                }
                catch (CaptionRefusedException e)
                {
                    foreach (var one in same) tally.Failed(one.Clip.Path, e.Message);
                    if (tally.NothingWorks(FailuresToStop))
                        throw new WanLabException($"{options.Endpoint}: the first clips all fail, so the others are not tried. "
                            + $"{task.Clip.Name}: {e.Message}");
                }
            });
        return tally.Result;
    }

    private async Task<ServerAnswer> AskAsync(CaptionTask task, CaptionServer server, CancellationToken cancellation)
    {
        var answer = await server.AskAsync(task.Question, Pictures(task, cancellation), cancellation);
        return answer with { Text = CaptionPrompt.Finished(answer.Text, options.Kind, options.TriggerWord) };
    }

    private IReadOnlyList<byte[]> Pictures(CaptionTask task, CancellationToken cancellation)
    {
        try
        {
            return ClipPictures.Read(task.Clip.Path, task.Facts, options.Frames, options.LongestSide, cancellation);
        }
        catch (WanLabException e)
        {
            cancellation.ThrowIfCancellationRequested(); // it wins over what it made of the decoder
            throw new CaptionRefusedException($"its pictures cannot be read: {e.Message}");
        }
    }

    private CaptionTask Task(CaptionedClip clip, MediaFacts facts, ClipMotion? motion, FileHashes hashes)
    {
        var pictures = ClipPictures.Count(facts, options.Frames);
        var question = CaptionPrompt.For(options.Kind, options.TriggerWord, pictures, facts.Duration, motion);
        var key = new CacheKey("caption draft/1").With("file", hashes.Of(clip.Path)).With("question", question).With("model", options.Model)
            .With("frames", options.Frames).With("side", options.LongestSide);
        return new CaptionTask(clip, facts, question, key.Hash);
    }

    private sealed class Tally(int total, TimeProvider time, Action<CaptionProgress> report)
    {
        private readonly Lock _one = new();
        private readonly long _start = time.GetTimestamp();
        private readonly List<ClipProblem> _problems = [];
        private int _drafts;
        private long _in, _out;

        public CaptionResult Result => new(_drafts, _problems, _in, _out);

        public void Done(string clip, ServerAnswer answer)
        {
            lock (_one)
            {
                _drafts++;
                (_in, _out) = (_in + answer.TokensIn, _out + answer.TokensOut);
                Report(clip, answer.Text);
            }
        }

        public void Failed(string clip, string why)
        {
            lock (_one)
            {
                _problems.Add(new ClipProblem(clip, $"{clip}: {why}"));
                Report(Path.GetFileName(clip), null);
            }
        }

        public bool NothingWorks(int failures)
        {
            lock (_one) return _drafts == 0 && _problems.Count >= failures;
        }

        private void Report(string clip, string? caption)
        {
            var done = _drafts + _problems.Count;
            report(new CaptionProgress(done, total, clip, caption, time.GetElapsedTime(_start) / done * (total - done)));
        }
    }
}
