using System.Runtime.InteropServices;

namespace WanLab.Jupyter.Zmq;

/// <summary>The kinds of sockets in use; the numbers are libzmq's.</summary>
internal enum ZmqKind
{
    Pair = 0,
    Sub = 2,
    Req = 3,
    Rep = 4,
    Dealer = 5,
    Router = 6,
    XPub = 9,
}

/// <summary>A libzmq context: the sockets of one kernel or client live in it.</summary>
internal sealed class ZmqContext : IDisposable
{
    /// <summary>The handle of the native context.</summary>
    public nint Handle { get; } = Libzmq.zmq_ctx_new();

    /// <summary>Ends it once all its sockets are closed and what they had to send is sent, or their linger is over.</summary>
    public void Dispose() => _ = Libzmq.zmq_ctx_term(Handle);
}

/// <summary>A socket that sends and receives whole messages of one or more frames. Not for two threads at once.</summary>
/// <remarks>
/// Anyone on this machine can send to it, so what it takes in is bounded: the size of a frame and the number of messages that wait,
/// by libzmq; the number of frames and their sum, here.
/// </remarks>
internal sealed unsafe class ZmqSocket : IDisposable
{
    /// <summary>The most frames that a message may have.</summary>
    public const int MaxFrames = 1024;

    /// <summary>The most bytes that a message may have, all frames together. libzmq hangs up on who sends more in one frame.</summary>
    public const int MaxBytes = 64 << 20;

    private const int MaxWaiting = 16;
    private const int DontWait = 1, SendMore = 2;
    private const int RoutingId =
        5, Linger = 17, MaxMessageSize = 22, SendHighWater = 23, ReceiveHighWater = 24, Subscribe = 6, XPubVerbose = 40;
    private const int Again = 11, Interrupted = 4;
    private readonly string _name;
    private nint _handle;

    /// <summary>Opens a socket that holds what it cannot send yet without a limit, and what it receives within one.</summary>
    public ZmqSocket(ZmqContext context, ZmqKind kind)
    {
        _name = kind.ToString();
        _handle = Libzmq.zmq_socket(context.Handle, (int)kind);
        if (_handle == 0) throw Libzmq.Failure($"opening a {_name} socket");
        Set(Linger, 1000);
        Set(SendHighWater, 0);
        Set(ReceiveHighWater, MaxWaiting);
        long largest = MaxBytes;
        if (Libzmq.zmq_setsockopt(_handle, MaxMessageSize, &largest, sizeof(long)) != 0) throw Libzmq.Failure(_name);
        if (kind == ZmqKind.XPub) Set(XPubVerbose, 1); // every subscription is seen, not only the first of its topic
        if (kind == ZmqKind.Sub && Libzmq.zmq_setsockopt(_handle, Subscribe, null, 0) != 0) throw Libzmq.Failure(_name);
    }

    /// <summary>The native socket, for polling.</summary>
    public nint Handle => _handle;

    /// <summary>The name under which the other side answers; to be set before connecting.</summary>
    public void SetIdentity(byte[] name)
    {
        fixed (byte* value = name)
            if (Libzmq.zmq_setsockopt(_handle, RoutingId, value, (nuint)name.Length) != 0) throw Libzmq.Failure(_name);
    }

    /// <summary>Listens at an address.</summary>
    public void Bind(string address)
    {
        if (Libzmq.zmq_bind(_handle, address) != 0) throw Libzmq.Failure($"listening at {address}");
    }

    /// <summary>Connects to an address; it may start to listen later.</summary>
    public void Connect(string address)
    {
        if (Libzmq.zmq_connect(_handle, address) != 0) throw Libzmq.Failure($"connecting to {address}");
    }

    /// <summary>Sends one message.</summary>
    public void Send(IReadOnlyList<byte[]> frames)
    {
        for (var k = 0; k < frames.Count; k++)
        {
            fixed (byte* data = frames[k])
            {
                var flags = DontWait | (k + 1 < frames.Count ? SendMore : 0);
                while (Libzmq.zmq_send(_handle, data, (nuint)frames[k].Length, flags) < 0)
                    if (Marshal.GetLastPInvokeError() != Interrupted) throw Libzmq.Failure($"sending on {_name}");
            }
        }
    }

    /// <summary>Takes the next message that has arrived; null where there is none, and no frames where it was too large to keep.</summary>
    public IReadOnlyList<byte[]>? TryReceive()
    {
        List<byte[]>? frames = null;
        var (count, bytes) = (0, 0L);
        ZmqFrame frame;
        while (true)
        {
            _ = Libzmq.zmq_msg_init(&frame);
            try
            {
                if (Libzmq.zmq_msg_recv(&frame, _handle, DontWait) < 0)
                {
                    var error = Marshal.GetLastPInvokeError();
                    if (error == Interrupted) continue;
                    if (error == Again && frames is null) return null;
                    throw Libzmq.Failure($"receiving on {_name}");
                }
                var size = Libzmq.zmq_msg_size(&frame);
                frames ??= [];
                bytes += (long)size;
                if (++count > MaxFrames || bytes > MaxBytes) frames.Clear(); // the rest of the message is taken in too, and dropped
                else frames.Add(new ReadOnlySpan<byte>(Libzmq.zmq_msg_data(&frame), (int)size).ToArray());
                if (Libzmq.zmq_msg_more(&frame) == 0) return frames;
            }
            finally
            {
                _ = Libzmq.zmq_msg_close(&frame);
            }
        }
    }

    /// <summary>Waits until one of the sockets has a message, or the time is over.</summary>
    public static void Wait(ReadOnlySpan<ZmqSocket> sockets, TimeSpan? limit = null)
    {
        Span<ZmqPollItem> items = stackalloc ZmqPollItem[sockets.Length];
        for (var k = 0; k < items.Length; k++) items[k] = new ZmqPollItem { Socket = sockets[k].Handle, Events = 1 };
        fixed (ZmqPollItem* first = items)
        {
            if (Libzmq.zmq_poll(first, items.Length, limit is { } some ? (nint)Math.Max(0, Math.Ceiling(some.TotalMilliseconds)) : -1) < 0
                && Marshal.GetLastPInvokeError() != Interrupted) throw Libzmq.Failure("waiting for messages");
        }
    }

    /// <summary>Closes the socket.</summary>
    public void Dispose()
    {
        if (_handle != 0) _ = Libzmq.zmq_close(_handle);
        _handle = 0;
    }

    private void Set(int option, int value)
    {
        if (Libzmq.zmq_setsockopt(_handle, option, &value, sizeof(int)) != 0) throw Libzmq.Failure(_name);
    }
}
