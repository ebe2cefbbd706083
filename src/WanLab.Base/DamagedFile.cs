namespace WanLab;

/// <summary>Files that turned out to be damaged. They are set aside under another name, never deleted.</summary>
internal static class DamagedFile
{
    /// <summary>The ending of a file that was set aside.</summary>
    public const string Ending = ".damaged";

    /// <summary>Renames a damaged file (or a folder in its place) to NAME.damaged, or NAME.damaged2 where there is one already.</summary>
    /// <returns>The new path.</returns>
    /// <exception cref="WanLabException">It cannot be renamed.</exception>
    public static string SetAside(string path)
    {
        var aside = path + Ending;
        for (var k = 2; Path.Exists(aside); k++) aside = $"{path}{Ending}{k}";
        try
        {
            if (Directory.Exists(path)) Directory.Move(path, aside);
            else File.Move(path, aside);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{path}: is damaged and cannot be set aside: {e.Message} Rename it yourself.", e);
        }
        return aside;
    }
}
