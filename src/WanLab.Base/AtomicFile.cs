namespace WanLab;

/// <summary>Writes a file so that it is there whole or not at all: beside its place, flushed to disk, then renamed.</summary>
public static class AtomicFile
{
    /// <summary>Writes through a stream. The folder is made where it is missing.</summary>
    /// <exception cref="WanLabException">The place can not be written, or the disk is full.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = $"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e)
        {
            if (File.Exists(temporary)) File.Delete(temporary);
            if (e is IOException or UnauthorizedAccessException)
                throw new WanLabException($"{path}: can not be written: {e.Message} Free space or choose another folder.", e);
            throw;
        }
    }

    /// <summary>Writes text as UTF-8.</summary>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
}
