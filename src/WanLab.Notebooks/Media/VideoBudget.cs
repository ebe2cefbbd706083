using System.Security.Cryptography;

namespace WanLab.Notebooks.Media;

/// <summary>
/// How many bytes of video one notebook or report may hold. A notebook is saved whole every two minutes, so videos that do
/// not fit are named instead of shown. A video counts once however often it is shown: mostly its cell was run again.
/// </summary>
internal sealed class VideoBudget(long total = 24L << 20, long perVideo = 1L << 20)
{
    private readonly Dictionary<string, long> _taken = [];
    private readonly Lock _lock = new();

    /// <summary>Of this process, which runs one notebook.</summary>
    public static VideoBudget Shared { get; } = new();

    /// <summary>Most bytes of one video.</summary>
    public long PerVideo => perVideo;

    /// <summary>Bytes of videos in all.</summary>
    public long Total { get; set; } = total;

    /// <summary>Takes the bytes of a video, where they are left.</summary>
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
