namespace WanLab.Widgets;

/// <summary>A client that draws widgets, as a kernel offers it to the cell that runs.</summary>
internal interface IWidgetHost
{
    /// <summary>Makes a widget known to the client.</summary>
    IWidgetChannel Open(Widget widget);

    /// <summary>Whether the client shows a widget by itself, or as a part of one that is open.</summary>
    bool Needs(Widget widget);

    /// <summary>The forms of a value by MIME type, as the kernel would show it.</summary>
    JsonObject Forms(object? value);

    /// <summary>Shows an exception of a handler where the output of the calling flow of execution goes.</summary>
    void Fail(Exception exception);
}

/// <summary>The connection of one widget to its client.</summary>
internal interface IWidgetChannel
{
    /// <summary>Sends data to the widget's model in the client.</summary>
    void Send(JsonObject data);

    /// <summary>Ends the connection; the client removes the widget from the page.</summary>
    void Close();
}

/// <summary>The way to the kernel of this process. A kernel sets it; without one, widgets are shown as text.</summary>
internal static class WidgetHost
{
    /// <summary>Finds the client of the calling code; null where nobody draws widgets.</summary>
    public static Func<IWidgetHost?> Find { get; set; } = () => null;

    /// <summary>The client of the calling code; null where nobody draws widgets.</summary>
    public static IWidgetHost? Current => Find();
}
