using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using WanLab.Jupyter.Cells;
using WanLab.Jupyter.CSharp;
using WanLab.Jupyter.Display;
using WanLab.Jupyter.Wire;
using WanLab.Widgets;

namespace WanLab.Jupyter.Serving;

/// <summary>
/// The widgets that clients know, each by a comm: Jupyter's widgets protocol in its second version, which ipywidgets 7 and 8 speak, and
/// in its first, which Debian 12's classic notebook speaks. A message that makes no sense is dropped alone.
/// </summary>
/// <param name="publisher">Sends messages.</param>
internal sealed class Comms(Publisher publisher)
{
    /// <summary>The version of the protocol that opens widgets.</summary>
    public const string ProtocolVersion = "2.1.0";

    private const string Target = "jupyter.widget", FirstTarget = "jupyter.widget.version", ControlTarget = "jupyter.widget.control";
    private const string FirstVersion = "~2.1.4"; // of the models in Debian 12
    private readonly ConcurrentDictionary<string, Widget> _open = new();
    private readonly ConcurrentDictionary<string, byte> _controls = new();
    private readonly Lock _lock = new();
    private readonly List<(Message Request, string Id)> _displayed = [];
    private bool _speaksFirst;

    static Comms() => WidgetHost.Find = () => CellRun.CurrentForUpdates?.Output.Widgets;

    /// <summary>The client as a cell uses it.</summary>
    /// <param name="request">The cell's <c>execute_request</c>.</param>
    public IWidgetHost For(Message request) => new Host(this, request);

    /// <summary>Notes that a cell has displayed a widget. The first version of the protocol wants to be asked for it.</summary>
    public void Displayed(Message request, string id)
    {
        lock (_lock)
        {
            _displayed.RemoveAll(shown => shown.Id == id);
            _displayed.Add((request, id));
            if (_speaksFirst) AskToDisplay(request, id);
        }
    }

    /// <summary>The answer to a <c>comm_info_request</c>.</summary>
    public JsonObject Info(JsonObject request)
    {
        var wanted = request.Text("target_name");
        var comms = new JsonObject();
        if (wanted is null or "" or Target)
            foreach (var id in _open.Keys) comms[id] = new JsonObject { ["target_name"] = Target };
        return new JsonObject { ["status"] = "ok", ["comms"] = comms };
    }

    /// <summary>Takes a <c>comm_open</c>, <c>comm_msg</c> or <c>comm_close</c> of a client.</summary>
    public void Handle(Message message) => publisher.Bracket(message, () =>
    {
        try
        {
            if (message.Content.Text("comm_id") is not { Length: > 0 } id) return;
            switch (message.Type)
            {
                case "comm_open": Opened(message, id); break;
                case "comm_msg": Receive(message, id); break;
                default:
                    _controls.TryRemove(id, out _);
                    if (Forget(id) is { } closed) closed.ClosedByClient();
                    break;
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            CellConsole.Log($"a {message.Type} was dropped: {e}");
        }
    });

    private void Opened(Message message, string id)
    {
        switch (message.Content.Text("target_name"))
        {
            case FirstTarget: // only the first version asks which version it is to be
                Send(message, id, new JsonObject { ["version"] = FirstVersion });
                lock (_lock)
                {
                    if (_speaksFirst) break;
                    _speaksFirst = true;
                    foreach (var (request, shown) in _displayed) AskToDisplay(request, shown);
                }
                break;
            case ControlTarget: _controls[id] = 0; break;
            default: // no other target is known here; the protocol wants it closed then
                Publish(message, "comm_close", new JsonObject { ["comm_id"] = id, ["data"] = new JsonObject() });
                break;
        }
    }

    private Widget? Forget(string id)
    {
        lock (_lock) _displayed.RemoveAll(shown => shown.Id == id);
        return _open.TryRemove(id, out var widget) ? widget : null;
    }

    private bool Needs(Widget widget)
    {
        lock (_lock)
        {
            if (_displayed.Exists(shown => shown.Id == widget.Id)) return true;
        }
        return _open.Values.Any(other => other.References.Contains(widget));
    }

    private void Receive(Message message, string id)
    {
        if (message.Content["data"] is not JsonObject data) return;
        var method = data.Text("method");
        if (_controls.ContainsKey(id))
        {
            if (method == "request_states") Send(message, id, States());
            return;
        }
        if (!_open.TryGetValue(id, out var widget)) return;
        switch (method)
        {
            case "update" when data["state"] is JsonObject state: widget.Receive(state); break;
            case "backbone" when data["sync_data"] is JsonObject state: widget.Receive(state); break;
            case "custom" when data["content"] is JsonObject content: widget.ReceiveCustom(content); break;
            case "request_state":
                Send(message, id, new JsonObject
                {
                    ["method"] = "update",
                    ["state"] = SpeaksFirst ? widget.FirstState() : widget.State(),
                    ["buffer_paths"] = new JsonArray(),
                });
                break;
        }
    }

    private bool SpeaksFirst
    {
        get
        {
            lock (_lock) return _speaksFirst;
        }
    }

    // All at once, as a client asks that has been opened again.
    private JsonObject States()
    {
        var states = new JsonObject();
        foreach (var (id, widget) in _open)
        {
            var state = widget.State();
            states[id] = new JsonObject
            {
                ["model_name"] = state["_model_name"]?.DeepClone(),
                ["model_module"] = state["_model_module"]?.DeepClone(),
                ["model_module_version"] = state["_model_module_version"]?.DeepClone(),
                ["state"] = state,
            };
        }
        return new JsonObject { ["method"] = "update_states", ["states"] = states, ["buffer_paths"] = new JsonArray() };
    }

    private void AskToDisplay(Message request, string id) => Send(request, id, new JsonObject { ["method"] = "display" });

    private void Send(Message parent, string id, JsonObject data) =>
        Publish(parent, "comm_msg", new JsonObject { ["comm_id"] = id, ["data"] = data });

    private void Publish(Message parent, string type, JsonObject content, JsonObject? metadata = null) =>
        publisher.Publish(parent, type, content, metadata);

    private sealed class Host(Comms comms, Message request) : IWidgetHost
    {
        public IWidgetChannel Open(Widget widget)
        {
            comms._open[widget.Id] = widget;
            comms.Publish(request, "comm_open",
                new JsonObject { ["comm_id"] = widget.Id, ["target_name"] = Target, ["data"] = widget.OpeningData() },
                new JsonObject { ["version"] = ProtocolVersion });
            return new Channel(comms, request, widget.Id);
        }

        public bool Needs(Widget widget) => comms.Needs(widget);

        public JsonObject Forms(object? value) => Bundles.Of(value, []).ToJson();

        public void Fail(Exception exception)
        {
            if (CellRun.Current is { } run) run.Output.Error(ErrorText.OfHandler(exception));
        }
    }

    private sealed class Channel(Comms comms, Message request, string id) : IWidgetChannel
    {
        public void Send(JsonObject data) => comms.Send(request, id, data);

        public void Close()
        {
            comms.Forget(id);
            comms.Publish(request, "comm_close", new JsonObject { ["comm_id"] = id, ["data"] = new JsonObject() });
        }
    }
}
