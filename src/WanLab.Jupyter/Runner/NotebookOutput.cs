using System.Text.Json.Nodes;
using WanLab.Jupyter.Cells;
using WanLab.Widgets;

namespace WanLab.Jupyter.Runner;

/// <summary>The outputs of a notebook by display id: a cell may change what an earlier one shows.</summary>
internal sealed class DisplayPlaces
{
    /// <summary>The lock to hold while outputs are read or changed.</summary>
    public Lock Lock { get; } = new();

    /// <summary>Outputs by display id.</summary>
    public Dictionary<string, JsonObject> ById { get; } = [];
}

/// <summary>Output of a cell, in the form of a notebook file.</summary>
/// <param name="executionCount">The cell's number.</param>
/// <param name="places">Shared by all cells of a notebook.</param>
internal sealed class NotebookOutput(int executionCount, DisplayPlaces places) : ICellOutput
{
    private readonly JsonArray _outputs = [];
    private bool _clearFirst;

    /// <inheritdoc/>
    public IWidgetHost? Widgets => null; // nobody is there to press a button

    /// <inheritdoc/>
    public void Stream(string name, string text)
    {
        lock (places.Lock)
        {
            ClearIfWaiting();
            if (_outputs.LastOrDefault() is JsonObject last && (string?)last["output_type"] == "stream" && (string?)last["name"] == name)
                last["text"] = last["text"]!.GetValue<string>() + text;
            else
                _outputs.Add(new JsonObject { ["output_type"] = "stream", ["name"] = name, ["text"] = text });
        }
    }

    /// <inheritdoc/>
    public void Display(MimeBundle data, string displayId)
    {
        var output = Output("display_data", data);
        lock (places.Lock)
        {
            ClearIfWaiting();
            _outputs.Add(output);
            places.ById[displayId] = output;
        }
    }

    /// <inheritdoc/>
    public void Update(MimeBundle data, string displayId)
    {
        lock (places.Lock)
        {
            if (places.ById.TryGetValue(displayId, out var output)) output["data"] = data.ToJson();
        }
    }

    /// <inheritdoc/>
    public void Result(MimeBundle data)
    {
        var output = Output("execute_result", data);
        output["execution_count"] = executionCount;
        Add(output);
    }

    /// <inheritdoc/>
    public void Error(CellError error) => Add(Of(error));

    /// <summary>An error in the form of a notebook file.</summary>
    public static JsonObject Of(CellError error)
    {
        var output = error.ToJson();
        output["output_type"] = "error";
        return output;
    }

    /// <inheritdoc/>
    public void Clear(bool wait)
    {
        lock (places.Lock)
        {
            if (wait) _clearFirst = true;
            else _outputs.Clear();
        }
    }

    /// <inheritdoc/>
    public Task<string> AskAsync(string prompt, bool password, CancellationToken cancellation) =>
        throw new WanLabException($"The cell asks '{prompt}', but the notebook runs without anybody who could answer. " +
            "Put the answer into a variable, which --set can change.");

    /// <summary>The outputs as they are now.</summary>
    public JsonArray Snapshot()
    {
        lock (places.Lock)
        {
            var copy = (JsonArray)_outputs.DeepClone();
            foreach (var output in copy.Select(output => output!.AsObject())) SplitLines(output);
            return copy;
        }
    }

    private static JsonObject Output(string type, MimeBundle data) => new()
    {
        ["output_type"] = type,
        ["data"] = data.ToJson(),
        ["metadata"] = new JsonObject(),
    };

    private void Add(JsonObject output)
    {
        lock (places.Lock)
        {
            ClearIfWaiting();
            _outputs.Add(output);
        }
    }

    private void ClearIfWaiting()
    {
        if (_clearFirst) _outputs.Clear();
        _clearFirst = false;
    }

    // As Jupyter writes it: text is a list of lines, which version control can compare.
    private static void SplitLines(JsonObject output)
    {
        if (output["text"] is JsonValue text) output["text"] = Lines(text.GetValue<string>());
        foreach (var (type, value) in output["data"]?.AsObject().ToList() ?? [])
            if (type.StartsWith("text/", StringComparison.Ordinal) && value is JsonValue content)
                output["data"]![type] = Lines(content.GetValue<string>());
    }

    private static JsonArray Lines(string text)
    {
        var lines = new JsonArray();
        for (int start = 0, end; start < text.Length; start = end)
        {
            end = text.IndexOf('\n', start) is >= 0 and var at ? at + 1 : text.Length;
            lines.Add(text[start..end]);
        }
        return lines;
    }
}
