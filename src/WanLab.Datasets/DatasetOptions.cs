using WanLab.Media;

namespace WanLab.Datasets;

/// <summary>Selection of frames from a clip.</summary>
public enum FrameSampling
{
    /// <summary>Evenly over the whole clip; changes the speed of motion unless the clip has just the frames asked for.</summary>
    [Word("uniform")]
    Uniform,

    /// <summary>A window of frames at true 16 fps, with another random start each time; all starts are as likely.</summary>
    [Word("native")]
    Native,

    /// <summary>The 16 fps window at the start of the clip.</summary>
    [Word("head")]
    Head,

    /// <summary>All disjoint 16 fps windows, each an item of its own.</summary>
    [Word("chunks")]
    Chunks,
}

/// <summary>One entry of a job's <c>datasets</c> list: a folder of clips with captions, and how to read it.</summary>
public sealed record DatasetOptions
{
    /// <summary>
    /// Folder of clips (.mp4 .mov .webm .mkv .avi .ts and others), or of images where <see cref="NumFrames"/> is 1, with same-named
    /// captions (.txt, .caption, or .json with a key caption).
    /// </summary>
    [FilePath, RequiredKey("it names the folder of clips"), OnResume(Change.Free)]
    public required string Path { get; init; }

    /// <summary>Caption of clips without a caption file.</summary>
    public string DefaultCaption { get; init; } = "";

    /// <summary>Probability, 0..1, that an item is trained with the empty caption.</summary>
    [FromTo(0, 1)]
    public double CaptionDropoutRate { get; init; } = 0.05;

    /// <summary>Sampling weight among the job's datasets.</summary>
    [Above(0, Ceiling = 1e9)]
    public double Weight { get; init; } = 1;

    /// <summary>Number of times that each clip counts within its dataset.</summary>
    [AtLeast(1, Ceiling = 1_000_000)]
    public int Repeats { get; init; } = 1;

    /// <summary>A regularisation set: the trigger word is not prepended to its captions.</summary>
    public bool IsRegularization { get; init; }

    /// <summary>Also train on clips mirrored left to right.</summary>
    public bool FlipX { get; init; }

    /// <summary>Also train on clips mirrored top to bottom.</summary>
    public bool FlipY { get; init; }

    /// <summary>Bucket areas, each as the side in pixels of the square of that area.</summary>
    [Items("[512]", AtLeastOne = true), AtLeast(16, Ceiling = 16384)]
    public IReadOnlyList<int> Resolutions { get; init; } = [512];

    /// <summary>
    /// Frames per item: 1, or 4n+1. With 1 the folder may hold images too; an item is then trained without a condition image
    /// (the mask is zero), since it would be the answer itself: appearance is learned, motion is not.
    /// </summary>
    [AtLeast(1, Ceiling = 10_001), FrameCount]
    public int NumFrames { get; init; } = 41;

    /// <summary>Selection of frames from a clip.</summary>
    public FrameSampling FrameSampling { get; init; } = FrameSampling.Uniform;

    /// <summary>
    /// Most different windows of a clip that `native` draws from, one at a random place in each equal part of the clip; 0: all starts.
    /// Each window that is drawn has to be encoded once, so fewer of them start a run sooner.
    /// </summary>
    [AtLeast(0)]
    public int NativeWindows { get; init; }

    /// <summary>
    /// Encode each item once and keep its latents, multi-frame items too. Of native items, the windows that the run will draw are
    /// encoded before it starts, at most 32 GiB of them; the run encodes those beyond when it draws them.
    /// </summary>
    [OnResume(Change.Free)]
    public bool CacheLatents { get; init; } = true;
}
