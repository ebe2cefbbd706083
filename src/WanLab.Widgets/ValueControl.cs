namespace WanLab.Widgets;

/// <summary>A control with a value that a user changes.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
public abstract class ValueControl<T> : TitledControl
{
    private readonly Handlers<T> _changes = new();

    private protected ValueControl(string model, string view, string description, Style style, bool hasStyleFirst = false)
        : base(model, view, description, style, hasStyleFirst) { }

    /// <summary>The value in the page; setting it changes the page, and calls no handler.</summary>
    public abstract T Value { get; set; }

    /// <summary>Does something with each value that a user chooses.</summary>
    public void OnChange(Action<T> handler) => _changes.Add(value =>
    {
        handler(value);
        return Task.CompletedTask;
    });

    /// <summary>Does something with each value that a user chooses, and takes a while for it.</summary>
    public void OnChange(Func<T, Task> handler) => _changes.Add(handler);

    /// <summary>Completes when every change so far is dealt with.</summary>
    internal Task Settled => _changes.Settled;

    /// <inheritdoc/>
    public override string ToString() =>
        Titled(Description, string.Create(CultureInfo.InvariantCulture, $"{Value}"));

    /// <summary>The value in a change that the client sent; null where there is none, or one that makes no sense.</summary>
    private protected abstract JsonNode? Read(JsonObject changes);

    /// <summary>The key of the state that holds the value.</summary>
    private protected virtual string Key => "value";

    internal override void Receive(JsonObject changes)
    {
        if (Disabled || Read(changes) is not { } node) return;
        Keep(Key, node);
        _changes.Raise(Value);
    }
}
