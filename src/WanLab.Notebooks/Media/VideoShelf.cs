namespace WanLab.Notebooks.Media;

/// <summary>
/// Keeps videos in the form for pages, so that a cell that runs again and a dashboard that grows do not encode them again.
/// </summary>
/// <param name="most">Bytes kept; the oldest go first.</param>
internal sealed class VideoShelf(long most = 32L << 20)
{
    private readonly LinkedList<(Key Key, EmbeddedVideo Video)> _kept = new();
    private readonly Lock _lock = new();

    /// <summary>The shelf of this process.</summary>
    public static VideoShelf Shared { get; } = new();

    /// <inheritdoc cref="EmbeddedVideo.Of"/>
    public EmbeddedVideo Get(string file, long perVideo, bool asItIs, bool poster = true)
    {
        var key = new Key(Path.GetFullPath(file), File.GetLastWriteTimeUtc(file), perVideo, asItIs, poster);
        lock (_lock)
            if (_kept.FirstOrDefault(kept => kept.Key == key) is { Video: { } video }) return video;
        var made = EmbeddedVideo.Of(file, perVideo, asItIs, poster);
        lock (_lock)
        {
            _kept.AddLast((key, made));
            while (_kept.Sum(kept => kept.Video.Bytes) > most) _kept.RemoveFirst();
        }
        return made;
    }

    /// <inheritdoc cref="EmbeddedVideo.StillOf"/>
    public byte[] Still(string file)
    {
        var key = new Key(Path.GetFullPath(file), File.GetLastWriteTimeUtc(file), 0, false, true);
        lock (_lock)
            if (_kept.FirstOrDefault(kept => kept.Key == key) is { Video: { } video }) return video.Poster;
        var made = EmbeddedVideo.StillOf(file);
        lock (_lock) _kept.AddLast((key, new EmbeddedVideo([], made, 0, 0, 1)));
        return made;
    }

    private sealed record Key(string File, DateTime Written, long PerVideo, bool AsItIs, bool Poster);
}
