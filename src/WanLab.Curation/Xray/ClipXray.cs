using WanLab.Curation.Editing;
using WanLab.Curation.Scanning;
using WanLab.Datasets;
using WanLab.Media;

namespace WanLab.Curation.Xray;

/// <summary>The use that training makes of one item: its frames, picture, size and speed.</summary>
[TypeFormatterSource]
public sealed record ClipXray
{
    private const double MuchCut = 0.1;

    /// <summary>The item.</summary>
    public required Clip Clip { get; init; }

    /// <summary>Whether no other clip is trained at its size and length.</summary>
    public bool IsAlone { get; init; }

    /// <summary>The file and its part, where the item shows edits that are not applied yet; null for a file as it lies there.</summary>
    internal (MediaFacts Facts, ClipPart Part)? Edited { get; init; }

    /// <summary>The findings of a scan of the clip, as far as it lies in the item's part of the file.</summary>
    internal IReadOnlyList<ClipFinding> Findings { get; init; } = [];

    /// <summary>Start of a window of frames that lies at a random place, from 0 to 1; other samplings do not ask.</summary>
    internal double Place { get; init; }

    /// <summary>Name of the item: that of the file, with the number of the frame at which an edited part begins.</summary>
    public string Name => Edited is { } edited && edited.Part.First > 0 ? $"{Clip.Name} from frame {edited.Part.First}" : Clip.Name;

    /// <summary>Numbers of the frames, from 0 in the item's clip.</summary>
    public IReadOnlyList<int> Frames => Clip.PickFrames(Place);

    /// <summary>The part of the picture that is cut away at the sides.</summary>
    public CutAway Cut => CutAway.Of(Fit);

    /// <summary>Size as trained, relative to the clip's: 0.5 is half as wide.</summary>
    public double Scale => Fit.ScaleWidth / (double)Clip.Info.Width;

    /// <summary>Seconds of the clip that one item shows.</summary>
    public double Seconds => Frames is var frames && frames.Count < 2 ? 0
        : FrameTimesEnd.Of(Clip.Info.FrameTimes, frames[^1] + 1) - Clip.Info.FrameTimes[frames[0]];

    /// <summary>Seconds of the clip that no item ever shows.</summary>
    public double Skipped => Clip.NumFrames == 1 || Clip.Sampling is FrameSampling.Native or FrameSampling.Uniform ? 0
        : Math.Max(0, Clip.Info.Duration - Windows * Clip.NumFrames / FrameSampler.ModelFps);

    /// <summary>Remarks that a user should see at a glance, a few words each.</summary>
    public IReadOnlyList<string> Badges
    {
        get
        {
            List<string> badges = [];
            if (Clip.SpeedIsChanged) badges.Add(FormattableString.Invariant($"{Clip.Speed:0.##} times as fast"));
            if (Cut.Total > MuchCut) badges.Add($"{Numbers.Percent(Math.Round(Cut.Total, 2))} cut away");
            if (IsAlone) badges.Add("alone in its bucket");
            if (Skipped > 0.5) badges.Add(FormattableString.Invariant($"{Skipped:0.#} s never seen"));
            var repeated = Frames.Count - Frames.Distinct().Count();
            if (repeated > 0) badges.Add($"{Numbers.Of(repeated, "frame")} repeated");
            if (Clip.FlipX || Clip.FlipY) badges.Add("mirrored");
            badges.AddRange(Findings.Select(Badge).Distinct());
            return badges;
        }
    }

    private static string Badge(ClipFinding finding) => finding.Other is { } other ? $"same as {other}" : finding.Kind.Label();

    private FrameFit Fit => Clip.Bucket.Fit(Clip.Info);

    private int Windows => Clip.Sampling == FrameSampling.Chunks ? FrameSampler.ChunkCount(Clip.Info, Clip.NumFrames) : 1;

    /// <summary>Writes the item as a clip of 16 frames a second: just what the model is shown.</summary>
    /// <param name="path">The .mp4 file; an older one is replaced.</param>
    /// <exception cref="WanLabException">The clip cannot be read, or the file not be written.</exception>
    public void Write(string path) => Write(path, default);

    /// <inheritdoc cref="Write(string)"/>
    internal void Write(string path, CancellationToken cancellation) =>
        Mp4Writer.Write(path, ReadFrames(Frames, Fit, cancellation), Clip.Bucket.Width, Clip.Bucket.Height, FrameSampler.ModelFps);

    /// <summary>Reads the frames as they are trained: RGB24 bytes, [frames, height, width, 3].</summary>
    internal byte[] ReadFrames(CancellationToken cancellation = default) => ReadFrames(Frames, Fit, cancellation);

    /// <summary>Reads some of the item's frames in another size, with the same cut.</summary>
    /// <param name="frames">Numbers of the frames.</param>
    /// <param name="height">Height in pixels, even.</param>
    /// <param name="cancellation">Ends the decoder.</param>
    /// <returns>The pixels and their width.</returns>
    internal (byte[] Pixels, int Width) ReadSmall(IReadOnlyList<int> frames, int height, CancellationToken cancellation = default)
    {
        var factor = height / (double)Clip.Bucket.Height;
        var width = Math.Max(2, (int)Math.Round(Clip.Bucket.Width * factor / 2) * 2);
        var w = Math.Max(width, (int)Math.Round(Fit.ScaleWidth * factor));
        var h = Math.Max(height, (int)Math.Round(Fit.ScaleHeight * factor));
        return (ReadFrames(frames, new FrameFit(w, h, (w - width) / 2, (h - height) / 2, width, height), cancellation), width);
    }

    private byte[] ReadFrames(IReadOnlyList<int> frames, FrameFit fit, CancellationToken cancellation)
    {
        if (Edited is not var (facts, part))
            return VideoReader.ReadFrames(Clip.Path, frames, fit, Clip.Info, Clip.FlipX, Clip.FlipY, cancellation);
        var cut = part.Crop is { } area ? new PictureCut(area.X, area.Y, area.Width, area.Height) : (PictureCut?)null;
        return VideoReader.ReadFrames(Clip.Path, [.. frames.Select(frame => frame + part.First)], fit with { Cut = cut }, facts, Clip.FlipX,
            Clip.FlipY, cancellation);
    }
}
