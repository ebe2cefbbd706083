namespace WanLab;

/// <summary>
/// Writes files all or nothing: the bytes go to an unfinished file in the same folder, are flushed to disk, and the file is renamed.
/// </summary>
internal static class AtomicFile
{
    /// <summary>Writes through a stream. A missing folder is created.</summary>
    /// <exception cref="WanLabException">The place cannot be written, or the disk is full.</exception>
    public static void Write(string path, Action<Stream> write) => Make(path, unfinished =>
    {
        using var stream = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        write(stream);
    });

    /// <summary>Writes a text as UTF-8. A missing folder is created.</summary>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>Moves the file that <paramref name="make"/> makes at the path it is given to its place, once it is complete.</summary>
    /// <exception cref="WanLabException">The place cannot be written, or the disk is full.</exception>
    internal static void Make(string path, Action<string> make)
    {
        try
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            Directory.CreateDirectory(folder);
            UnfinishedFile.Use(folder, unfinished =>
            {
                make(unfinished);
                UnfinishedFile.Publish(unfinished, path);
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{path}: cannot be written: {e.Message} Free some space or choose another folder.", e);
        }
    }
}
