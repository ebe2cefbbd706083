using System.Security.Cryptography;

namespace WanLab.Notebooks.Media;

/// <summary>
/// The bytes of video that one notebook or report may hold. A notebook is saved whole every two minutes, so videos that do
/// not fit are named instead of shown. A video counts once however often it is shown: mostly its cell was run again.
/// </summary>
internal sealed class VideoBudget(long total = 24L << 20, long perVideo = 1L << 20)
{
    private readonly Dictionary<string, long> _taken = [];
    private readonly Lock _lock = new();

    /// <summary>The budget of this process, which runs one notebook.</summary>
    public static VideoBudget Shared { get; } = new();

    /// <summary>The most bytes that one video may have.</summary>
    public long PerVideo => perVideo;

    /// <summary>The most bytes that all videos together may have.</summary>
    public long Total { get; set; } = total;

    /// <summary>Takes the bytes of a video from the budget; false if too few are left.</summary>
    public bool TryTake(EmbeddedVideo video)
    {
        var content = Convert.ToHexString(SHA256.HashData(video.Mp4));
        lock (_lock)
        {
            if (_taken.ContainsKey(content)) return true;
            if (_taken.Values.Sum() + video.Bytes > Total) return false;
            _taken[content] = video.Bytes;
            return true;
        }
    }
}
