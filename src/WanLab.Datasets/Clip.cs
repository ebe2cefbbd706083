using WanLab.Media;

namespace WanLab.Datasets;

/// <summary>One training item: a clip (or one window of it), its caption, size, frames and mirroring.</summary>
[TypeFormatterSource]
public sealed record Clip
{
    /// <summary>Path of the clip's file.</summary>
    public required string Path { get; init; }

    /// <summary>Size, frames and times of the file.</summary>
    public required MediaFacts Info { get; init; }

    /// <summary>The caption, including the trigger word.</summary>
    public required string Caption { get; init; }

    /// <summary>The origin of the caption.</summary>
    public CaptionOrigin CaptionOrigin { get; init; }

    /// <summary>The size that the item is trained at.</summary>
    public required Bucket Bucket { get; init; }

    /// <summary>Number of frames in the item: 1, or 4n+1.</summary>
    public required int NumFrames { get; init; }

    /// <summary>The way in which frames are picked from the clip.</summary>
    public required FrameSampling Sampling { get; init; }

    /// <summary>Index of the item's window in the clip, from 0, if <see cref="Sampling"/> is chunks; otherwise 0.</summary>
    public int Chunk { get; init; }

    /// <summary>Whether the item is mirrored left to right.</summary>
    public bool FlipX { get; init; }

    /// <summary>Whether the item is mirrored top to bottom.</summary>
    public bool FlipY { get; init; }

    /// <summary>Warnings for the user about an item that is trained on nevertheless.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>File name, followed by the window and the mirroring if there are any; unique in its dataset.</summary>
    public string Name =>
        System.IO.Path.GetFileName(Path)
        + (Sampling == FrameSampling.Chunks ? $" #{Chunk}" : "")
        + (FlipX ? " flip_x" : "")
        + (FlipY ? " flip_y" : "");

    /// <summary>Speed of the motion relative to reality: 1 is the true speed. Only uniform sampling changes it.</summary>
    public double Speed => Sampling == FrameSampling.Uniform ? FrameSampler.Speed(Info, PickFrames(0)) : 1;

    /// <summary>Whether the speed differs from the true one by more than 5 %.</summary>
    public bool SpeedIsChanged => Math.Abs(Speed - 1) > 0.05;

    /// <summary>The frame numbers of the item.</summary>
    /// <param name="u">Number in [0, 1) that places a native window; the other samplings ignore it.</param>
    public int[] PickFrames(double u) => Sampling switch
    {
        FrameSampling.Uniform => FrameSampler.Uniform(Info, NumFrames),
        FrameSampling.Native => FrameSampler.Window(Info.FrameTimes, NumFrames, FrameSampler.NativeStart(Info, NumFrames, u)),
        _ => FrameSampler.Window(Info.FrameTimes, NumFrames, Chunk * NumFrames / FrameSampler.ModelFps),
    };

    /// <summary>Reads frames of the clip as the item shows them.</summary>
    /// <param name="frames">Frame numbers from <see cref="PickFrames"/>.</param>
    /// <returns>RGB24 bytes, [frames.Count, Bucket.Height, Bucket.Width, 3].</returns>
    /// <param name="cancellation">Ends the decoder.</param>
    /// <exception cref="WanLabException">The clip can no longer be read.</exception>
    public byte[] ReadFrames(IReadOnlyList<int> frames, CancellationToken cancellation = default) =>
        VideoReader.ReadFrames(Path, frames, Bucket.Fit(Info), Info, FlipX, FlipY, cancellation);
}

/// <summary>A file that was left out of a dataset, and why.</summary>
public sealed record ClipProblem(string Path, string Message);
