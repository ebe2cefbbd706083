using WanLab.Media;

namespace WanLab.Datasets;

/// <summary>Makes the items of one file.</summary>
internal static class ClipItems
{
    private const int LongestQuote = 80;

    /// <param name="file">The clip or image.</param>
    /// <param name="options">The dataset.</param>
    /// <param name="triggerWord">The job's trigger word, if it has one.</param>
    /// <param name="captions">The caption files of the folder.</param>
    /// <param name="probe">Gives the facts of a file.</param>
    /// <exception cref="WanLabException">The file gives no item; the message says why.</exception>
    public static IReadOnlyList<Clip> Make(string file, DatasetOptions options, string? triggerWord, CaptionFiles captions,
        Func<string, MediaFacts> probe)
    {
        if (ClipLibrary.HasExtension(file, [".gif"]))
        {
            var mp4 = Path.ChangeExtension(file, ".mp4");
            throw new WanLabException($"{file}: a .gif is not a clip. Convert it: ffmpeg -i \"{file}\" -pix_fmt yuv420p \"{mp4}\"");
        }
        var found = captions.Find(file);
        var caption = found.Text != "" ? found.Text
            : options.DefaultCaption.Trim() is { Length: > 0 } other ? other
            : throw new WanLabException($"{file}: has no caption. Write one to " +
                $"{Path.GetFileName(Path.ChangeExtension(file, ".txt"))} next to it, or set default_caption.");
        var info = probe(file);
        var bucket = Bucketing.Choose(info.Width, info.Height, options.Resolutions) ?? throw new WanLabException(
            $"{file}: is {info.Width}x{info.Height}; a side needs at least {ClipSize.SideStep} pixels.");
        if (FrameSampler.WhyNot(info, options.FrameSampling, options.NumFrames) is { } reason)
            throw new WanLabException($"{file}: {reason}");
        if (FrameGaps.WhyNot(info, options.FrameSampling, options.NumFrames) is { } gap) throw new WanLabException($"{file}: {gap}");

        var clip = new Clip
        {
            Path = file,
            Info = info,
            Caption = Captions.WithTrigger(caption, triggerWord, prepend: !options.IsRegularization),
            CaptionOrigin = found.Origin,
            Bucket = bucket,
            NumFrames = options.NumFrames,
            Sampling = options.FrameSampling,
        };
        clip = clip with
        {
            Warnings =
            [
                .. Warnings(clip, options), .. FrameGaps.Skipped(clip), .. found.Remarks, .. Damage(caption, found.File),
                .. NoTrigger(caption, clip.Caption, triggerWord),
            ],
        };
        var chunks = options.FrameSampling == FrameSampling.Chunks ? FrameSampler.ChunkCount(info, options.NumFrames) : 1;
        return
        [
            .. from chunk in Enumerable.Range(0, chunks).Where(chunk => !FrameGaps.Touch(clip with { Chunk = chunk }))
               from flipY in Choices(options.FlipY)
               from flipX in Choices(options.FlipX)
               select clip with { Chunk = chunk, FlipX = flipX, FlipY = flipY },
        ];
    }

    private static bool[] Choices(bool also) => also ? [false, true] : [false];

    private static IEnumerable<string> NoTrigger(string caption, string trained, string? triggerWord)
    {
        if (!string.IsNullOrWhiteSpace(triggerWord) || !caption.Contains(Captions.Placeholder, StringComparison.Ordinal)) yield break;
        yield return $"its caption holds {Captions.Placeholder}, but there is no job.trigger_word, so it is taken out"
            + (trained == "" ? " and nothing is left: the clip is trained without a caption." : ".")
            + " Set job.trigger_word, or correct the caption.";
    }

    private static IEnumerable<string> Damage(string caption, string? file)
    {
        if (DamagedText.Repaired(caption) is not { } repaired) yield break;
        var source = file is not null ? Path.GetFileName(file) : "default_caption";
        yield return $"its caption looks damaged: '{Short(caption)}' was probably meant as '{Short(repaired)}'. It is trained as it is; "
            + $"if that is wrong, save {source} with the right text as UTF-8.";

        static string Short(string text) => text.Length <= LongestQuote ? text : text[..LongestQuote] + "...";
    }

    private static IEnumerable<string> Warnings(Clip clip, DatasetOptions options)
    {
        if (clip.SpeedIsChanged)
        {
            yield return FormattableString.Invariant(
                $"plays {clip.Speed:0.00} times as fast as life: {clip.NumFrames} frames are spread over {clip.Info.Span:0.0#} s.")
                + " frame_sampling: native keeps the speed.";
        }
        var repeated = clip.NumFrames - clip.PickFrames(0).Distinct().Count();
        if (clip is { Sampling: FrameSampling.Uniform, Info.IsVariable: true })
        {
            var rates = clip.Info.FrameTimes.Zip(clip.Info.FrameTimes.Skip(1), (a, b) => 1 / (b - a)).ToList();
            yield return FormattableString.Invariant($"its rate varies, from {rates.Min():0.##} to {rates.Max():0.##} frames a second; ")
                + "the frames are spread evenly in time"
                + (repeated > 0 ? $", and {repeated} of {clip.NumFrames} repeat the previous one." : ".");
        }
        else if (repeated > 0)
        {
            yield return FormattableString.Invariant($"has only {clip.Info.Fps:0.##} frames a second: at 16 fps about {repeated} of ")
                + FormattableString.Invariant($"{clip.NumFrames} frames repeat the previous one.");
        }
        foreach (var warning in clip.Info.Warnings) yield return warning;
        if (Captions.Direction(clip.Caption, options.FlipX, options.FlipY) is { } word)
            yield return $"its caption says '{word}', which is wrong for the mirrored copy.";
        else if ((options.FlipX || options.FlipY) && Captions.Turn(clip.Caption) is { } turn)
            yield return $"its caption says '{turn}': in the mirrored copy the sense of the turn is the other one. Turn the flip off where "
                + "the sense matters.";
    }
}
