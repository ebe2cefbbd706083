namespace WanLab.Widgets;

/// <summary>
/// A part of a page that a user can act on. A cell that ends with one shows it; where no front end draws widgets, its text is shown
/// instead. All members can be used from any thread.
/// </summary>
[TypeFormatterSource]
public abstract class Widget
{
    private const string Reference = "IPY_MODEL_";
    private readonly Lock _lock = new();
    private readonly JsonObject _state = [];
    private IWidgetHost? _host;
    private IWidgetChannel? _channel;

    private protected Widget(WidgetModule module, string model, string? view)
    {
        _state["_model_module"] = module.Name;
        _state["_model_module_version"] = module.Version;
        _state["_model_name"] = model;
        _state["_view_module"] = module.Name;
        _state["_view_module_version"] = module.Version;
        _state["_view_name"] = view;
        _state["_view_count"] = null;
    }

    /// <summary>The name of the widget's model, unique in the world.</summary>
    internal string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>The text and the markup to show where no front end draws widgets; null: made from the widget itself.</summary>
    internal (string Text, string Html)? Instead { get; set; }

    /// <summary>Whether a client knows the widget.</summary>
    internal bool IsOpen
    {
        get
        {
            lock (_lock) return _channel is not null;
        }
    }

    /// <summary>Widgets that the state refers to; a client has to know them first.</summary>
    internal virtual IEnumerable<Widget> References => [];

    /// <summary>The state of the widget in the second version of the protocol.</summary>
    internal JsonObject State()
    {
        lock (_lock) return (JsonObject)_state.DeepClone();
    }

    /// <summary>The state in the first version of the protocol: one library of models, and a few other keys.</summary>
    internal JsonObject FirstState()
    {
        var state = State();
        foreach (var side in (string[])["_model", "_view"])
        {
            state[$"{side}_module"] = WidgetModule.First.Name;
            state[$"{side}_module_version"] = WidgetModule.First.Version;
        }
        ToFirst(state);
        return state;
    }

    /// <summary>The data that opens the widget in a client, readable in either version of the protocol.</summary>
    internal JsonObject OpeningData()
    {
        // The first version looks for the state in the data itself, the second for a field named state: each sees its own.
        var data = FirstState();
        data["state"] = State();
        data["buffer_paths"] = new JsonArray();
        return data;
    }

    /// <summary>Makes the widget known to a client; again does nothing.</summary>
    internal void Open(IWidgetHost host)
    {
        foreach (var other in References) other.Open(host);
        lock (_lock)
        {
            if (_channel is not null) return;
            (_host, _channel) = (host, host.Open(this));
        }
    }

    /// <summary>Takes the widget off the page, and what is in it. Showing it again brings it back.</summary>
    public void Close()
    {
        IWidgetChannel? channel;
        lock (_lock) (channel, _channel) = (_channel, null);
        if (channel is null) return;
        channel.Close();
        foreach (var other in References)
            if (!_host!.Needs(other)) other.Close();
    }

    /// <summary>Notes that the client has closed its side.</summary>
    internal void ClosedByClient()
    {
        lock (_lock) _channel = null;
    }

    /// <summary>Takes in a change that a user made in the page; keys and values that make no sense are passed over.</summary>
    internal virtual void Receive(JsonObject changes) { }

    /// <summary>Takes in a message of the widget's view, such as a click.</summary>
    internal virtual void ReceiveCustom(JsonObject content) { }

    /// <inheritdoc/>
    public abstract override string ToString();

    /// <summary>Text and markup for where no front end draws widgets.</summary>
    internal (string Text, string Html) Fallback()
    {
        if (Instead is { } instead) return instead;
        var text = ToString() ?? "";
        return (text, $"<pre>{System.Net.WebUtility.HtmlEncode(text)}</pre>");
    }

    /// <summary>The text by which a state refers to another widget.</summary>
    private protected static string ReferenceTo(Widget widget) => Reference + widget.Id;

    /// <summary>Changes a state to what the first version of the protocol expects.</summary>
    private protected virtual void ToFirst(JsonObject state) { }

    /// <summary>The value of a key, read under the lock.</summary>
    private protected T Get<T>(Func<JsonObject, T> read)
    {
        lock (_lock) return read(_state);
    }

    /// <summary>Sets keys of the state and tells the client, if there is one.</summary>
    private protected void Set(params ReadOnlySpan<(string Key, JsonNode? Value)> changes)
    {
        lock (_lock)
        {
            var update = new JsonObject();
            foreach (var (key, value) in changes)
            {
                _state[key] = value;
                update[key] = value?.DeepClone();
            }
            if (_channel is null) return;
            foreach (var other in References) other.Open(_host!);
            ToFirstUpdate(update);
            _channel.Send(new JsonObject { ["method"] = "update", ["state"] = update, ["buffer_paths"] = new JsonArray() });
        }
    }

    /// <summary>Adds to an update the keys by which the first version of the protocol knows the same value.</summary>
    private protected virtual void ToFirstUpdate(JsonObject update) { }

    /// <summary>Sets keys of the state to what the client already has.</summary>
    private protected void Keep(string key, JsonNode? value)
    {
        lock (_lock) _state[key] = value;
    }

    /// <summary>The forms in which the client's kernel shows a value; null where there is no client.</summary>
    private protected JsonObject? Forms(object? value) => (_host ?? WidgetHost.Current)?.Forms(value);
}
