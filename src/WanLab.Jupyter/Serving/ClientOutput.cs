using System.Text.Json.Nodes;
using WanLab.Jupyter.Cells;
using WanLab.Jupyter.Display;
using WanLab.Jupyter.Wire;
using WanLab.Widgets;

namespace WanLab.Jupyter.Serving;

/// <summary>Output of a cell that a Jupyter client asked to run.</summary>
/// <param name="request">Its <c>execute_request</c>.</param>
/// <param name="executionCount">The cell's number.</param>
/// <param name="publisher">Sends messages.</param>
/// <param name="questions">Asks the client's user.</param>
/// <param name="comms">The widgets that the client knows.</param>
internal sealed class ClientOutput(Message request, int executionCount, Publisher publisher, Questions questions, Comms comms) : ICellOutput
{
    private readonly bool _silent = request.Content.Flag("silent", false);

    /// <inheritdoc/>
    public IWidgetHost? Widgets => _silent ? null : comms.For(request);

    /// <inheritdoc/>
    public void Stream(string name, string text) => Publish("stream", new JsonObject { ["name"] = name, ["text"] = text });

    /// <inheritdoc/>
    public void Display(MimeBundle data, string displayId)
    {
        Publish("display_data", Data(data, displayId));
        ShowWidget(data);
    }

    /// <inheritdoc/>
    public void Update(MimeBundle data, string displayId) => Publish("update_display_data", Data(data, displayId));

    /// <inheritdoc/>
    public void Result(MimeBundle data)
    {
        Publish("execute_result", new JsonObject
        {
            ["execution_count"] = executionCount,
            ["data"] = data.ToJson(),
            ["metadata"] = new JsonObject(),
        });
        ShowWidget(data);
    }

    /// <inheritdoc/>
    public void Error(CellError error) => Publish("error", error.ToJson());

    /// <inheritdoc/>
    public void Clear(bool wait) => Publish("clear_output", new JsonObject { ["wait"] = wait });

    /// <inheritdoc/>
    public Task<string> AskAsync(string prompt, bool password, CancellationToken cancellation) =>
        questions.AskAsync(request, prompt, password, cancellation);

    private static JsonObject Data(MimeBundle data, string displayId) => new()
    {
        ["data"] = data.ToJson(),
        ["metadata"] = new JsonObject(),
        ["transient"] = new JsonObject { ["display_id"] = displayId },
    };

    private void ShowWidget(MimeBundle data)
    {
        if (!_silent && WidgetForms.ModelOf(data) is { } id) comms.Displayed(request, id);
    }

    private void Publish(string type, JsonObject content)
    {
        if (!_silent) publisher.Publish(request, type, content);
    }
}
