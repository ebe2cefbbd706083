namespace WanLab.Widgets;

/// <summary>A button.</summary>
public sealed class Button : TitledControl
{
    private readonly Handlers<Button> _clicks = new();

    /// <summary>Makes a button.</summary>
    /// <param name="description">The words on it.</param>
    /// <param name="tooltip">What a pointer over it shows; null: the words on it.</param>
    public Button(string description, string? tooltip = null)
        : base("ButtonModel", "ButtonView", description, Style.OfButton(), hasStyleFirst: true) =>
        Set(("button_style", ""), ("icon", ""), ("tooltip", tooltip ?? description), ("tabbable", null));

    /// <summary>Does something at each press.</summary>
    public void OnClick(Action handler) => _clicks.Add(_ =>
    {
        handler();
        return Task.CompletedTask;
    });

    /// <summary>Does something at each press that takes a while; a press meanwhile waits.</summary>
    public void OnClick(Func<Task> handler) => _clicks.Add(_ => handler());

    /// <summary>Completes when every press so far is dealt with.</summary>
    internal Task Settled => _clicks.Settled;

    /// <inheritdoc/>
    public override string ToString() => $"[{Description}]";

    internal override void ReceiveCustom(JsonObject content)
    {
        if (content["event"] is JsonValue value && value.TryGetValue<string>(out var name) && name == "click" && !Disabled)
            _clicks.Raise(this);
    }
}
