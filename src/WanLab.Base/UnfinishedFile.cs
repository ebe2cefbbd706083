using System.Text.RegularExpressions;

namespace WanLab;

/// <summary>
/// Files that are being written. All have names of one form, which no file of a user has, so that those of killed processes can be
/// removed without touching anything else.
/// </summary>
internal static partial class UnfinishedFile
{
    /// <summary>A new name in a folder; nothing is created.</summary>
    public static string In(string folder) => Path.Combine(folder, $".wanlab-{Guid.NewGuid().ToString("N")[..12]}.part");

    /// <summary>Passes a new name in a folder to <paramref name="write"/>; a file of this name that is left is deleted.</summary>
    public static void Use(string folder, Action<string> write)
    {
        var file = In(folder);
        try
        {
            write(file);
        }
        finally
        {
            Delete(file);
        }
    }

    /// <summary>Gives a file that is complete its name: its bytes are on the disk first, and then the name.</summary>
    public static void Publish(string unfinished, string path)
    {
        using (var stream = new FileStream(unfinished, FileMode.Open, FileAccess.ReadWrite)) stream.Flush(flushToDisk: true);
        File.Move(unfinished, path, overwrite: true);
        FolderSync.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Whether a file's name is one of those that <see cref="In"/> gives.</summary>
    public static bool Is(string file) => Form().IsMatch(Path.GetFileName(file));

    /// <summary>Deletes a file if it is there. What cannot be deleted stays: the error of the writing is the one to report.</summary>
    public static void Delete(string file)
    {
        try
        {
            if (File.Exists(file)) File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }

    [GeneratedRegex(@"\A\.wanlab-[0-9a-f]{12}\.part\z")]
    private static partial Regex Form();
}
