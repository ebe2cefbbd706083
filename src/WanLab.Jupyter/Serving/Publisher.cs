using System.Text.Json.Nodes;
using WanLab.Jupyter.Wire;

namespace WanLab.Jupyter.Serving;

/// <summary>Makes the kernel's messages and sends them.</summary>
/// <param name="time">The clock of the messages' dates.</param>
internal sealed class Publisher(TimeProvider time)
{
    private readonly string _session = Guid.NewGuid().ToString("N");

    /// <summary>The sockets to send on; set once they are open.</summary>
    public KernelSockets Sockets { get; set; } = null!;

    /// <summary>The request whose cell runs; null where none does.</summary>
    public Message? Running { get; set; }

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

    /// <summary>Does the work of a request between the states busy and idle, as the protocol asks for every request.</summary>
    public void Bracket(Message request, Action work)
    {
        Status(request, "busy");
        try
        {
            work();
        }
        finally
        {
            Status(request, "idle");
            // Clients show the latest state, whoever's it is.
            if (Running is { } running && running != request) Status(running, "busy");
        }
    }

    /// <summary>Publishes the kernel's state.</summary>
    public void Status(Message? request, string state) => Publish(request, "status", new JsonObject { ["execution_state"] = state });

    private Message Create(Message? request, string type, JsonObject content) => Message.Create(type, content, request, _session, time);
}
