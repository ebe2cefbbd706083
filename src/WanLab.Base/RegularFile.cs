using System.Runtime.InteropServices;

namespace WanLab;

/// <summary>Tells files from pipes, devices and sockets, which can be read without an end or keep a reader waiting.</summary>
internal static partial class RegularFile
{
    private const int CurrentFolder = -100, TypeOnly = 1, ModeOffset = 28, TypeMask = 0xF000, Regular = 0x8000;

    /// <summary>Whether the path leads, over links, to a file with bytes of its own.</summary>
    public static bool Is(string path)
    {
        if (!File.Exists(path)) return false;
        if (!OperatingSystem.IsLinux()) return true;
        var status = new byte[256];
        if (Status(CurrentFolder, path, 0, TypeOnly, status) != 0) return false;
        return (BitConverter.ToUInt16(status, ModeOffset) & TypeMask) == Regular;
    }

    /// <summary>Refuses what is not a regular file.</summary>
    /// <exception cref="WanLabException">The path leads to nothing, or to something else.</exception>
    public static void Require(string path)
    {
        if (Is(path)) return;
        throw new WanLabException(Directory.Exists(path) ? $"{path}: is a folder, not a file."
            : File.Exists(path) ? $"{path}: is no regular file but a pipe, a device or the like, and is not read."
            : $"{path}: there is no such file.");
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Status(int folder, string path, int flags, uint mask, [Out] byte[] status);
}
