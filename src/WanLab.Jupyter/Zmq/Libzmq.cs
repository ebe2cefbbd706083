using System.Reflection;
using System.Runtime.InteropServices;

namespace WanLab.Jupyter.Zmq;

/// <summary>The functions of libzmq that the kernel needs.</summary>
internal static unsafe partial class Libzmq
{
    private const string Library = "zmq";

    // Without the -dev package there is only the first; the last two are the names of other systems.
    private static readonly string[] Names = ["libzmq.so.5", "libzmq.so", "libzmq.5.dylib", "libzmq.dll"];

    static Libzmq() => NativeLibrary.SetDllImportResolver(typeof(Libzmq).Assembly, Resolve);

    [LibraryImport(Library)] private static partial void zmq_version(int* major, int* minor, int* patch);
    [LibraryImport(Library)] public static partial nint zmq_ctx_new();
    [LibraryImport(Library)] public static partial int zmq_ctx_term(nint context);
    [LibraryImport(Library, SetLastError = true)] public static partial nint zmq_socket(nint context, int type);
    [LibraryImport(Library)] public static partial int zmq_close(nint socket);
    [LibraryImport(Library, SetLastError = true)]
    public static partial int zmq_setsockopt(nint socket, int option, void* value, nuint size);
    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int zmq_bind(nint socket, string address);
    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int zmq_connect(nint socket, string address);
    [LibraryImport(Library, SetLastError = true)] public static partial int zmq_send(nint socket, byte* data, nuint size, int flags);
    [LibraryImport(Library)] public static partial int zmq_msg_init(ZmqFrame* frame);
    [LibraryImport(Library, SetLastError = true)] public static partial int zmq_msg_recv(ZmqFrame* frame, nint socket, int flags);
    [LibraryImport(Library)] public static partial void* zmq_msg_data(ZmqFrame* frame);
    [LibraryImport(Library)] public static partial nuint zmq_msg_size(ZmqFrame* frame);
    [LibraryImport(Library)] public static partial int zmq_msg_more(ZmqFrame* frame);
    [LibraryImport(Library)] public static partial int zmq_msg_close(ZmqFrame* frame);
    [LibraryImport(Library, SetLastError = true)] public static partial int zmq_poll(ZmqPollItem* items, int count, nint milliseconds);
    [LibraryImport(Library)] private static partial nint zmq_strerror(int error);

    /// <summary>The library's version.</summary>
    /// <exception cref="WanLabException">libzmq is not on this machine.</exception>
    public static string Version
    {
        get
        {
            int major, minor, patch;
            zmq_version(&major, &minor, &patch);
            return $"{major}.{minor}.{patch}";
        }
    }

    /// <summary>An exception for the last failed call.</summary>
    public static ZmqException Failure(string what)
    {
        var error = Marshal.GetLastPInvokeError();
        return new ZmqException(error, $"{what}: {Marshal.PtrToStringUTF8(zmq_strerror(error))}");
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library) return 0;
        foreach (var candidate in Names)
            if (NativeLibrary.TryLoad(candidate, assembly, path, out var handle)) return handle;
        throw new WanLabException("libzmq is missing: the notebook kernel speaks to Jupyter through it. Install it (Debian: " +
            "apt-get install libzmq5) and start the kernel again.");
    }
}

/// <summary>zmq_msg_t: 64 bytes that only libzmq reads.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct ZmqFrame
{
    private long _first; // aligns it as a pointer is
}

/// <summary>The layout of zmq_pollitem_t.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ZmqPollItem
{
    public nint Socket;
    public int FileDescriptor;
    public short Events;
    public short ReadyEvents;
}

/// <summary>A call to libzmq failed.</summary>
internal sealed class ZmqException(int error, string message) : Exception(message)
{
    /// <summary>The number of the system's error.</summary>
    public int Error => error;
}
