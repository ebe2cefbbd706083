using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace WanLab.Testing;

/// <summary>
/// Work for which the modes of files count, even where the tests run as root: a thread of its own reads and writes files as nobody.
/// </summary>
public static partial class Unprivileged
{
    private const uint Nobody = 65534;

    /// <summary>Runs on that thread, and throws what it throws. Only what happens on the thread itself is without privileges.</summary>
    public static void Run(Action work)
    {
        ExceptionDispatchInfo? failed = null;
        var thread = new Thread(() =>
        {
            try
            {
                if (Environment.IsPrivilegedProcess) SetFileUser(Nobody);
                work();
            }
            catch (Exception e)
            {
                failed = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        failed?.Throw();
    }

    /// <summary>Lets all users read a folder and what is in it, and nobody write there.</summary>
    public static void MakeReadOnly(string folder) => Change(folder, writable: false);

    /// <summary>Lets the owner write there again.</summary>
    public static void MakeWritable(string folder) => Change(folder, writable: true);

    private static void Change(string folder, bool writable)
    {
        const UnixFileMode Read = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode Enter = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        var write = writable ? UnixFileMode.UserWrite : UnixFileMode.None;
        File.SetUnixFileMode(folder, Read | Enter | write); // first, so that what is in it can be reached
        foreach (var inner in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories))
            File.SetUnixFileMode(inner, Read | Enter | write);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)) File.SetUnixFileMode(file, Read | write);
    }

    // For the calling thread alone, unlike the calls for the real user.
    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial int SetFileUser(uint user);
}
