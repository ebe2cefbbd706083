using System.Security.Cryptography;

namespace WanLab.Notebooks.Media;

/// <summary>
/// The bytes of video that one notebook or report may hold. A notebook is saved whole every two minutes, so videos that do
/// not fit are named instead of shown. A video counts once however often it is shown: mostly its cell was run again.
/// </summary>
internal sealed class VideoBudget(long total = 24L << 20, long perVideo = 1L << 20)
{
    private const long LeastVideo = 8 << 10; // smaller ones are hardly ever made
    private readonly Dictionary<string, long> _taken = [];
    private readonly Lock _lock = new();

    /// <summary>The budget of this process, which runs one notebook.</summary>
    public static VideoBudget Shared { get; } = new();

    /// <summary>The most bytes that one video may have.</summary>
    public long PerVideo => perVideo;

    /// <summary>The most bytes that all videos together may have.</summary>
    public long Total { get; set; } = total;

    /// <summary>
    /// Whether it is of no use to prepare a clip, which takes time: it would not fit as it is, or nothing would.
    /// </summary>
    /// <param name="file">The clip.</param>
    /// <param name="asItIs">Whether it would be taken as it is.</param>
    public bool IsTooFullFor(FileInfo file, bool asItIs)
    {
        if (!file.Exists) return false; // the reader says so
        lock (_lock)
        {
            var left = Total - _taken.Values.Sum();
            if (left >= (asItIs && file.Length <= perVideo ? file.Length : LeastVideo)) return false;
            // One that is shown already counts once; only as it is can that be known without making it.
            return !(asItIs && file.Length <= perVideo && _taken.ContainsKey(Hash(File.ReadAllBytes(file.FullName))));
        }
    }

    /// <summary>Takes the bytes of a video from the budget; false if too few are left.</summary>
    public bool TryTake(EmbeddedVideo video)
    {
        var content = Hash(video.Mp4);
        lock (_lock)
        {
            if (_taken.ContainsKey(content)) return true;
            if (_taken.Values.Sum() + video.Bytes > Total) return false;
            _taken[content] = video.Bytes;
            return true;
        }
    }

    private static string Hash(byte[] mp4) => Convert.ToHexString(SHA256.HashData(mp4));
}
