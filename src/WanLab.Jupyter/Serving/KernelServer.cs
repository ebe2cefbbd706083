using System.Text.Json.Nodes;
using WanLab.Jupyter.Cells;
using WanLab.Jupyter.CSharp;
using WanLab.Jupyter.Wire;

namespace WanLab.Jupyter.Serving;

/// <summary>The kernel as Jupyter's clients see it: takes their requests and sees that each is answered.</summary>
internal sealed class KernelServer : IDisposable
{
    private readonly Publisher _publisher;
    private readonly KernelSockets _sockets;
    private readonly Questions _questions;
    private readonly Executions _executions;
    private readonly Answers _answers;
    private readonly Comms _comms;
    private readonly Worker _control = new("control"), _services = new("services"), _widgets = new("widgets");
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource<bool> _shutdown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Binds the kernel's sockets.</summary>
    /// <param name="connection">Addresses and key.</param>
    /// <param name="interpreter">Runs the cells.</param>
    /// <param name="time">The clock.</param>
    public KernelServer(ConnectionInfo connection, Interpreter interpreter, TimeProvider time)
    {
        _publisher = new Publisher(time);
        _questions = new Questions(_publisher);
        var history = new History();
        _comms = new Comms(_publisher);
        _executions = new Executions(interpreter, _publisher, _questions, _comms, history, time);
        _answers = new Answers(interpreter.Assistant, history);
        _sockets = new KernelSockets(connection, OnMessage, _publisher.Welcome);
        _publisher.Sockets = _sockets;
    }

    /// <summary>Completes when a client has asked for the shutdown; true if a new kernel is to follow.</summary>
    public Task<bool> Shutdown => _shutdown.Task;

    /// <summary>Messages that were dropped, as nobody with the key had signed them.</summary>
    public int Dropped => _sockets.Dropped;

    /// <summary>Runs something where cells run, before the next of them.</summary>
    public void Post(Action action) => _executions.Post(action);

    /// <summary>Starts to answer requests.</summary>
    public void Start()
    {
        _sockets.Start();
        _publisher.Status(null, "starting");
    }

    /// <summary>Asks the running cell to stop.</summary>
    public void Interrupt() => _executions.Interrupt();

    /// <summary>Sends the messages that wait, and closes the sockets.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _executions.Interrupt();
        _sockets.Dispose();
    }

    // On the sockets' thread: passes messages on, and does nothing that takes time.
    private void OnMessage(KernelChannel channel, Message message)
    {
        switch (message.Type)
        {
            case "input_reply": _questions.Answer(message); break;
            case "execute_request" when channel == KernelChannel.Shell: _executions.Add(message); break;
            // On a thread of their own: a press is answered while a cell runs, and while a completion is looked for.
            case "comm_open" or "comm_msg" or "comm_close": _widgets.Post(() => _comms.Handle(message)); break;
            case "comm_info_request": _widgets.Post(() => Handle(channel, message)); break;
            default: (channel == KernelChannel.Control ? _control : _services).Post(() => Handle(channel, message)); break;
        }
    }

    private void Handle(KernelChannel channel, Message request)
    {
        var isShutdown = request.Type == "shutdown_request";
        try
        {
            _publisher.Bracket(request, () => Answer(channel, request));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A fault in an answer must not end the kernel, whose variables are the user's work.
            CellConsole.Log($"{request.Type} failed: {e}");
            var content = new CellError(e.GetType().Name, e.Message, []).ToJson();
            content["status"] = "error";
            _publisher.Reply(channel, request, request.Type.Replace("_request", "_reply", StringComparison.Ordinal), content);
        }
        if (isShutdown) _shutdown.TrySetResult(request.Content.Flag("restart", false));
    }

    private void Answer(KernelChannel channel, Message request)
    {
        switch (request.Type)
        {
            case "interrupt_request":
                Interrupt();
                _publisher.Reply(channel, request, "interrupt_reply", new JsonObject { ["status"] = "ok" });
                break;
            case "shutdown_request":
                JsonObject Content() => new() { ["status"] = "ok", ["restart"] = request.Content.Flag("restart", false) };
                _publisher.Publish(request, "shutdown_reply", Content());
                _publisher.Reply(channel, request, "shutdown_reply", Content());
                break;
            case "comm_info_request": _publisher.Reply(channel, request, "comm_info_reply", _comms.Info(request.Content)); break;
            default:
                if (_answers.To(request, _stopping.Token) is { } answer) _publisher.Reply(channel, request, answer.Type, answer.Content);
                break;
        }
    }
}
