using WanLab.Curation.Motion;
using WanLab.Curation.Scanning;

namespace WanLab.Curation.Captioning;

/// <summary>The motions of clips, for captions to be held against.</summary>
internal sealed class MeasuredMotions(string cacheFolder)
{
    private readonly ScanCache _cache = new(cacheFolder);

    /// <summary>The motions that were measured before, by path; nothing is decoded.</summary>
    public IReadOnlyDictionary<string, ClipMotion> Known(IEnumerable<string> clips) =>
        clips.Distinct().Select(clip => (Path: clip, Motion: Moving(_cache.Known(clip)))).Where(clip => clip.Motion is not null)
            .ToDictionary(clip => clip.Path, clip => clip.Motion!);

    /// <summary>The motion of a clip, measured if it is not known; null for a single image.</summary>
    /// <exception cref="WanLabException">The clip cannot be used.</exception>
    public ClipMotion? Of(string clip, CancellationToken cancellation) => Moving(_cache.Of(clip, cancellation));

    private static ClipMotion? Moving(ClipExamination? found) => found is { Facts.FrameCount: > 1 } ? found.Motion : null;
}
