namespace WanLab.Curation.Editing;

/// <summary>
/// A lock that one process at a time has on a folder's decisions, captions and drafts; a killed process releases it.
/// </summary>
internal static class FolderLock
{
    /// <summary>The file's name.</summary>
    public const string Name = ".curation.lock";

    private const int Attempts = 250, Pause = 20; // milliseconds; a writer holds the lock for one small file

    /// <summary>Takes the lock, which disposing releases.</summary>
    /// <exception cref="WanLabException">The folder cannot be written, or another process keeps the lock for seconds.</exception>
    public static IDisposable Take(string folder)
    {
        var file = Path.Combine(folder, Name);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (Exception e) when (e is UnauthorizedAccessException or DirectoryNotFoundException)
            {
                throw new WanLabException($"{folder}: cannot be written, so nothing is changed: {e.Message} Check its permissions, "
                    + "or work on a copy.", e);
            }
            catch (IOException) when (attempt < Attempts)
            {
#pragma warning disable RS0030 // Nothing signals that another process has released a file.
                Thread.Sleep(Pause);
#pragma warning restore RS0030
            }
            catch (IOException e)
            {
                throw new WanLabException($"{file}: another process holds it and does not release it: {e.Message} End that process.", e);
            }
        }
    }
}
