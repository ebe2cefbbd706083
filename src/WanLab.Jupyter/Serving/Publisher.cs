using System.Text.Json.Nodes;
using WanLab.Jupyter.Wire;

namespace WanLab.Jupyter.Serving;

/// <summary>Makes the kernel's messages and sends them.</summary>
/// <param name="time">The clock of the messages' dates.</param>
internal sealed class Publisher(TimeProvider time)
{
    private readonly string _session = Guid.NewGuid().ToString("N");
    private readonly Lock _states = new();
    private Message? _cell; // the request whose cell runs

    /// <summary>The sockets to send on; set once they are open.</summary>
    public KernelSockets Sockets { get; set; } = null!;

    /// <summary>Publishes a message about a request.</summary>
    public void Publish(Message? request, string type, JsonObject content, JsonObject? metadata = null) =>
        Sockets.Send(KernelChannel.Iopub, Create(request, type, content) with
        {
            Identities = [System.Text.Encoding.UTF8.GetBytes($"kernel.{_session}.{type}")],
            Metadata = metadata ?? [],
        });

    /// <summary>Replies to a request.</summary>
    public void Reply(KernelChannel channel, Message request, string type, JsonObject content) =>
        Sockets.Send(channel, Create(request, type, content) with { Identities = request.Identities });

    /// <summary>The greeting for a new subscriber of a topic.</summary>
    public Message Welcome(string topic) => Create(null, "iopub_welcome", new JsonObject { ["subscription"] = topic });

    /// <summary>
    /// Does the work of a request between the states busy and idle, as the protocol asks for every request. While a cell runs, the
    /// kernel is busy whatever else it answers.
    /// </summary>
    public void Bracket(Message request, Action work, bool isCell = false)
    {
        // Under a lock: a cell that ends meanwhile would be said to be busy after it was said to be idle, and nobody would take it back.
        lock (_states)
        {
            if (isCell) _cell = request;
            Status(request, "busy");
        }
        try
        {
            work();
        }
        finally
        {
            lock (_states)
            {
                if (isCell) _cell = null;
                Status(request, "idle");
                // Clients show the latest state, whoever's it is.
                if (_cell is { } cell) Status(cell, "busy");
            }
        }
    }

    /// <summary>Publishes the kernel's state.</summary>
    public void Status(Message? request, string state) => Publish(request, "status", new JsonObject { ["execution_state"] = state });

    private Message Create(Message? request, string type, JsonObject content) => Message.Create(type, content, request, _session, time);
}
