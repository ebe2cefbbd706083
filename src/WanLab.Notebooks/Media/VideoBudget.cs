namespace WanLab.Notebooks.Media;

/// <summary>
/// How many bytes of video one notebook or report may hold. A notebook is saved whole every two minutes, so videos that do
/// not fit are named instead of shown.
/// </summary>
internal sealed class VideoBudget(long total = 24L << 20, long perVideo = 1L << 20)
{
    private long _spent;

    /// <summary>Of this process, which runs one notebook.</summary>
    public static VideoBudget Shared { get; } = new();

    /// <summary>Most bytes of one video.</summary>
    public long PerVideo => perVideo;

    /// <summary>Bytes of videos in all.</summary>
    public long Total => total;

    /// <summary>Takes bytes, where they are left.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _spent, bytes) <= total) return true;
        Interlocked.Add(ref _spent, -bytes);
        return false;
    }

    /// <summary>Gives bytes back, when an output was replaced.</summary>
    public void Return(long bytes) => Interlocked.Add(ref _spent, -bytes);
}
