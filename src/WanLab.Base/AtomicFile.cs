namespace WanLab;

/// <summary>
/// Writes files all or nothing: the bytes go to a temporary file in the same folder, are flushed to disk, and the file is renamed.
/// </summary>
internal static class AtomicFile
{
    /// <summary>Writes through a stream. A missing folder is created.</summary>
    /// <exception cref="WanLabException">The place cannot be written, or the disk is full.</exception>
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
                throw new WanLabException($"{path}: cannot be written: {e.Message} Free some space or choose another folder.", e);
            throw;
        }
    }

    /// <summary>Writes a text as UTF-8. A missing folder is created.</summary>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
}
