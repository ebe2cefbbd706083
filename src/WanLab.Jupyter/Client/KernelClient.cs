using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using WanLab.Jupyter.Wire;
using WanLab.Jupyter.Zmq;

namespace WanLab.Jupyter.Client;

/// <summary>The answer to a request: its reply, and the messages published about it up to the state idle.</summary>
/// <param name="Reply">The reply; null where the request gets none.</param>
/// <param name="Published">Messages of iopub, in order.</param>
internal sealed record Exchange(Message? Reply, IReadOnlyList<Message> Published)
{
    /// <summary>The published messages of a type.</summary>
    public IEnumerable<JsonObject> Of(string type) => Published.Where(message => message.Type == type).Select(message => message.Content);

    /// <summary>All text of a stream.</summary>
    public string Stream(string name = "stdout") =>
        string.Concat(Of("stream").Where(stream => (string?)stream["name"] == name).Select(stream => (string?)stream["text"]));
}

/// <summary>A small Jupyter client, for measuring and testing kernels. For one thread.</summary>
internal sealed class KernelClient : IDisposable
{
    /// <summary>The time to wait for a message before it counts as never coming.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TimeProvider _time;
    private readonly ZmqContext _context = new();
    private readonly MessageCodec _codec;
    private readonly string _session = Guid.NewGuid().ToString("N");
    private readonly Dictionary<KernelPort, ZmqSocket> _sockets = [];
    private readonly Dictionary<KernelPort, Queue<Message>> _received = [];

    /// <summary>Connects to a kernel, which may start later.</summary>
    /// <param name="connection">Its addresses and key.</param>
    /// <param name="time">Measures how long a message is waited for.</param>
    public KernelClient(ConnectionInfo connection, TimeProvider time)
    {
        _time = time;
        _codec = new MessageCodec(connection.Key);
        Connect(KernelPort.Shell, ZmqKind.Dealer, connection.Address(connection.ShellPort));
        Connect(KernelPort.Control, ZmqKind.Dealer, connection.Address(connection.ControlPort));
        Connect(KernelPort.Stdin, ZmqKind.Dealer, connection.Address(connection.StdinPort));
        Connect(KernelPort.Iopub, ZmqKind.Sub, connection.Address(connection.IopubPort));
        Connect(KernelPort.Heartbeat, ZmqKind.Req, connection.Address(connection.HbPort));
    }

    /// <summary>A connection on this machine, with a key and ports of its own.</summary>
    public static ConnectionInfo NewConnection()
    {
        var listeners = Enumerable.Range(0, 5).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        foreach (var listener in listeners) listener.Start();
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToList();
        foreach (var listener in listeners) listener.Dispose();
        return new ConnectionInfo
        {
            Key = Guid.NewGuid().ToString("N"),
            ShellPort = ports[0],
            ControlPort = ports[1],
            StdinPort = ports[2],
            IopubPort = ports[3],
            HbPort = ports[4],
        };
    }

    /// <summary>Waits for the greeting that a subscriber gets; from then on nothing published is missed.</summary>
    public void AwaitWelcome() => Receive(KernelPort.Iopub, message => message.Type == "iopub_welcome");

    /// <summary>Sends a request.</summary>
    /// <returns>The request.</returns>
    public Message Send(string type, JsonObject? content = null, KernelPort port = KernelPort.Shell)
    {
        var message = Message.Create(type, content ?? [], null, _session, TimeProvider.System);
        SendFrames(_codec.Encode(message), port);
        return message;
    }

    /// <summary>Sends frames as they are.</summary>
    public void SendFrames(IReadOnlyList<byte[]> frames, KernelPort port = KernelPort.Shell) => _sockets[port].Send(frames);

    /// <summary>Sends a request and waits until it was dealt with.</summary>
    public Exchange Request(string type, JsonObject? content = null, KernelPort port = KernelPort.Shell) =>
        Await(Send(type, content, port), port);

    /// <summary>Runs a cell and waits for its end.</summary>
    public Exchange Execute(string code, bool silent = false) => Request("execute_request", Cell(code, silent));

    /// <summary>The content of a request that runs a cell.</summary>
    public static JsonObject Cell(string code, bool silent = false, bool allowStdin = false, bool stopOnError = true) => new()
    {
        ["code"] = code,
        ["silent"] = silent,
        ["store_history"] = !silent,
        ["user_expressions"] = new JsonObject(),
        ["allow_stdin"] = allowStdin,
        ["stop_on_error"] = stopOnError,
    };

    /// <summary>Waits for the reply to a request and for the state idle.</summary>
    public Exchange Await(Message request, KernelPort port = KernelPort.Shell)
    {
        var published = new List<Message>();
        Receive(KernelPort.Iopub, message =>
        {
            if (message.ParentHeader.Text("msg_id") != request.Id) return false;
            published.Add(message);
            return message.Type == "status" && message.Content.Text("execution_state") == "idle";
        });
        var expectsReply = request.Type.EndsWith("_request", StringComparison.Ordinal);
        var reply = expectsReply ? Receive(port, message => message.ParentHeader.Text("msg_id") == request.Id) : null;
        return new Exchange(reply, published);
    }

    /// <summary>Waits for a message; those before it are dropped.</summary>
    /// <exception cref="TimeoutException">It does not come.</exception>
    public Message Receive(KernelPort port, Func<Message, bool> isIt)
    {
        var started = _time.GetTimestamp();
        while (true)
        {
            while (_received[port].TryDequeue(out var message))
                if (isIt(message)) return message;
            var left = Patience - _time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
                throw new TimeoutException($"The kernel sent no such message on {port} in {Patience.TotalSeconds} s.");
            ZmqSocket.Wait([.. _received.Keys.Select(at => _sockets[at])], left);
            foreach (var at in _received.Keys)
                while (_sockets[at].TryReceive() is { } frames)
                    _received[at].Enqueue(_codec.Decode(frames)
                        ?? throw new InvalidDataException($"The kernel sent a message on {at} that is not signed with the key."));
        }
    }

    /// <summary>Sends a heartbeat and waits for its echo.</summary>
    public bool Beat(byte[] bytes)
    {
        var heart = _sockets[KernelPort.Heartbeat];
        heart.Send([bytes]);
        ZmqSocket.Wait([heart], Patience);
        return heart.TryReceive() is [var echo] && echo.AsSpan().SequenceEqual(bytes);
    }

    /// <summary>Closes the connection; the kernel keeps running.</summary>
    public void Dispose()
    {
        foreach (var socket in _sockets.Values) socket.Dispose();
        _context.Dispose();
    }

    private void Connect(KernelPort port, ZmqKind kind, string address)
    {
        var socket = new ZmqSocket(_context, kind);
        // One name on all channels: a kernel asks on stdin under the name that a request had on shell.
        if (kind == ZmqKind.Dealer) socket.SetIdentity(System.Text.Encoding.ASCII.GetBytes(_session));
        socket.Connect(address);
        _sockets[port] = socket;
        if (port != KernelPort.Heartbeat) _received[port] = new Queue<Message>();
    }
}

/// <summary>The ports of a kernel.</summary>
internal enum KernelPort
{
    Shell,
    Control,
    Stdin,
    Iopub,
    Heartbeat,
}
