using System.Runtime.InteropServices;

namespace WanLab;

/// <summary>Brings the names in a folder to the disk, so that a renamed file keeps its new name when the power fails.</summary>
internal static partial class FolderSync
{
    /// <summary>Flushes a folder. Where the system cannot do that, nothing happens: only a power failure can tell the difference.</summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var handle = Open(folder, 0);
        if (handle < 0) return;
        _ = Sync(handle);
        _ = Close(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int readOnly);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
