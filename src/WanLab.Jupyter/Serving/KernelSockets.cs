using System.Collections.Concurrent;
using WanLab.Jupyter.Cells;
using WanLab.Jupyter.Wire;
using WanLab.Jupyter.Zmq;

namespace WanLab.Jupyter.Serving;

/// <summary>The channels that carry messages.</summary>
internal enum KernelChannel
{
    Shell,
    Control,
    Stdin,
    Iopub,
}

/// <summary>
/// The kernel's sockets. ZeroMQ's are not for several threads, so one thread owns all of them; the others leave their
/// messages in a queue and wake it.
/// </summary>
internal sealed class KernelSockets : IDisposable
{
    private static readonly byte[][] Wake = [[]];
    private readonly ZmqContext _context = new();
    private readonly MessageCodec _codec;
    private readonly Dictionary<KernelChannel, ZmqSocket> _channels;
    private readonly ZmqSocket _heartbeat, _wakeReader, _wakeWriter;
    private readonly ConcurrentQueue<Action> _work = new();
    private readonly Action<KernelChannel, Message> _onMessage;
    private readonly Func<string, Message> _welcome;
    private readonly Thread _thread;
    private int _woken;
    private bool _stopped, _closed;

    /// <summary>Binds the sockets; <see cref="Start"/> begins to read them.</summary>
    /// <param name="connection">Addresses to bind.</param>
    /// <param name="onMessage">Called on the sockets' thread for every message whose signature is right; must not block.</param>
    /// <param name="welcome">Makes the message that greets a new subscriber of a topic.</param>
    /// <exception cref="WanLabException">An address cannot be bound.</exception>
    public KernelSockets(ConnectionInfo connection, Action<KernelChannel, Message> onMessage, Func<string, Message> welcome)
    {
        _codec = new MessageCodec(connection.Key);
        _onMessage = onMessage;
        _welcome = welcome;
        try
        {
            _channels = new()
            {
                [KernelChannel.Shell] = Bound(ZmqKind.Router, connection.Address(connection.ShellPort)),
                [KernelChannel.Control] = Bound(ZmqKind.Router, connection.Address(connection.ControlPort)),
                [KernelChannel.Stdin] = Bound(ZmqKind.Router, connection.Address(connection.StdinPort)),
                [KernelChannel.Iopub] = Bound(ZmqKind.XPub, connection.Address(connection.IopubPort)),
            };
            _heartbeat = Bound(ZmqKind.Rep, connection.Address(connection.HbPort));
        }
        catch (ZmqException e)
        {
            throw new WanLabException(
                $"The kernel cannot be reached: {e.Message}. Start it again; a Jupyter client then chooses other ports.", e);
        }
        _wakeReader = Bound(ZmqKind.Pair, "inproc://wake");
        _wakeWriter = new ZmqSocket(_context, ZmqKind.Pair);
        _wakeWriter.Connect("inproc://wake");
        _thread = new Thread(Run) { Name = "kernel sockets", IsBackground = true };
    }

    /// <summary>Messages that were dropped: not signed with the key, or no messages at all.</summary>
    public int Dropped { get; private set; }

    /// <summary>Starts to read messages.</summary>
    public void Start() => _thread.Start();

    /// <summary>Queues a message to be sent; from any thread. Messages of one thread keep their order.</summary>
    public void Send(KernelChannel channel, Message message)
    {
        var frames = _codec.Encode(message);
        Post(() => _channels[channel].Send(frames));
    }

    /// <summary>Runs something once every message that has already arrived has been passed on.</summary>
    public void AfterArrived(Action action) => Post(() =>
    {
        Receive(KernelChannel.Shell);
        action();
    });

    /// <summary>Sends the queued messages and closes the sockets.</summary>
    public void Dispose()
    {
        Post(() => _stopped = true);
        if (_thread.ThreadState.HasFlag(ThreadState.Unstarted)) Run();
        else _thread.Join();
    }

    private ZmqSocket Bound(ZmqKind kind, string address)
    {
        var socket = new ZmqSocket(_context, kind);
        socket.Bind(address);
        return socket;
    }

    private void Post(Action action)
    {
        _work.Enqueue(action);
        if (Interlocked.Exchange(ref _woken, 1) == 1) return;
        lock (_wakeWriter)
        {
            if (!_closed) _wakeWriter.Send(Wake); // late output of a cell that outlives the kernel goes nowhere
        }
    }

    private void Run()
    {
        ZmqSocket[] all = [.. _channels.Values, _heartbeat, _wakeReader];
        while (!_stopped)
        {
            ZmqSocket.Wait(all);
            while (_wakeReader.TryReceive() is not null) { }
            Volatile.Write(ref _woken, 0); // before the queue is emptied: what comes later wakes again
            Interlocked.MemoryBarrier();
            while (_work.TryDequeue(out var action)) Guard(action);
            while (_heartbeat.TryReceive() is { } beat) Guard(() => _heartbeat.Send(beat is [] ? Wake : beat));
            foreach (var channel in _channels.Keys) Receive(channel);
        }
        lock (_wakeWriter) // before its other end: who is about to wake the thread must not find that gone
        {
            _closed = true;
            _wakeWriter.Dispose();
        }
        foreach (var socket in all) socket.Dispose();
        _context.Dispose();
    }

    private void Receive(KernelChannel channel)
    {
        while (_channels[channel].TryReceive() is { } frames)
        {
            Guard(() =>
            {
                if (channel == KernelChannel.Iopub) Welcome(frames is [] ? [] : frames[0]);
                else if (_codec.Decode(frames) is { } message) _onMessage(channel, message);
                else Dropped++;
            });
        }
    }

    // A message that cannot be dealt with is dropped alone: the kernel's variables are the user's work.
    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e)
        {
            Dropped++;
            CellConsole.Log($"a message was dropped: {e}");
        }
    }

    // A subscription is a 1 and the topic, its end a 0 and the topic.
    private void Welcome(byte[] frame)
    {
        if (frame is not [1, .. var topic]) return;
        var message = _welcome(System.Text.Encoding.UTF8.GetString(topic)) with { Identities = [topic] };
        _channels[KernelChannel.Iopub].Send(_codec.Encode(message));
    }
}
