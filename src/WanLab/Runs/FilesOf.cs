namespace WanLab.Runs;

/// <summary>Lists folders for readers: a folder that is not there, or not for this user, is empty.</summary>
internal static class FilesOf
{
    /// <summary>The files of a folder.</summary>
    public static IReadOnlyList<string> Folder(string folder) => Read(() => Directory.GetFiles(folder));

    /// <summary>The folders of a folder.</summary>
    public static IReadOnlyList<string> Folders(string folder) => Read(() => Directory.GetDirectories(folder));

    private static string[] Read(Func<string[]> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
